"""Tokens per character over the number of merges: the training language and another one."""

import itertools
import re
from collections import Counter

from house import BLUE, INK, RED, figure, label_line, save

TEXT = """the lower the slower the newest tower was wider than the old
tower and the newer one is the widest of the low towers it shows how
low and wide a tower can grow when the wind slows and the snow is low"""
SAMPLES = {
    "its own text": (TEXT.replace("\n", " "), BLUE, "-"),
    "other English": ("rain fell on the quiet harbour while children played cards", INK, "-."),
    "Greek": ("η βροχή έπεφτε στο λιμάνι και τα παιδιά έπαιζαν χαρτιά", RED, "--"),
}


def pieces(text):
    return [[bytes([b]) for b in w.encode()] for w in re.findall(r" ?[^\s\d]+|\d|\s", text)]


def join(tokens, pair):
    out = []
    for t in tokens:
        fits = out and (out[-1], t) == pair
        out = [*out[:-1], out[-1] + t] if fits else [*out, t]
    return out


def main():
    fig, ax = figure(80, 46)
    words = pieces(" " + TEXT.replace("\n", " "))
    samples = {name: pieces(" " + text) for name, (text, _, _) in SAMPLES.items()}
    rates = {name: [] for name in SAMPLES}
    for _ in range(41):
        for name, parts in samples.items():
            rates[name].append(sum(map(len, parts)) / (len(SAMPLES[name][0]) + 1))
        pairs = Counter(p for w in words for p in itertools.pairwise(w))
        best = max(pairs, key=lambda p: (pairs[p], p))
        words = [join(w, best) for w in words]
        samples = {name: [join(w, best) for w in parts] for name, parts in samples.items()}
    for name, (_, color, dash) in SAMPLES.items():
        ax.plot(rates[name], color=color, ls=dash)
    ax.set(xlabel="merges learned", ylabel="tokens per character")
    ax.set(xlim=(0, 40), ylim=(0, 2), xticks=[0, 10, 20, 30, 40], yticks=[0, 0.5, 1, 1.5, 2])
    label_line(ax, 14, 1.55, "Greek", RED)
    label_line(ax, 14, 1.02, "other English", INK)
    label_line(ax, 14, 0.22, "its own text", BLUE)
    save(fig, __file__)


if __name__ == "__main__":
    main()
