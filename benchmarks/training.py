"""Training beside PyTorch (eager, its better layout), and accuracy against seconds on MNIST.

``python -m benchmarks.training``; MNIST is read if it was fetched before or CNNVIZ_DATA_DIR names a copy.
"""

import time

import numpy as np
import torch

from benchmarks.measure import interleaved, thread_counts
from cnnviz.kernels.threads import limited_to
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data
from cnnviz.model.datasets import DATASETS
from cnnviz.model.layers import Activation, BatchNorm, Conv2d, Dense, Flatten, MaxPool, MeanPool
from cnnviz.model.loss import LOSSES
from cnnviz.model.recipe import Recipe
from cnnviz.model.schedules import Linear
from cnnviz.model.training import begin, network_of, step

BATCH, RATE = 64, 0.05
TURN = 100  # steps in a row, as a run takes them: threads that have slept need a few to wake up
LAYOUTS = {"NCHW": torch.contiguous_format, "channels last": torch.channels_last}
COLUMNS = (
    f"{'network':28}{'threads':>8}{'ours':>9}{'NCHW':>9}{'ch. last':>9}{'ratio':>8}{'aim':>6}   images/s"
)


RELU, TANH = Activation("ReLU"), Activation("Tanh")


def stacked(*layers) -> Architecture:
    """Put ten units behind some layers."""
    return Architecture((1, 28, 28), (*layers, Dense(10)))


def lenet(size: int) -> Architecture:
    """Stack the network that classes train, with kernels of some size."""
    first, second = (Conv2d(filters, size, padding=size // 2) for filters in (8, 16))
    return stacked(first, RELU, MaxPool(2), second, RELU, MaxPool(2), Flatten())


def lenet_5() -> Architecture:
    """Stack the network of LeCun et al. (1998)."""
    convolutions = Conv2d(6, 5, padding=2), TANH, MeanPool(2), Conv2d(16, 5), TANH, MeanPool(2)
    return stacked(*convolutions, Flatten(), Dense(120), TANH, Dense(84), TANH)


def normed() -> Architecture:
    """Stack the small network with batch normalisation behind its convolutions."""
    first, second = (Conv2d(filters, 3, padding=1) for filters in (8, 16))
    return stacked(first, BatchNorm(), RELU, MaxPool(2), second, BatchNorm(), RELU, MaxPool(2), Flatten())


def deep() -> Architecture:
    """Stack four convolutions, pooled after every second."""
    one, two, three, four = (Conv2d(filters, 3, padding=1) for filters in (8, 8, 16, 16))
    first, second = (one, RELU, two, RELU, MaxPool(2)), (three, RELU, four, RELU, MaxPool(2))
    return stacked(*first, *second, Flatten(), Dense(64), RELU)


NETWORKS = {  # and how many times PyTorch's images a second are wanted
    "8 and 16 maps of 5×5": (lenet(5), 4.0),
    "8 and 16 maps of 3×3": (lenet(3), 2.0),
    "32 and 64 maps of 3×3": (
        stacked(Conv2d(32, 3), RELU, MaxPool(2), Conv2d(64, 3), RELU, MaxPool(2), Flatten()),
        2.0,
    ),
    "LeNet-5": (lenet_5(), 2.0),
    "8 and 16 maps, mean pools": (
        stacked(
            Conv2d(8, 5, padding=2), RELU, MeanPool(2), Conv2d(16, 5, padding=2), RELU, MeanPool(2), Flatten()
        ),
        2.0,
    ),
    "batch normalisation": (normed(), 2.0),
    "four convolutions": (deep(), 2.0),
    "64 units": (stacked(Flatten(), Dense(64), RELU), 2.0),
    "six layers of sigmoid": (
        stacked(Flatten(), *(layer for _ in range(6) for layer in (Dense(32), Activation("Sigmoid")))),
        2.0,
    ),
    "softmax regression": (stacked(Flatten()), 2.0),
}
MODULES = {
    Conv2d: lambda layer, row: torch.nn.Conv2d(
        row.input_shape[0], layer.filters, layer.size, padding=layer.padding[0][0]
    ),
    BatchNorm: lambda _, row: torch.nn.BatchNorm2d(row.input_shape[0]),
    Activation: lambda layer, _: getattr(torch.nn, layer.name)(),
    MaxPool: lambda *_: torch.nn.MaxPool2d(2),
    MeanPool: lambda *_: torch.nn.AvgPool2d(2),
    Flatten: lambda *_: torch.nn.Flatten(),
    Dense: lambda layer, row: torch.nn.Linear(row.input_shape[0], layer.units),
}


def peer(recipe: Recipe, data: Data, layout: torch.memory_format):
    """Make one step of PyTorch with the same first weights and the same first batch."""
    network = torch.nn.Sequential(
        *(MODULES[type(row.layer)](row.layer, row) for row in recipe.architecture.rows())
    )
    first = recipe.architecture.split(begin(recipe, data).parameters)
    with torch.no_grad():
        for module, parts in zip(network, first, strict=True):
            for parameter, part in zip(module.parameters(), parts, strict=True):
                parameter.copy_(torch.tensor(part))
    network = network.to(memory_format=layout)
    examples = recipe.examples_of(0, len(data.train))
    x = torch.tensor(data.scaling(recipe.scaling)(data.train.images[examples])).to(memory_format=layout)
    labels = torch.tensor(data.train.labels[examples])
    optimizer = torch.optim.SGD(network.parameters(), recipe.rate, 0.9)

    def learn() -> float:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return learn


def compare(name: str, data: Data, threads: int) -> None:
    """Measure one network and print its row, in images a second."""
    architecture, aim = NETWORKS[name]
    recipe = Recipe(architecture, rate=RATE, batch=BATCH, epochs=1000)
    state = begin(recipe, data)
    torch.set_num_threads(threads)
    calls = {layout: peer(recipe, data, form) for layout, form in LAYOUTS.items()}
    loss = step(recipe, data, state)[1].loss
    assert all(np.isclose(call(), loss, rtol=1e-4) for call in calls.values())

    def learn() -> None:
        nonlocal state
        state, _ = step(recipe, data, state)

    with limited_to(threads):
        taken = interleaved({"ours": learn, **calls}, seconds=3, turn=TURN)
    rates = {way: BATCH / seconds for way, seconds in taken.items()}
    cells = "".join(f"{rate:9.0f}" for rate in rates.values())
    ratio = rates["ours"] / max(rates[layout] for layout in LAYOUTS)
    reached = "" if ratio >= aim else "   not reached"
    print(f"{name:28}{threads:8}{cells}{ratio:8.2f}{aim:6.1f}{reached}", flush=True)


def learn_mnist(data: Data, epochs: int) -> None:
    """Train on all threads, and print held-out accuracy against seconds of training."""
    recipe = Recipe(lenet(5), rate=RATE, schedule=Linear(warm_up=0.2), epochs=epochs)
    state, seconds = begin(recipe, data), 0.0
    every = recipe.steps_of_an_epoch(len(data.train))
    for epoch in range(1, epochs + 1):
        start = time.perf_counter()
        for _ in range(every):
            state, _ = step(recipe, data, state)
        seconds += time.perf_counter() - start
        score = network_of(recipe, data, state).score(data.held_out, LOSSES[recipe.loss])
        print(f"epoch {epoch} of {epochs}: {score.accuracy:.2%} after {seconds:.2f} s", flush=True)


def main() -> None:
    """Print the table (a ratio above 1 means ours is faster), then the run."""
    source = DATASETS["MNIST"]
    data = source.load() if source.here else DATASETS["Strokes"].load()
    print(COLUMNS)
    for threads in thread_counts():
        for name in NETWORKS:
            compare(name, data, threads)
    if source.here:
        learn_mnist(data, 1)
        learn_mnist(data, 5)
    else:
        print("MNIST is not here: fetch it in the app, or let CNNVIZ_DATA_DIR name a folder with it.")


if __name__ == "__main__":
    main()
