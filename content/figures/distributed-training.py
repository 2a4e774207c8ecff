"""Two pipeline schedules of four stages and six micro-batches, simulated."""

from house import BLUE, INK, figure, save

STAGES, MICRO = 4, 6
COST = {"F": 1, "B": 2}
FILL = {"F": "#dbe7f5", "B": BLUE}


def all_forward_first(stage):
    return [(kind, i) for kind in "FB" for i in range(MICRO)]


def one_f_one_b(stage):
    first = min(STAGES - 1 - stage, MICRO)
    jobs = [("F", i) for i in range(first)]
    for i in range(MICRO):
        jobs += [("F", first + i)] if first + i < MICRO else []
        jobs += [("B", i)]
    return jobs


def simulate(schedule):
    """Start of every job: {(kind, micro-batch, stage): time}, in forward passes of a stage."""
    todo = [schedule(stage) for stage in range(STAGES)]
    start, clock = {}, [0] * STAGES
    while any(todo):
        for s in [s for s in range(STAGES) if todo[s]]:
            kind, i = todo[s][0]
            before = (kind, i, s - 1 if kind == "F" else s + 1)
            need = [before] if 0 <= before[2] < STAGES else []
            need += [("F", i, s)] if kind == "B" else []
            if all(job in start for job in need):
                ends = [start[job] + COST[job[0]] for job in need]
                start[kind, i, s] = max([clock[s], *ends])
                clock[s] = start[kind, i, s] + COST[kind]
                todo[s].pop(0)
    return start


def held(start, stage, time):
    """Micro-batches whose activations the stage holds at a time."""
    there = [i for i in range(MICRO) if start["F", i, stage] + COST["F"] <= time]
    return sum(start["B", i, stage] + COST["B"] > time for i in there)


def draw(ax, start, title):
    for (kind, i, stage), time in start.items():
        ax.barh(stage, COST[kind], 0.86, time, color=FILL[kind], ec="white", lw=0.6)
        colour = INK if kind == "F" else "white"
        ax.text(
            time + COST[kind] / 2, stage, i + 1, color=colour, fontsize=6, ha="center", va="center"
        )
    end = max(time + COST[job[0]] for job, time in start.items())
    peak = max(held(start, 0, time) for time in range(end))
    idle = end / (3 * MICRO) - 1
    ax.set_title(f"{title}: bubble {idle:.0%}, stage 1 holds {peak}", loc="left", fontsize=6.8)
    ax.set(xlim=(0, end), ylim=(STAGES - 0.45, -0.55), yticks=range(STAGES))
    ax.set_yticklabels(range(1, STAGES + 1))
    ax.set_ylabel("stage")
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)


def main():
    fig, (top, bottom) = figure(80, 54, rows=2, sharex=True)
    draw(top, simulate(all_forward_first), "All forward first")
    draw(bottom, simulate(one_f_one_b), "One forward, one backward")
    bottom.set_xlabel("time (forward passes of one stage)")
    save(fig, __file__)


if __name__ == "__main__":
    main()
