"""Bootstrapping that diverges, and one algorithm under fifteen seeds."""

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save

GAMMA, RATE = 0.9, 0.1


def two_states(updates, period=1, on_policy=False):
    """Estimate of the first of two states with features 1 and 2; all rewards are zero.

    The first state leads to the second, which ends the episode one time in ten, else stays.
    """
    w, frozen, path = 1.0, 1.0, [1.0]
    for t in range(updates):
        if t % period == 0:
            frozen = w
        change = GAMMA * 2 * frozen - w  # first state: target minus estimate
        if on_policy:  # the second state as often as it occurs: ten times
            change += 10 * 2 * (GAMMA * 0.9 * 2 * frozen - 2 * w)
        w += (RATE / 10 if on_policy else RATE) * change
        path.append(w)
    return np.round(path, 4)


def run(seed, updates=150, episodes=8, size=13, horizon=40):
    """Policy gradient in a corridor: 0.2 at the near left end, 1 at the far right end."""
    rng = np.random.default_rng(seed)
    first, second = rng.normal(0, 0.5, (size, 16)), rng.normal(0, 0.5, (16, 2))
    history = []
    for _ in range(updates):
        place, alive = np.full(episodes, 2), np.ones(episodes, bool)
        reward, seen = np.zeros(episodes), []
        for _ in range(horizon):
            hidden = np.tanh(first[place])
            logits = hidden @ second
            right = 1 / (1 + np.exp(logits[:, 0] - logits[:, 1]))
            action = (rng.random(episodes) < right).astype(int)
            seen.append((place.copy(), hidden, action - right, alive.copy()))
            place = np.where(alive, place + 2 * action - 1, place)
            reward += alive * (0.2 * (place == 0) + 1.0 * (place == size - 1))
            alive &= (place > 0) & (place < size - 1)
        history.append(reward.mean())
        advantage = reward - reward.mean()
        d_first, d_second = np.zeros_like(first), np.zeros_like(second)
        for where, hidden, surprise, living in seen:
            slope = (advantage * surprise * living)[:, None] * np.array([[-1.0, 1.0]])
            d_second += hidden.T @ slope
            np.add.at(d_first, where, (slope @ second.T) * (1 - hidden**2))
        first += 0.15 * d_first / episodes
        second += 0.15 * d_second / episodes
    smooth = np.convolve(history, np.ones(10) / 10, "valid")
    return np.round(smooth, 2)


def main():
    fig, (left, right) = figure(80, 48, columns=2)
    t = np.arange(61)
    left.semilogy(t, two_states(60), color=RED, linestyle="--")
    left.semilogy(t, two_states(60, period=20), color=INK, linestyle="-.")
    left.semilogy(t, two_states(60, on_policy=True), color=BLUE, linestyle="-")
    left.set(xlabel="update", ylabel="estimate (truth: 0)", ylim=(0.01, 200))
    left.set(title="moving targets")
    label_line(left, 3, 60, "off-policy", RED)
    label_line(left, 22, 0.35, "with target\nnetwork", INK)
    label_line(left, 2, 0.04, "on-policy", BLUE)
    runs = np.array([run(seed) for seed in range(15)])
    print(np.sort(runs[:, -1]))
    for row in runs:
        right.plot(np.arange(len(row)) + 10, row, color=INK, linestyle="-", linewidth=0.5)
    right.set(
        xlabel="update", ylabel="mean return", xlim=(0, 150), ylim=(0, 1.05), title="fifteen seeds"
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
