"""The data there is to learn from: built in, drawn by this program, or fetched once on request.

To add data, add a record to `_ROWS`: menus and tests follow. Nothing is read or fetched before `load`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cnnviz.model.data import Data, Examples
from cnnviz.model.fetching import Collection, Progress, Remote
from cnnviz.model.strokes import stroke_data

ASSETS = Path(__file__).parents[2] / "assets"
NUMBERS = tuple(str(digit) for digit in range(10))
CLOTHES = (
    "T-shirt", "Trousers", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"
)  # fmt: skip


def _silent(*_: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Source:
    """Where data comes from: how much there is, in what shape, under which licence, and how to get it."""

    name: str
    remark: str
    source: str
    licence: str
    input_shape: tuple[int, int, int]
    classes: tuple[str, ...]
    counts: tuple[int, int]  # to learn from, held out
    read: Callable[[Progress], Data]
    collection: Collection | None = None

    @property
    def here(self) -> bool:
        """Tell whether it can be loaded without a network."""
        return self.collection is None or self.collection.here()

    def load(self, progress: Progress = _silent) -> Data:
        """Read the data, and fetch it first if it is not here.

        Parameters
        ----------
        progress : callable
            Is told the bytes that are fetched and those there are.

        Returns
        -------
        Data
            The same each time.

        Raises
        ------
        FetchError
            With one sentence, if it cannot be had.
        """
        return self.read(progress)


def _digits(_: Progress) -> Data:
    """Read our own file, and hold out every fifth image of each digit."""
    with np.load(ASSETS / "digits.npz", allow_pickle=False) as file:
        images, labels = file["images"][:, None], file["labels"]
    places = np.empty(len(labels), np.intp)
    for digit in range(10):
        places[labels == digit] = np.arange((labels == digit).sum())
    held_out = places % 5 == 4
    train = Examples(images[~held_out], labels[~held_out])
    return Data("Handwritten digits", train, Examples(images[held_out], labels[held_out]), NUMBERS, peak=16)


def _collected(name: str, classes: tuple[str, ...], collection: Collection) -> Callable[[Progress], Data]:
    """Make the reader of four files as those of MNIST."""

    def read(progress: Progress) -> Data:
        images, labels, other_images, other_labels = collection.arrays(progress)
        return Data(
            name, Examples(images[:, None], labels), Examples(other_images[:, None], other_labels), classes
        )

    return read


def _collection(title: str, folder: str, mirrors: tuple[str, ...], files) -> Collection:
    """Name the four files of MNIST and of what is made like it."""
    names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    shapes = ((60000, 28, 28), (60000,), (10000, 28, 28), (10000,))
    remotes = [
        Remote(f"{name}-ubyte", packed, checksum, shape)
        for name, shape, (packed, checksum) in zip(names, shapes, files, strict=True)
    ]
    return Collection(title, folder, mirrors, tuple(remotes))


MNIST = _collection(
    "MNIST",
    "mnist",
    (
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ),
    (
        (9_912_422, "6bbc9ace898e44ae57da46a324031adb"),
        (28_881, "a25bea736e30d166cdddb491f175f624"),
        (1_648_877, "2646ac647ad5339dbf082846283269ea"),
        (4_542, "27ae3e4e09519cfbb04c329615203637"),
    ),
)
FASHION = _collection(
    "Fashion-MNIST",
    "fashion-mnist",
    (
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ),
    (
        (26_421_880, "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
        (29_515, "9018921c3c673c538a1fc5bad174d6f9"),
        (4_422_102, "8181f5470baa50b63fa0f6fddb340f0a"),
        (5_148, "15d484375f8d13e6eb1aabb0c3f46965"),
    ),
)
_ROWS = (
    Source(
        "Handwritten digits",
        "Small and built in: 13 people wrote them, and each is scanned down to 8 by 8 counts of 0 to 16.",
        "E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning "
        "Repository, in the copy of scikit-learn",
        "CC BY 4.0",
        (1, 8, 8),
        NUMBERS,
        (1442, 355),
        _digits,
    ),
    Source(
        "Strokes",
        "Drawn by this program, without end: straight pieces, bent, tilted and thickened at random.",
        "cnnviz.model.strokes",
        "CC0 1.0",
        (1, 28, 28),
        NUMBERS,
        (6000, 1000),
        lambda _: stroke_data(),
    ),
    Source(
        "MNIST",
        "Digits of American clerks and pupils, centred and smoothed: what everybody begins with.",
        "Y. LeCun, C. Cortes and C. Burges (1998), The MNIST database of handwritten digits",
        "CC BY-SA 3.0",
        (1, 28, 28),
        NUMBERS,
        (60000, 10000),
        _collected("MNIST", NUMBERS, MNIST),
        MNIST,
    ),
    Source(
        "Fashion-MNIST",
        "Ten kinds of clothes in the format of MNIST, and much harder: shirts look like coats.",
        "H. Xiao, K. Rasul and R. Vollgraf (2017), Fashion-MNIST",
        "MIT",
        (1, 28, 28),
        CLOTHES,
        (60000, 10000),
        _collected("Fashion-MNIST", CLOTHES, FASHION),
        FASHION,
    ),
)
DATASETS = {source.name: source for source in _ROWS}
