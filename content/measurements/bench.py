"""Time a piece of work on the machine at hand, and keep what was found with where it was found.

Every script beside this one measures one topic of the collection, prints a table, and writes
`results/<topic>.<machine>.json`: machine, versions, date, and a list of rows. A row holds plain
numbers whose unit is in the name of its key (`ms`, `GB`, `TFLOP_s`). What a machine cannot do is a
row with a `failed` key, never a number. The scripts need PyTorch, `images.py` torchvision as well.

    python rates.py [--out DIR]
"""

import argparse
import datetime
import json
import pathlib
import platform
import statistics
import time

import torch

from names import named

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
ON_GPU = DEVICE == "cuda"
HALF = torch.bfloat16


def milliseconds(work, repeats: int = 20, warm: int = 5) -> float:
    """Return the median time of `work()`, by the device's own clock where there is one."""
    for _ in range(warm):
        work()
    if not ON_GPU:
        times = []
        for _ in range(max(3, repeats // 4)):
            start = time.perf_counter()
            work()
            times.append((time.perf_counter() - start) * 1e3)
        return statistics.median(times)
    torch.cuda.synchronize()
    times = []
    for _ in range(repeats):
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        work()
        end.record()
        end.synchronize()
        times.append(start.elapsed_time(end))
    return statistics.median(times)


def graph(work):
    """Return a function that replays `work()` without launching each of its kernels by hand."""
    if not ON_GPU:
        return work
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            work()
    torch.cuda.current_stream().wait_stream(side)
    recorded = torch.cuda.CUDAGraph()
    with torch.cuda.graph(recorded):
        work()
    return recorded.replay


def peak_gigabytes(work) -> float:
    """Return how much device memory `work()` needs at its worst beyond what is held already."""
    if not ON_GPU:
        work()
        return float("nan")
    torch.cuda.synchronize()
    torch.cuda.empty_cache()
    before = torch.cuda.memory_allocated()
    torch.cuda.reset_peak_memory_stats()
    work()
    torch.cuda.synchronize()
    return (torch.cuda.max_memory_allocated() - before) / 1e9


def error(value: torch.Tensor, exact: torch.Tensor) -> float:
    """Return the relative error in the Frobenius norm."""
    exact = exact.double()
    return float((value.double() - exact).norm() / exact.norm())


def _short(value):
    """Five digits of a number; nothing where there is none."""
    if not isinstance(value, float):
        return value
    return None if value != value else float(f"{value:.5g}")


class Table:
    """Rows of one measurement, printed as they come and written at the end."""

    def __init__(self, topic: str, about: str) -> None:
        arguments = argparse.ArgumentParser(description=about)
        arguments.add_argument("--out", type=pathlib.Path, default=pathlib.Path("results"))
        self.out = arguments.parse_args().out
        self.topic, self.about, self.rows = topic, about, []
        torch.manual_seed(0)

    def add(self, what: str, **figures) -> None:
        row = {"what": what} | {key: _short(value) for key, value in figures.items()}
        self.rows.append(row)
        print(
            self.topic,
            *(f"{k}={v:.4g}" if isinstance(v, float) else f"{k}={v}" for k, v in row.items()),
        )

    def try_add(self, what: str, figures, **known) -> None:
        """Add what `figures()` returns, or why it could not be had."""
        try:
            self.add(what, **known, **figures())
        except (
            RuntimeError,
            NotImplementedError,
            AttributeError,
            TypeError,
            ValueError,
        ) as failure:
            short = (
                str(failure).strip().splitlines()[0][:160]
                if str(failure)
                else type(failure).__name__
            )
            self.add(what, **known, failed=short)
        if ON_GPU:
            torch.cuda.empty_cache()

    def write(self) -> None:
        name = (
            torch.cuda.get_device_name() if ON_GPU else platform.processor() or platform.machine()
        )
        slug = "-".join(name.lower().replace("(", " ").replace(")", " ").split())
        record = {
            "topic": self.topic,
            "about": self.about,
            "machine": name,
            "memory_GB": round(torch.cuda.get_device_properties(0).total_memory / 1e9, 1)
            if ON_GPU
            else None,
            "torch": torch.__version__,
            "cuda": torch.version.cuda,
            "python": platform.python_version(),
            "date": datetime.date.today().isoformat(),
            "method": "median of repeated runs after warm-up, device events; "
            "random data; nothing else running",
            "rows": named(self.rows),
        }
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / f"{self.topic}.{slug}.json"
        path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
