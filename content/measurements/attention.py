"""Attention with the scores written out and without them: time, memory and error over the length.

Beside it the time of one decode step with fewer key/value heads, and attention without softmax.
"""

import torch
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from bench import DEVICE, HALF, ON_GPU, Table, error, milliseconds, peak_gigabytes

HEADS, WIDTH = 16, 128
LENGTHS = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536) if ON_GPU else (128, 256)
KERNELS = {
    "fused (FlashAttention)": SDPBackend.FLASH_ATTENTION,
    "fused (cuDNN)": SDPBackend.CUDNN_ATTENTION,
    "fused (memory-efficient)": SDPBackend.EFFICIENT_ATTENTION,
}


def written_out(q, k, v):
    """Causal attention as in the formula: a matrix of length times length for each head."""
    scores = q @ k.transpose(-1, -2) / WIDTH**0.5
    length = q.shape[-2]
    scores = scores.masked_fill(
        torch.ones(length, length, dtype=torch.bool, device=q.device).triu(1), float("-inf")
    )
    return scores.softmax(-1) @ v


def fused(kernel):
    def attention(q, k, v):
        with sdpa_kernel(kernel):
            return F.scaled_dot_product_attention(q, k, v, is_causal=True)

    return attention


def forward_and_backward(attention, q, k, v):
    out = attention(q, k, v)
    out.backward(torch.ones_like(out))


def over_length(table: Table) -> None:
    for length in LENGTHS:
        q, k, v = (
            torch.randn(1, HEADS, length, WIDTH, device=DEVICE, dtype=HALF) for _ in range(3)
        )
        with torch.no_grad():
            exact = written_out(q.double(), k.double(), v.double()) if length <= 4096 else None
        ways = {"scores written out": written_out} | {
            name: fused(kernel) for name, kernel in KERNELS.items()
        }
        for name, attention in ways.items():

            def figures(attention=attention):
                with torch.no_grad():
                    found = {"forward_ms": milliseconds(lambda: attention(q, k, v), 10, 3)}
                    found["forward_peak_GB"] = peak_gigabytes(lambda: attention(q, k, v))
                    if exact is not None:
                        found["relative_error"] = error(attention(q, k, v), exact)
                if length <= 16384:
                    leaves = [x.clone().requires_grad_() for x in (q, k, v)]
                    found["both_ms"] = milliseconds(
                        lambda: forward_and_backward(attention, *leaves), 5, 2
                    )
                found["TFLOP_s"] = (
                    4 * HEADS * length**2 * WIDTH / 2 / found["forward_ms"] / 1e9
                )  # half is masked
                return found

            table.try_add(
                "causal attention", figures, how=name, length=length, heads=HEADS, width=WIDTH
            )


def kv_heads(table: Table) -> None:
    """One new token for each of 16 sequences: the time is that of reading the cache."""
    batch, heads = 16, 32
    for length in (1024, 4096, 16384, 32768) if ON_GPU else (128,):
        for kv in (32, 8, 1):

            def figures(kv=kv):
                q = torch.randn(batch, heads, 1, WIDTH, device=DEVICE, dtype=HALF)
                k, v = (
                    torch.randn(batch, kv, length, WIDTH, device=DEVICE, dtype=HALF)
                    for _ in range(2)
                )
                with torch.no_grad():
                    ms = milliseconds(
                        lambda: F.scaled_dot_product_attention(q, k, v, enable_gqa=kv != heads)
                    )
                size = 2 * k.numel() * k.element_size()
                return {"cache_GB": size / 1e9, "ms": ms, "GB_s": size / ms / 1e6}

            table.try_add(
                "decode attention",
                figures,
                kv_heads=kv,
                query_heads=heads,
                batch=batch,
                length=length,
            )


def linear(q, k, v, chunk=256):
    """Causal attention without softmax: products within a chunk, a running state between chunks."""
    length = q.shape[-2]
    parts = [x.unflatten(-2, (length // chunk, chunk)) for x in (q, k, v)]
    inner = (parts[0] @ parts[1].transpose(-1, -2)).tril() @ parts[2]
    states = (parts[1].transpose(-1, -2) @ parts[2]).float().cumsum(-3).to(q.dtype)
    before = torch.cat([torch.zeros_like(states[..., :1, :, :]), states[..., :-1, :, :]], -3)
    return (inner + parts[0] @ before).flatten(-3, -2)


def against_linear(table: Table) -> None:
    for length in (1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072) if ON_GPU else (512,):
        q, k, v = (
            torch.randn(1, HEADS, length, WIDTH, device=DEVICE, dtype=HALF) for _ in range(3)
        )
        with torch.no_grad():
            table.try_add(
                "linear attention",
                lambda: {"ms": milliseconds(lambda: linear(q, k, v), 10, 3)},
                length=length,
                how="linear, chunks of 256",
            )
            softmax = fused(SDPBackend.FLASH_ATTENTION) if ON_GPU else written_out
            table.try_add(
                "linear attention",
                lambda: {"ms": milliseconds(lambda: softmax(q, k, v), 5, 2)},
                length=length,
                how="softmax, fused",
            )


if __name__ == "__main__":
    table = Table("attention", __doc__)
    over_length(table)
    kv_heads(table)
    against_linear(table)
    table.write()
