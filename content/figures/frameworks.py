"""When Python and the GPU work: single small operations, large ones, and a fused kernel."""

from house import BLUE, GOLD, INK, figure, save

LAUNCH = 5.0  # microseconds of Python and launch per operation, assumed


def schedule(kernels):
    """Spans of Python and of the GPU; a kernel starts when launched and the GPU is free."""
    python, gpu, free = [], [], 0.0
    for i, length in enumerate(kernels):
        python.append((i * LAUNCH, LAUNCH))
        start = max((i + 1) * LAUNCH, free)
        gpu.append((start, length))
        free = start + length
    return python, gpu


def main():
    cases = (
        ("eager, six small operations", [2.0] * 6),
        ("eager, six large operations", [8.0] * 6),
        ("compiled, the small ones fused", [5.0]),
    )
    fig, axes = figure(80, 58, rows=3, sharex=True)
    for ax, (title, kernels) in zip(axes, cases, strict=True):
        python, gpu = schedule(kernels)
        for y, spans, color in ((1, python, GOLD), (0, gpu, BLUE)):
            ax.broken_barh(spans, (y - 0.38, 0.76), color=color, ec="white", lw=0.7)
        busy, end = sum(kernels), sum(gpu[-1])
        ax.set_title(
            f"{title}: GPU busy {100 * busy / end:.0f} % of {end:.0f} µs", loc="left", fontsize=6.6
        )
        ax.axvline(end, color=INK, lw=0.7, ls=":")
        ax.set_yticks([0, 1], ["GPU", "Python"])
        ax.set_ylim(-0.55, 1.55)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    axes[-1].set_xlim(0, 55)
    axes[-1].set_xlabel("time in µs (lengths assumed)")
    save(fig, __file__)


if __name__ == "__main__":
    main()
