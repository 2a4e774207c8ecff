"""ResNet-50 with random weights: images per second, delay and memory over the batch size."""

import torch
import torchvision

from bench import DEVICE, HALF, ON_GPU, Table, graph, milliseconds, peak_gigabytes

SIDE = 224 if ON_GPU else 64
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512) if ON_GPU else (1, 4)


def pictures(batch: int):
    return torch.randn(batch, 3, SIDE, SIDE, device=DEVICE).to(memory_format=torch.channels_last)


def answering(table: Table) -> None:
    model = (
        torchvision.models.resnet50().eval().to(DEVICE, HALF).to(memory_format=torch.channels_last)
    )
    for batch in BATCHES:

        def figures(batch=batch):
            x = pictures(batch).to(HALF)
            with torch.no_grad():
                by_hand, replayed = (
                    milliseconds(lambda: model(x), 10, 3),
                    milliseconds(graph(lambda: model(x)), 10, 3),
                )
            return {"ms_by_hand": by_hand, "ms_graph": replayed, "images_s": batch / replayed * 1e3}

        table.try_add("answering", figures, batch=batch, format="BF16")


def training(table: Table) -> None:
    model = torchvision.models.resnet50().to(DEVICE).to(memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9, fused=ON_GPU)
    for batch in BATCHES:
        for name, half in (("FP32 with TF32", False), ("BF16 autocast", True)):

            def figures(batch=batch, half=half):
                x, target = pictures(batch), torch.randint(1000, (batch,), device=DEVICE)

                def step():
                    optimiser.zero_grad()
                    with torch.autocast(DEVICE, HALF, enabled=half):
                        loss = torch.nn.functional.cross_entropy(model(x), target)
                    loss.backward()
                    optimiser.step()

                ms = milliseconds(step, 6, 3)
                return {"ms": ms, "images_s": batch / ms * 1e3, "peak_GB": peak_gigabytes(step)}

            table.try_add("training", figures, batch=batch, format=name)


if __name__ == "__main__":
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = (
        torch.backends.cudnn.benchmark
    ) = True
    table = Table("images", __doc__)
    answering(table)
    training(table)
    table.write()
