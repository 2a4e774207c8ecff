"""Accuracy under attack: a plainly and an adversarially trained network."""

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save

SIDE, CLASSES = 14, 4
RADII = np.linspace(0, 0.4, 9)


def images(count, rng, texture):
    """Noisy pictures: a bright spot that tells the class in 9 of 10, a faint texture."""
    label = rng.integers(CLASSES, size=count)
    shown = np.where(rng.random(count) < 0.9, label, rng.integers(CLASSES, size=count))
    centre = np.array([[3, 3], [3, 10], [10, 3], [10, 10]])[shown]
    row, column = np.mgrid[:SIDE, :SIDE].reshape(2, -1)
    far = (row - centre[:, :1]) ** 2 + (column - centre[:, 1:]) ** 2
    picture = np.exp(-far / 6) + texture[label] + 0.4 * rng.normal(size=far.shape)
    return picture, np.eye(CLASSES)[label]


def forward(theta, x):
    hidden = np.maximum(x @ theta[0] + theta[1], 0)
    logits = hidden @ theta[2] + theta[3]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return hidden, e / e.sum(axis=1, keepdims=True)


def gradients(theta, x, y):
    hidden, p = forward(theta, x)
    top = (p - y) / len(x)
    low = (top @ theta[2].T) * (hidden > 0)
    return [x.T @ low, low.sum(0), hidden.T @ top, top.sum(0)], low @ theta[0].T


def pgd(theta, x, y, radius, steps, rng=None):
    """Signed gradient steps, each projected back; one step of full length is FGSM."""
    size = radius if steps == 1 else 2.5 * radius / steps
    moved = x if rng is None else x + rng.uniform(-radius, radius, x.shape)
    for _ in range(steps):
        moved = moved + size * np.sign(gradients(theta, moved, y)[1])
        moved = np.clip(moved, x - radius, x + radius)
    return moved


def train(radius, texture, steps=500, batch=100):
    rng = np.random.default_rng(1)
    x, y = images(3000, rng, texture)
    shapes = (SIDE * SIDE, 48), 48, (48, CLASSES), CLASSES
    theta = [rng.normal(0, 0.08, s) for s in shapes]
    mean, square = [np.zeros_like(t) for t in theta], [np.zeros_like(t) for t in theta]
    for step in range(1, steps + 1):
        rows = rng.integers(len(x), size=batch)
        z = pgd(theta, x[rows], y[rows], radius, 5, rng) if radius else x[rows]
        for t, g, m, s in zip(theta, gradients(theta, z, y[rows])[0], mean, square, strict=True):
            m += 0.1 * (g - m)
            s += 0.01 * (g**2 - s)
            t -= 0.003 * (m / (1 - 0.9**step)) / (np.sqrt(s / (1 - 0.99**step)) + 1e-8)
    return theta


def curves(radius):
    texture = 0.12 * np.random.default_rng(0).choice([-1.0, 1.0], (CLASSES, SIDE * SIDE))
    theta = train(radius, texture)
    rng = np.random.default_rng(2)
    x, y = images(1000, rng, texture)
    noise = rng.choice([-1.0, 1.0], x.shape)

    def accuracy(z):
        return (forward(theta, z)[1].argmax(1) == y.argmax(1)).mean()

    rows = [
        (
            accuracy(x + r * noise),
            accuracy(pgd(theta, x, y, r, 1)),
            accuracy(pgd(theta, x, y, r, 20)),
        )
        for r in RADII
    ]
    return np.round(100 * np.array(rows).T, 0)


def main():
    fig, axes = figure(80, 46, columns=2, sharey=True)
    titles = "trained plainly", "trained on PGD examples"
    for ax, radius, title in zip(axes, (0.0, 0.2), titles, strict=True):
        noise, one, many = curves(radius)
        print(title, noise, one, many, sep="\n")
        ax.plot(RADII, noise, color=INK, linestyle="-.")
        ax.plot(RADII, one, color=BLUE, linestyle="-")
        ax.plot(RADII, many, color=RED, linestyle="--")
        ax.set(title=title, xlim=(0, 0.4), ylim=(0, 103), xticks=[0, 0.2, 0.4])
        ax.set_xlabel("radius ε per pixel")
    axes[0].set_ylabel("test accuracy (%)")
    label_line(axes[0], 0.13, 88, "random signs", INK)
    label_line(axes[0], 0.17, 40, "one step\n(FGSM)", BLUE)
    label_line(axes[0], 0.02, 8, "PGD", RED)
    save(fig, __file__)


if __name__ == "__main__":
    main()
