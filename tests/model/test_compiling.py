"""Once the kernels are warm, no network that anybody stacks compiles anything."""

import subprocess
import sys

PROGRAM = """
import gc
import numpy as np
from numba.core.dispatcher import Dispatcher
from cnnviz.kernels.warmup import WARM
from cnnviz.model.architecture import Architecture
from cnnviz.model.layers import *
from cnnviz.model.optimizers import Adam
from cnnviz.model.recipe import Recipe
from cnnviz.model.training import network_of
from tests.model.examples import DIGITS_CNN, DROPPING, EVERYTHING, LENET, run, small_data

def loops():
    return {d.py_func.__qualname__: len(d.signatures) for d in gc.get_objects() if isinstance(d, Dispatcher)}

for name in ("training", "training, other layers", "GELU, float32 and float64"):
    WARM[name]()
before = loops()
data = small_data()
wide = Architecture((2, 8, 7), (
    Conv2d(33, 1), Activation("GELU"), Conv2d(6, 3, groups=3, dilation=2, padding=3, stride=(3, 1)),
    MeanPool((1, 3), stride=2), Flatten(), Dense(1), Activation("Sigmoid"), Dense(100), Dropout(), Dense(3),
))
for architecture in (EVERYTHING, DROPPING, wide, Architecture((2, 8, 7), (Flatten(), Dense(3)))):
    recipe = Recipe(architecture, optimizer=Adam(), batch=50)
    network_of(recipe, data, run(recipe, data, 2)).shares(data.held_out.images)
for name, other in ((LENET, (1, 28, 28)), (DIGITS_CNN, (1, 8, 8))):
    data = small_data(40, 3, other)
    recipe = Recipe(Architecture(other, (*name.layers[:-1], Dense(3))))
    run(recipe, data, 1)
print({name: count for name, count in loops().items() if count != before.get(name)}, len(before))
"""


def test_a_new_architecture_compiles_nothing():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("{} ")
    assert int(done.stdout.split()[-1]) > 15
