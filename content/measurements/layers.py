"""Fewer operations are not always less time.

Convolutions, norms and fusion, sparsity, experts, products of eight and four bits.
"""

import torch
import torch.nn.functional as F
from torch import nn

from bench import DEVICE, HALF, ON_GPU, Table, error, graph, milliseconds


def convolutions(table: Table) -> None:
    batch, channels, side = (32, 256, 56) if ON_GPU else (2, 16, 14)
    torch.backends.cudnn.benchmark = True
    x = torch.randn(batch, channels, side, side, device=DEVICE, dtype=HALF).to(
        memory_format=torch.channels_last
    )

    def layer(kernel, groups=1, **more):
        return nn.Conv2d(
            channels,
            channels,
            kernel,
            padding=more.pop("padding", kernel // 2),
            groups=groups,
            bias=False,
            **more,
        )

    kinds = {
        "3x3": layer(3),
        "1x1": layer(1),
        "3x3 in 32 groups": layer(3, groups=min(32, channels)),
        "3x3 depthwise": layer(3, groups=channels),
        "depthwise, then 1x1": nn.Sequential(layer(3, groups=channels), layer(1)),
        "3x3, dilation 2": layer(3, padding=2, dilation=2),
        "7x7 depthwise": layer(7, groups=channels),
    }
    for name, module in kinds.items():
        module = module.to(DEVICE, HALF).to(memory_format=torch.channels_last)
        weights = sum(w.numel() for w in module.parameters())
        flops = 2 * weights * batch * side * side
        with torch.no_grad():
            ms = milliseconds(graph(lambda: module(x)))
        table.add(
            "convolution",
            kind=name,
            channels=channels,
            side=side,
            batch=batch,
            weights=weights,
            GFLOP=flops / 1e9,
            ms=ms,
            TFLOP_s=flops / ms / 1e9,
        )


def norms_and_fusion(table: Table) -> None:
    rows, width = (16384, 4096) if ON_GPU else (64, 128)
    x, gain, shift = (
        torch.randn(*s, device=DEVICE, dtype=HALF) for s in ((rows, width), (width,), (width,))
    )
    moved = 2 * x.numel() * 2

    def by_hand(x):
        return x * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + 1e-6).to(HALF) * gain

    def gelu_by_hand(x):
        return 0.5 * x * (1 + torch.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))

    ways = {
        "LayerNorm, one kernel": lambda: F.layer_norm(x, (width,), gain, shift),
        "RMSNorm, one kernel": lambda: F.rms_norm(x, (width,), gain),
        "RMSNorm, operation by operation": lambda: by_hand(x),
        "GELU (tanh), operation by operation": lambda: gelu_by_hand(x),
        "GELU (tanh), one kernel": lambda: F.gelu(x, approximate="tanh"),
    }
    if ON_GPU:
        compiled, compiled_gelu = torch.compile(by_hand), torch.compile(gelu_by_hand)
        ways |= {
            "RMSNorm, compiled": lambda: compiled(x),
            "GELU (tanh), compiled": lambda: compiled_gelu(x),
        }
    for name, work in ways.items():

        def figures(work=work):
            with torch.no_grad():
                ms = milliseconds(work)
            return {"ms": ms, "least_GB": moved / 1e9, "GB_s_of_least": moved / ms / 1e6}

        table.try_add("elementwise", figures, how=name, rows=rows, width=width)


def sparsity(table: Table) -> None:
    n = 8192 if ON_GPU else 256
    weight = torch.randn(n, n, device=DEVICE, dtype=torch.float16)
    for m in (64, 4096) if ON_GPU else (64,):
        x = torch.randn(n, m, device=DEVICE, dtype=torch.float16)
        table.add(
            "sparse weights", how="dense", m=m, n=n, kept=1.0, ms=milliseconds(lambda: weight @ x)
        )
        for kept in (0.5, 0.1, 0.01):
            masked = weight * (torch.rand_like(weight) < kept)
            table.try_add(
                "sparse weights",
                lambda: {"ms": milliseconds(lambda: masked @ x)},
                how="zeros kept as numbers",
                m=m,
                n=n,
                kept=kept,
            )
            csr = masked.to_sparse_csr()
            table.try_add(
                "sparse weights",
                lambda: {"ms": milliseconds(lambda: csr @ x, 5, 2)},
                how="CSR",
                m=m,
                n=n,
                kept=kept,
            )

        def two_of_four():
            groups = weight.view(-1, 4)
            chosen = groups.abs().topk(2, -1).indices
            pruned = (groups * torch.zeros_like(groups).scatter_(1, chosen, 1)).view(n, n)
            structured = torch.sparse.to_sparse_semi_structured(pruned)
            return {
                "ms": milliseconds(lambda: structured @ x),
                "relative_error": error(structured @ x, pruned @ x),
            }

        table.try_add(
            "sparse weights", two_of_four, how="two of each four, cuSPARSELt", m=m, n=n, kept=0.5
        )


def experts(table: Table) -> None:
    """A dense feed-forward layer, and eight experts of its size, of which a token takes two."""
    width, inner, count, taken = (2048, 5632, 8, 2) if ON_GPU else (64, 128, 8, 2)
    ups = torch.randn(count, width, inner, device=DEVICE, dtype=HALF) / width**0.5
    downs = torch.randn(count, inner, width, device=DEVICE, dtype=HALF) / inner**0.5

    def dense(x, times=1):
        for i in range(times):
            out = F.silu(x @ ups[i]) @ downs[i]
        return out

    def routed(x, choice):
        """Each expert on the tokens that chose it, by one grouped product."""
        order = choice.flatten().argsort()
        ends = choice.flatten().bincount(minlength=count).cumsum(0).to(torch.int32)
        hidden = F.silu(torch._grouped_mm(x[order // taken], ups, offs=ends))
        return torch._grouped_mm(hidden, downs, offs=ends)

    for tokens in (16, 64, 256, 1024, 4096, 16384) if ON_GPU else (32,):
        x = torch.randn(tokens, width, device=DEVICE, dtype=HALF)
        choice = torch.rand(tokens, count, device=DEVICE).topk(taken).indices
        table.add(
            "feed-forward",
            how="dense, one expert's size",
            tokens=tokens,
            ms=milliseconds(lambda: dense(x)),
        )
        table.add(
            "feed-forward",
            how="dense, the size of two",
            tokens=tokens,
            ms=milliseconds(lambda: dense(x, taken)),
        )
        table.add(
            "feed-forward",
            how="dense, the size of eight",
            tokens=tokens,
            ms=milliseconds(lambda: dense(x, count)),
        )
        table.try_add(
            "feed-forward",
            lambda: {"ms": milliseconds(lambda: routed(x, choice))},
            how="two of eight experts",
            tokens=tokens,
        )


def few_bits(table: Table) -> None:
    """Errors of eight and four bits where a few channels are large, as in language models."""
    rows, width = 1024, 4096
    x = torch.randn(rows, width, device=DEVICE)
    large = torch.randperm(width)[:6]
    x[:, large] *= 60
    weight = torch.randn(width, width, device=DEVICE) / width**0.5
    exact = x.double() @ weight.double()

    def rounded(t, top, dim=None):
        scale = (t.abs().amax() if dim is None else t.abs().amax(dim, keepdim=True)) / top
        return (t / scale).round().clamp(-top, top) * scale

    def float8(t, dim=None):
        scale = (t.abs().amax() if dim is None else t.abs().amax(dim, keepdim=True)) / 448
        return (t / scale).to(torch.float8_e4m3fn).float() * scale

    def grouped4(t, group=128):
        return rounded(t.T.reshape(-1, group), 7, 1).reshape(t.shape[1], t.shape[0]).T

    smooth = (x.abs().amax(0).sqrt() / weight.abs().amax(1).sqrt()).clamp(min=1e-5)
    kept = torch.zeros(width, dtype=torch.bool, device=DEVICE)
    kept[large] = True
    ways = {
        "INT8, one scale each": lambda: rounded(x, 127) @ rounded(weight, 127),
        "INT8, a scale per token and output": lambda: rounded(x, 127, 1) @ rounded(weight, 127, 0),
        "INT8, smoothed, per token and output": lambda: (
            rounded(x / smooth, 127, 1) @ rounded(weight * smooth[:, None], 127, 0)
        ),
        "INT8, the six large channels kept": lambda: (
            rounded(x[:, ~kept], 127, 1) @ rounded(weight[~kept], 127, 0)
            + x[:, kept] @ weight[kept]
        ),
        "FP8 E4M3, one scale each": lambda: float8(x) @ float8(weight),
        "FP8 E4M3, a scale per token and output": lambda: float8(x, 1) @ float8(weight, 0),
        "weights INT8, a scale per output": lambda: x @ rounded(weight, 127, 0),
        "weights INT4, a scale per output": lambda: x @ rounded(weight, 7, 0),
        "weights INT4, a scale per 128": lambda: x @ grouped4(weight),
        "BF16": lambda: (x.bfloat16() @ weight.bfloat16()).float(),
    }
    for name, work in ways.items():
        table.try_add(
            "rounding",
            lambda work=work: {"relative_error": error(work(), exact)},
            how=name,
            rows=rows,
            width=width,
            large_channels=6,
            times_larger=60,
        )


def four_bit_weights(table: Table) -> None:
    """One product with weights of 16, 8 and 4 bits: with few rows the weights' bytes decide."""
    n = 8192 if ON_GPU else 256
    weight = torch.randn(n, n, device=DEVICE, dtype=HALF)
    packed = None
    if ON_GPU:
        try:
            codes = torch.randint(0, 16, (n, n), device=DEVICE, dtype=torch.int32)
            packed = torch.ops.aten._convert_weight_to_int4pack(
                (codes[:, ::2] << 4 | codes[:, 1::2]).to(torch.uint8), 8
            )
            scales = torch.ones(n // 128, n, 2, device=DEVICE, dtype=HALF)
        except (RuntimeError, NotImplementedError) as failure:
            table.add("few rows", how="INT4 weights", failed=str(failure).splitlines()[0][:160])
    eight = torch.randn(n, n, device=DEVICE).to(torch.float8_e4m3fn).t() if ON_GPU else None
    one = torch.ones((), device=DEVICE)
    for m in (1, 4, 16, 64, 256) if ON_GPU else (16,):
        x = torch.randn(m, n, device=DEVICE, dtype=HALF)
        table.add(
            "few rows", how="BF16 weights", m=m, n=n, ms=milliseconds(graph(lambda: x @ weight))
        )
        if eight is not None and m >= 16:
            x8 = x.to(torch.float8_e4m3fn)
            table.try_add(
                "few rows",
                lambda: {
                    "ms": milliseconds(
                        graph(
                            lambda: torch._scaled_mm(
                                x8, eight, scale_a=one, scale_b=one, out_dtype=HALF
                            )
                        )
                    )
                },
                how="FP8 weights and rows",
                m=m,
                n=n,
            )
        if packed is not None:
            table.try_add(
                "few rows",
                lambda: {
                    "ms": milliseconds(
                        graph(lambda: torch.ops.aten._weight_int4pack_mm(x, packed, 128, scales))
                    )
                },
                how="INT4 weights",
                m=m,
                n=n,
            )


if __name__ == "__main__":
    table = Table("layers", __doc__)
    convolutions(table)
    norms_and_fusion(table)
    sparsity(table)
    experts(table)
    few_bits(table)
    four_bit_weights(table)
    table.write()
