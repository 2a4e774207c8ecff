"""The most the machine can do: bytes moved, products by number format, the roofline, launches."""

import time

import torch

from bench import DEVICE, HALF, ON_GPU, Table, error, graph, milliseconds

N = 8192 if ON_GPU else 512


def bandwidth(table: Table) -> None:
    size = 2**31 if ON_GPU else 2**26  # bytes
    source = torch.empty(size, dtype=torch.uint8, device=DEVICE).random_()
    target = torch.empty_like(source)
    ms = milliseconds(lambda: target.copy_(source))
    table.add("copy", GB=2 * size / 1e9, ms=ms, GB_s=2 * size / ms / 1e6)


def product(a: torch.Tensor, b: torch.Tensor) -> dict:
    ms = milliseconds(lambda: a @ b)
    return {"ms": ms, "TFLOP_s": 2 * a.shape[0] * a.shape[1] * b.shape[1] / ms / 1e9}


def formats(table: Table) -> None:
    a, b = torch.randn(N, N, device=DEVICE), torch.randn(N, N, device=DEVICE)
    exact = a.double() @ b.double()
    flops = 2 * N**3 / 1e9

    def plain(dtype, tf32=False):
        torch.backends.cuda.matmul.allow_tf32 = tf32
        x, y = a.to(dtype), b.to(dtype)
        figures = product(x, y) | {"relative_error": error(x @ y, exact)}
        torch.backends.cuda.matmul.allow_tf32 = False
        return figures

    def eight_bit_float():
        largest = torch.finfo(torch.float8_e4m3fn).max
        sa, sb = a.abs().amax() / largest, b.abs().amax() / largest
        x, y = (
            (a / sa).to(torch.float8_e4m3fn),
            (b / sb).to(torch.float8_e4m3fn).t().contiguous().t(),
        )

        def work():
            return torch._scaled_mm(x, y, scale_a=sa, scale_b=sb, out_dtype=HALF)

        ms = milliseconds(work)
        return {"ms": ms, "TFLOP_s": flops / ms, "relative_error": error(work(), exact)}

    def eight_bit_integer():
        sa, sb = a.abs().amax(1, keepdim=True) / 127, b.abs().amax(0, keepdim=True) / 127
        x, y = (a / sa).round().to(torch.int8), (b / sb).round().to(torch.int8).t().contiguous().t()
        ms = milliseconds(lambda: torch._int_mm(x, y))
        return {
            "ms": ms,
            "TFLOP_s": flops / ms,
            "relative_error": error(torch._int_mm(x, y) * sa * sb, exact),
        }

    table.try_add("product", lambda: plain(torch.float64), format="FP64", n=N)
    table.try_add("product", lambda: plain(torch.float32), format="FP32", n=N)
    table.try_add("product", lambda: plain(torch.float32, tf32=True), format="TF32", n=N)
    table.try_add("product", lambda: plain(torch.float16), format="FP16", n=N)
    table.try_add("product", lambda: plain(torch.bfloat16), format="BF16", n=N)
    table.try_add("product", eight_bit_float, format="FP8 E4M3, one scale", n=N)
    table.try_add("product", eight_bit_integer, format="INT8, a scale per row", n=N)


def roofline(table: Table) -> None:
    """A batch of m rows times one weight matrix: bound by bytes at first, by arithmetic later."""
    weight = torch.randn(N, N, device=DEVICE, dtype=HALF)
    for m in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192):
        x = torch.randn(m, N, device=DEVICE, dtype=HALF)
        ms = milliseconds(graph(lambda: x @ weight))
        moved = 2 * (N * N + 2 * m * N)
        flops = 2 * m * N * N
        table.add(
            "roofline",
            m=m,
            n=N,
            ms=ms,
            FLOP_per_byte=flops / moved,
            TFLOP_s=flops / ms / 1e9,
            GB_s=moved / ms / 1e6,
        )


def launches(table: Table) -> None:
    x = torch.zeros(1, device=DEVICE)

    def hundred():
        for _ in range(100):
            x.add_(1)

    table.add("launch", how="each by hand", us_each=milliseconds(hundred) * 10)
    table.add("launch", how="replayed graph", us_each=milliseconds(graph(hundred)) * 10)
    for n in (128, 256, 512, 1024, 2048, 4096, 8192, 16384) if ON_GPU else (128, 512):
        a = torch.randn(n, n, device=DEVICE, dtype=HALF)
        table.add(
            "square product",
            n=n,
            format="BF16",
            ms_graph=milliseconds(graph(lambda: a @ a)),
            **product(a, a),
        )


def host(table: Table) -> None:
    """The same product on this machine's processor."""
    n = 4096 if ON_GPU else 512
    for dtype, name in ((torch.float32, "FP32"), (torch.bfloat16, "BF16")):
        a, b = (torch.randn(n, n, dtype=dtype) for _ in range(2))
        times = []
        for _ in range(6):
            start = time.perf_counter()
            a @ b
            times.append(time.perf_counter() - start)
        ms = 1e3 * sorted(times[1:])[2]
        table.add(
            "product on the processor",
            format=name,
            n=n,
            threads=torch.get_num_threads(),
            ms=ms,
            TFLOP_s=2 * n**3 / ms / 1e9,
        )


if __name__ == "__main__":
    table = Table("rates", __doc__)
    bandwidth(table)
    formats(table)
    roofline(table)
    launches(table)
    host(table)
    table.write()
