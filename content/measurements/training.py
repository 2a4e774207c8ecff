"""One training step of a transformer of 355 million parameters: its time, and memory by part.

Number formats, recomputation, LoRA, gradients lost in FP16, and Muon's step beside AdamW's.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.checkpoint import checkpoint

from bench import DEVICE, HALF, ON_GPU, Table, milliseconds

LAYERS, WIDTH, HEADS, WORDS, BATCH, LENGTH = (
    (24, 1024, 16, 50304, 8, 1024) if ON_GPU else (2, 64, 4, 100, 2, 32)
)


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        batch, length, _ = x.shape
        q, k, v = (
            self.qkv(self.first(x)).view(batch, length, 3 * HEADS, -1).transpose(1, 2).chunk(3, 1)
        )
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        return x + self.down(F.gelu(self.up(self.second(x))))


class Transformer(nn.Module):
    def __init__(self, recompute: bool = False) -> None:
        super().__init__()
        self.recompute = recompute
        self.words, self.places = nn.Embedding(WORDS, WIDTH), nn.Embedding(LENGTH, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        for weight in self.parameters():
            if weight.dim() > 1:
                nn.init.normal_(weight, std=0.02)

    def forward(self, tokens):
        x = self.words(tokens) + self.places.weight
        for block in self.blocks:
            x = checkpoint(block, x, use_reentrant=False) if self.recompute else block(x)
        return F.linear(self.norm(x), self.words.weight)


def loss_of(model, tokens, dtype):
    with torch.autocast(DEVICE, dtype, enabled=dtype != torch.float32):
        logits = model(tokens)
    return F.cross_entropy(logits.flatten(0, 1).float(), tokens.roll(-1, 1).flatten())


def held() -> float:
    if not ON_GPU:
        return float("nan")
    torch.cuda.synchronize()
    return torch.cuda.memory_allocated() / 1e9


def step(table: Table, how: str, dtype=HALF, recompute=False, trained=None, fused=True) -> None:
    def figures():
        torch.manual_seed(0)
        if ON_GPU:
            torch.cuda.empty_cache()
        start = held()
        model = Transformer(recompute).to(DEVICE)
        if trained:
            trained(model)
        weights = [w for w in model.parameters() if w.requires_grad]
        found = {
            "parameters": sum(w.numel() for w in model.parameters()),
            "trained": sum(w.numel() for w in weights),
        }
        found["weights_GB"] = held() - start
        tokens = torch.randint(WORDS, (BATCH, LENGTH), device=DEVICE)
        optimiser = torch.optim.AdamW(weights, lr=1e-4, fused=fused and ON_GPU)

        before = held()
        loss = loss_of(model, tokens, dtype)
        found["activations_GB"] = held() - before
        loss.backward()
        del loss
        found["gradients_GB"] = held() - before
        before = held()
        optimiser.step()
        found["moments_GB"] = held() - before

        def whole():
            optimiser.zero_grad()
            loss_of(model, tokens, dtype).backward()
            optimiser.step()

        if ON_GPU:
            torch.cuda.reset_peak_memory_stats()
        found["ms"] = milliseconds(whole, 8, 3)
        found["peak_GB"] = (
            torch.cuda.max_memory_allocated() / 1e9 - start if ON_GPU else float("nan")
        )
        found["tokens_s"] = BATCH * LENGTH / found["ms"] * 1e3
        found["optimiser_ms"] = milliseconds(optimiser.step, 8, 3)
        return found

    table.try_add("step", figures, how=how, batch=BATCH, length=LENGTH)


class LowRank(nn.Module):
    """A frozen layer and a trained product of two thin matrices beside it."""

    def __init__(self, layer: nn.Linear, rank: int = 16) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(
            torch.randn(rank, layer.in_features, device=DEVICE) / layer.in_features**0.5
        )
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank, device=DEVICE))

    def forward(self, x):
        return self.layer(x) + F.linear(F.linear(x, self.down), self.up)


def low_rank(model: Transformer) -> None:
    for weight in model.parameters():
        weight.requires_grad_(False)
    for block in model.blocks:
        for name in ("qkv", "out", "up", "down"):
            setattr(block, name, LowRank(getattr(block, name)))


def low_rank_on_half(model: Transformer) -> None:
    low_rank(model)
    for weight in model.parameters():
        if not weight.requires_grad:
            weight.data = weight.data.to(HALF)


def underflow(table: Table) -> None:
    """How many of a step's gradients FP16 loses, and how many a scale on the loss brings back."""
    torch.manual_seed(0)
    model = Transformer().to(DEVICE)
    tokens = torch.randint(WORDS, (BATCH // 2, LENGTH), device=DEVICE)
    loss_of(model, tokens, torch.float32).backward()
    gradients = [w.grad.flatten() for w in model.parameters() if w.grad is not None]
    there = sum(int((g != 0).sum()) for g in gradients)
    for power in (0, 4, 8, 12, 16, 20, 24):
        scaled = [(g * 2.0**power).half() for g in gradients]
        zero = sum(int(((s == 0) & (g != 0)).sum()) for s, g in zip(scaled, gradients, strict=True))
        infinite = sum(int(s.isinf().sum()) for s in scaled)
        table.add(
            "FP16 gradients", scale_power_of_two=power, lost_share=zero / there, infinite=infinite
        )
    table.add(
        "BF16 gradients",
        lost_share=sum(int(((g.bfloat16() == 0) & (g != 0)).sum()) for g in gradients) / there,
    )


def newton_schulz(x, steps=5):
    """Muon's orthogonalisation: singular values towards one, by products alone."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = x.to(HALF) / (x.norm() + 1e-7)
    for _ in range(steps):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return x


def muon(table: Table) -> None:
    for rows, columns in (
        ((1024, 1024), (2048, 2048), (4096, 4096), (4096, 11008)) if ON_GPU else ((64, 64),)
    ):
        gradient = torch.randn(rows, columns, device=DEVICE)
        weight = nn.Parameter(torch.zeros_like(gradient))
        weight.grad = gradient
        adam = torch.optim.AdamW([weight], fused=ON_GPU)
        before, after = (
            torch.linalg.svdvals(gradient / gradient.norm()),
            torch.linalg.svdvals(newton_schulz(gradient).float()),
        )
        table.add(
            "one matrix's update",
            rows=rows,
            columns=columns,
            newton_schulz_ms=milliseconds(lambda: newton_schulz(gradient)),
            adamw_ms=milliseconds(adam.step),
            singular_before_low=float(before.min()),
            singular_before_high=float(before.max()),
            singular_after_low=float(after.min()),
            singular_after_median=float(after.median()),
            share_after_above_half=float((after > 0.5).float().mean()),
            singular_after_high=float(after.max()),
        )


if __name__ == "__main__":
    table = Table("training", __doc__)
    step(table, "FP32", torch.float32)
    torch.set_float32_matmul_precision("high")
    step(table, "FP32, products in TF32", torch.float32)
    torch.set_float32_matmul_precision("highest")
    step(table, "BF16 autocast")
    step(table, "BF16 autocast, optimiser not fused", fused=False)
    step(table, "BF16 autocast, activations recomputed", recompute=True)
    step(table, "LoRA of rank 16, BF16 autocast", trained=low_rank)
    step(table, "LoRA of rank 16, frozen weights in BF16", trained=low_rank_on_half)
    underflow(table)
    muon(table)
    table.write()
