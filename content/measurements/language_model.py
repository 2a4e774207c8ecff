"""A language model of 1.15 billion random weights: prefill, decode, verification, sameness.

The weights are random, so the text it writes means nothing; the time it takes does not depend on
that. Shape: 24 layers, width 2048, 16 query heads and 4 key/value heads of 128, SwiGLU of 5632,
vocabulary 32,000.
"""

import torch
import torch.nn.functional as F
from torch.nn.attention.bias import causal_lower_right

from bench import DEVICE, HALF, ON_GPU, Table, graph, milliseconds

LAYERS, WIDTH, HEADS, KV, HEAD, INNER, WORDS = (
    (24, 2048, 16, 4, 128, 5632, 32000) if ON_GPU else (2, 256, 4, 2, 64, 512, 1000)
)


class Model:
    """A pre-norm transformer with rotary positions and a cache of keys and values, nothing else."""

    def __init__(self) -> None:
        def weights(rows, columns):
            return torch.randn(rows, columns, device=DEVICE, dtype=HALF) / rows**0.5

        self.embedding = torch.randn(WORDS, WIDTH, device=DEVICE, dtype=HALF)
        self.layers = [
            {
                "qkv": weights(WIDTH, (HEADS + 2 * KV) * HEAD),
                "out": weights(HEADS * HEAD, WIDTH),
                "up": weights(WIDTH, 2 * INNER),
                "down": weights(INNER, WIDTH),
            }
            for _ in range(LAYERS)
        ]
        self.gain = torch.ones(WIDTH, device=DEVICE, dtype=HALF)
        turns = torch.outer(
            torch.arange(65536, device=DEVICE),
            1e4 ** (-torch.arange(0, HEAD, 2, device=DEVICE) / HEAD),
        )
        self.cos, self.sin = turns.cos().to(HALF), turns.sin().to(HALF)
        self.parameters = self.embedding.numel() + sum(
            w.numel() for layer in self.layers for w in layer.values()
        )

    def rotate(self, x, first: int):
        a, b = x.chunk(2, -1)
        cos, sin = (t[first : first + x.shape[-2]] for t in (self.cos, self.sin))
        return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)

    def cache(self, batch: int, length: int):
        return [
            torch.randn(2, batch, KV, length, HEAD, device=DEVICE, dtype=HALF)
            for _ in range(LAYERS)
        ]

    def __call__(self, tokens, cache=None, first: int = 0, last_only: bool = True):
        """Return logits; with a cache, `tokens` stand at `first` and see all before them."""
        x = F.embedding(tokens, self.embedding)
        batch, new = tokens.shape
        for i, layer in enumerate(self.layers):
            qkv = (
                (F.rms_norm(x, (WIDTH,), self.gain) @ layer["qkv"])
                .view(batch, new, -1, HEAD)
                .transpose(1, 2)
            )
            q, k, v = qkv.split([HEADS, KV, KV], 1)
            q, k = self.rotate(q, first), self.rotate(k, first)
            if cache is not None:
                cache[i][0, :, :, first : first + new], cache[i][1, :, :, first : first + new] = (
                    k,
                    v,
                )
                k, v = cache[i][0, :, :, : first + new], cache[i][1, :, :, : first + new]
            mask = causal_lower_right(new, first + new) if cache is not None and new > 1 else None
            mixed = F.scaled_dot_product_attention(
                q, k, v, attn_mask=mask, is_causal=cache is None and new > 1, enable_gqa=True
            )
            x = x + mixed.transpose(1, 2).reshape(batch, new, -1) @ layer["out"]
            gate, up = (F.rms_norm(x, (WIDTH,), self.gain) @ layer["up"]).chunk(2, -1)
            x = x + (F.silu(gate) * up) @ layer["down"]
        if last_only:
            x = x[:, -1:]
        return F.rms_norm(x, (WIDTH,), self.gain) @ self.embedding.T


def tokens(batch: int, length: int):
    return torch.randint(WORDS, (batch, length), device=DEVICE)


def prefill(table: Table, model: Model) -> None:
    for length in (128, 512, 2048, 8192, 32768) if ON_GPU else (64,):
        prompt = tokens(1, length)

        def figures(length=length, prompt=prompt):
            by_hand = milliseconds(lambda: model(prompt), 10, 3)
            ms = milliseconds(graph(lambda: model(prompt)), 10, 3)
            flops = (
                2 * (model.parameters - WORDS * WIDTH) * length
                + 4 * LAYERS * HEADS * HEAD * length**2 / 2
            )
            return {
                "ms_by_hand": by_hand,
                "ms_graph": ms,
                "tokens_s": length / ms * 1e3,
                "TFLOP_s": flops / ms / 1e9,
            }

        table.try_add("prefill", figures, prompt=length)


def decode(table: Table, model: Model) -> None:
    """One step of one token for each sequence."""
    contexts = [(b, 1024) for b in (1, 2, 4, 8, 16, 32, 64, 128, 256)] + [
        (16, c) for c in (2048, 4096, 8192, 16384, 32768)
    ]
    for batch, context in contexts if ON_GPU else [(1, 64), (4, 64)]:

        def figures(batch=batch, context=context):
            cache, token = model.cache(batch, context + 1), tokens(batch, 1)

            def step():
                return model(token, cache, context)

            by_hand, replayed = milliseconds(step, 10, 3), milliseconds(graph(step), 10, 3)
            held = LAYERS * 2 * batch * KV * context * HEAD * 2
            moved = 2 * model.parameters + held
            return {
                "ms_by_hand": by_hand,
                "ms_graph": replayed,
                "tokens_s": batch / replayed * 1e3,
                "tokens_s_each": 1e3 / replayed,
                "cache_GB": held / 1e9,
                "GB_s": moved / replayed / 1e6,
            }

        table.try_add("decode", figures, batch=batch, context=context)
    for context in (512, 2048, 8192) if ON_GPU else (64,):
        prompt, cache, token = tokens(1, context), model.cache(1, context + 1), tokens(1, 1)
        table.add(
            "one token without a cache",
            context=context,
            ms_recomputed=milliseconds(lambda: model(prompt), 10, 3),
            ms_cached=milliseconds(graph(lambda: model(token, cache, context)), 10, 3),
        )


def verification(table: Table, model: Model) -> None:
    """What it costs to look at k proposed tokens at once: the ground of speculative decoding."""
    context = 1024 if ON_GPU else 64
    for batch in (1, 16, 64) if ON_GPU else (1,):
        for k in (1, 2, 3, 4, 5, 6, 8, 12, 16):

            def figures(batch=batch, k=k):
                cache, proposed = model.cache(batch, context + k), tokens(batch, k)
                return {
                    "ms": milliseconds(
                        graph(lambda: model(proposed, cache, context, last_only=False)), 10, 3
                    )
                }

            table.try_add("verify", figures, batch=batch, proposed=k, context=context)


def sameness(table: Table, model: Model) -> None:
    """Is the next token after one context the same whoever shares the batch?"""
    count, context = (512, 64) if ON_GPU else (8, 16)
    words = tokens(count, 1)
    before = model.cache(1, context + 1)

    def in_batches(size: int):
        cache = [layer.expand(2, size, *layer.shape[2:]).contiguous() for layer in before]
        return torch.cat([model(part, cache, context) for part in words.split(size)])[:, 0].float()

    alone = in_batches(1)
    for size in (1, 2, 4, 8, 16, 32, 64, 128, 256) if ON_GPU else (1, 2, 8):
        together = in_batches(size)
        table.add(
            "next token, the same context in batches",
            batch=size,
            contexts=count,
            largest_difference=float((alone - together).abs().max()),
            typical_logit=float(alone.std()),
            other_first_choice=int((alone.argmax(-1) != together.argmax(-1)).sum()),
        )


if __name__ == "__main__":
    table = Table("language-model", __doc__)
    with torch.no_grad():
        model = Model()
        table.add(
            "model",
            parameters=model.parameters,
            layers=LAYERS,
            width=WIDTH,
            query_heads=HEADS,
            kv_heads=KV,
        )
        prefill(table, model)
        decode(table, model)
        verification(table, model)
        sameness(table, model)
    table.write()
