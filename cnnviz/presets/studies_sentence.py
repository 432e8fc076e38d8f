"""A short sentence and the small numbers that Kim's network works on: word vectors, filters, class weights.

All numbers are drawn from a fixed seed, in tenths, so that every sum can be checked by hand; the
same word always has the same vector. To change the size of the example, change the numbers below.
"""

import re
from dataclasses import dataclass, replace

import numpy as np

LENGTH = 4  # numbers in a word vector; Kim's have 300
WIDTHS = (2, 3, 4)  # words that a filter reads; Kim's read 3, 4 and 5
LARGEST_MAPS = 2  # filters of each width; Kim has 100
FEWEST_WORDS, MOST_WORDS, LONGEST_WORD = max(WIDTHS), 10, 12
LARGEST_SEED = 99
CLASSES = ("negative", "positive")
CHANNELS = ("fixed", "trained")
SENTENCE = "wait for the video and don't rent it"
_STREAMS = {"vector": 1, "drift": 2, "kernels": 3, "bias": 4, "classes": 5}


@dataclass(frozen=True)
class SentenceSetup:
    """A sentence, how many filters of each width read it, and the seed of all numbers.

    Raises
    ------
    ValueError
        If the sentence is too short or too long to be shown, or a number is out of its range.
    """

    sentence: str = SENTENCE
    maps: int = LARGEST_MAPS
    seed: int = 32

    def __post_init__(self) -> None:
        """Refuse what cannot be shown, and part the words by one space each."""
        object.__setattr__(self, "sentence", " ".join(read_words(self.sentence)))
        for name, most in (("maps", LARGEST_MAPS), ("seed", LARGEST_SEED)):
            if not 1 <= getattr(self, name) <= most:
                raise ValueError(f"{name} must be from 1 to {most}, got {getattr(self, name)}")

    @property
    def words(self) -> tuple[str, ...]:
        """The words, in order."""
        return tuple(self.sentence.split())

    def having(self, **settings) -> "SentenceSetup":
        """Change settings."""
        return replace(self, **settings)


def read_words(text: str) -> tuple[str, ...]:
    """Take a sentence apart; signs between words are left out, capitals become small.

    Raises
    ------
    ValueError
        If there are too few or too many words, or one is too long.
    """
    if len(text) > (LONGEST_WORD + 8) * MOST_WORDS:
        raise ValueError(f"sentence must have at most {MOST_WORDS} words, got {len(text)} characters")
    words = tuple(re.findall(r"\w+(?:['’\-]\w+)*", text.lower()))
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        raise ValueError(f"sentence must have {FEWEST_WORDS} to {MOST_WORDS} words, got {len(words)}")
    for word in words:
        if len(word) > LONGEST_WORD:
            raise ValueError(f"words must have at most {LONGEST_WORD} letters, got {word!r}")
    return words


def _drawn(seed: int, what: str, *names: int) -> np.random.Generator:
    """Start a generator of its own for every kind of number, so that none depends on the others."""
    return np.random.default_rng([seed, _STREAMS[what], *names])


def vectors(setup: SentenceSetup) -> np.ndarray:
    """Give the sentence as two pictures, ``(2, words, LENGTH)``: fixed vectors, and the same after training.

    What training would have changed is drawn as well, in steps of a tenth.
    """
    fixed, trained = [], []
    for word in setup.words:
        letters = tuple(word.encode())
        tenths = _drawn(setup.seed, "vector", *letters).integers(-9, 10, LENGTH)
        drift = _drawn(setup.seed, "drift", *letters).integers(-3, 4, LENGTH)
        fixed.append(tenths)
        trained.append(np.clip(tenths + drift, -9, 9))
    return np.array([fixed, trained], dtype=np.float64) / 10


def kernels(setup: SentenceSetup, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the filters of one width, ``(maps, 2, width, LENGTH)`` of −1, 0 and 1, and their biases."""
    shape = (LARGEST_MAPS, len(CHANNELS), width, LENGTH)
    weights = _drawn(setup.seed, "kernels", width).integers(-1, 2, shape)
    biases = _drawn(setup.seed, "bias", width).integers(-3, 4, LARGEST_MAPS) / 10
    return weights[: setup.maps].astype(np.float64), biases[: setup.maps]


def class_weights(setup: SentenceSetup) -> tuple[np.ndarray, np.ndarray]:
    """Give a row of weights for each class, in tenths, and the biases."""
    shape = (len(CLASSES), len(WIDTHS), LARGEST_MAPS)
    tenths = _drawn(setup.seed, "classes").integers(-5, 6, shape) / 10
    return tenths[:, :, : setup.maps].reshape(len(CLASSES), -1), np.zeros(len(CLASSES))
