"""Files: what was saved comes back bit by bit and goes on as if nothing had been; all else is refused."""

import io
import json
import pickle
import re
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnviz.model import saving
from cnnviz.model.records import from_plain, to_plain
from cnnviz.model.saving import DAMAGED, KINDS, MOST_BYTES, NOT_OURS, load, save
from tests.each import each
from tests.model.examples import PLAIN, run, small_data
from tests.model.test_training import RECIPES, same

DATA = small_data()
EACH = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
PLAIN_RUN = RECIPES["plain"]
FILE = save(PLAIN_RUN, DATA, run(PLAIN_RUN, DATA, 2))


def members(raw: bytes) -> dict[str, bytes]:
    """Unpack a file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], compression=zipfile.ZIP_STORED) -> bytes:
    """Pack a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def array(values, **options) -> bytes:
    """Write an array as NumPy does."""
    file = io.BytesIO()
    np.save(file, values, **options)
    return file.getvalue()


def retold(change) -> bytes:
    """Change what the file says about itself."""
    parts = members(FILE)
    about = json.loads(np.load(io.BytesIO(parts["about.npy"])).tobytes())
    change(about)
    parts["about.npy"] = array(np.frombuffer(json.dumps(about).encode(), np.uint8))
    return packed(parts)


def exchanged(**parts: bytes) -> bytes:
    """Put other arrays into the file."""
    return packed(members(FILE) | {f"{name}.npy": content for name, content in parts.items()})


@EACH
def test_a_run_goes_on_from_its_file_as_if_it_had_not_been_interrupted(recipe):
    state = run(recipe, DATA, 3)
    saved = load(save(recipe, DATA, state))
    assert saved.recipe == recipe
    assert same(saved.state, state)
    saved.check_data(small_data())
    assert same(run(saved.recipe, DATA, 4, saved.state), run(recipe, DATA, 7))


def test_how_the_data_was_made_is_kept_and_checked():
    made = {"wrong": 0.4, "by_class": True, "examples": 40}
    state = run(PLAIN_RUN, DATA, 1)
    assert load(save(PLAIN_RUN, DATA, state, made)).prepared == made
    assert load(FILE).prepared == {}
    for wrong in ([1], {"a": "text"}, {str(number): number for number in range(9)}, {"a": None}):
        with pytest.raises(ValueError, match="damaged"):
            load(retold(lambda about, wrong=wrong: about.update(prepared=wrong)))


@EACH
def test_the_same_moment_gives_the_same_bytes_and_numpy_can_read_them(recipe):
    state = run(recipe, DATA, 1)
    raw = save(recipe, DATA, state)
    assert save(recipe, DATA, run(recipe, DATA, 1)) == raw
    with np.load(io.BytesIO(raw), allow_pickle=False) as file:
        assert_array_equal(file["parameters"], state.parameters)
        assert json.loads(file["about"].tobytes())["version"] == 1


def test_a_network_answers_from_its_file_without_its_data():
    state = run(PLAIN_RUN, DATA, 2)
    network = load(FILE).network()
    expected = saving.network_of(PLAIN_RUN, DATA, state).logits(DATA.held_out.images)
    assert_array_equal(network.logits(DATA.held_out.images), expected)
    assert load(FILE).origin.classes == DATA.classes


def test_it_does_not_go_on_with_other_data():
    with pytest.raises(ValueError, match="data must be the Small of this run, got other images or labels"):
        load(FILE).check_data(DATA.with_label_noise(0.1, 0))


def test_nan_is_saved_as_it_is():
    state = replace(run(PLAIN_RUN, DATA, 1), parameters=np.full(PLAIN.parameter_count, np.nan, np.float32))
    assert np.isnan(load(save(PLAIN_RUN, DATA, state)).state.parameters).all()


class Bomb:
    def __reduce__(self):
        return (pytest.fail, ("a pickle was opened",))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no network",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"PK\x03\x04" + bytes(200),
        pickle.dumps(Bomb()),
        packed({"photo.npy": array(np.ones(3))}),
        packed({"word/document.xml": b"<xml/>"}),
        packed(members(FILE) | {"more.npy": array(np.ones(3))}),
        packed({name: part for name, part in members(FILE).items() if name != "kept.npy"}),
    ],
    ids=range(9),
)
def test_a_foreign_file_gets_one_sentence(raw):
    with pytest.raises(ValueError, match=re.escape(NOT_OURS)):
        load(raw)


HOSTILE = {
    "cut off": lambda: FILE[: len(FILE) // 2],
    "a byte changed": lambda: FILE[:1500] + bytes([FILE[1500] ^ 255]) + FILE[1501:],
    "pickled array": lambda: exchanged(parameters=array(np.array([Bomb()]), allow_pickle=True)),
    "too short": lambda: exchanged(parameters=array(np.zeros(3, np.float32))),
    "doubles": lambda: exchanged(parameters=array(np.zeros(PLAIN.parameter_count))),
    "two axes": lambda: exchanged(parameters=array(np.zeros((1, PLAIN.parameter_count), np.float32))),
    "columns first": lambda: exchanged(kept=array(np.zeros((2, 9), np.float32, order="F"))),
    "header that lies": lambda: exchanged(
        parameters=array(np.zeros(9, np.float32)).replace(b"(9,), ", b"(99,),")
    ),
    "header of code": lambda: exchanged(
        parameters=array(np.zeros(9, np.float32)).replace(b"'<f4'", b"exit ")
    ),
    "zip bomb": lambda: packed(
        members(FILE) | {"parameters.npy": bytes(60 << 20)}, compression=zipfile.ZIP_DEFLATED
    ),
    "bomb of text": lambda: packed(
        members(FILE) | {"about.npy": array(np.full(60 << 20, 32, np.uint8))},
        compression=zipfile.ZIP_DEFLATED,
    ),
    "deep text": lambda: exchanged(about=array(np.frombuffer(b"[" * 60000, np.uint8))),
    "no text": lambda: exchanged(about=array(np.frombuffer(b"\xff\xfe{", np.uint8))),
    "a list": lambda: exchanged(about=array(np.frombuffer(b"[1, 2]", np.uint8))),
    "no version": lambda: retold(lambda about: about.pop("version")),
    "version of text": lambda: retold(lambda about: about.update(version="1")),
    "negative step": lambda: retold(lambda about: about.update(step=-1)),
    "recipe of another kind": lambda: retold(lambda about: about.update(recipe=about["origin"])),
    "unknown kind": lambda: retold(lambda about: about["recipe"].update(kind="Popen")),
    "unhashable kind": lambda: retold(lambda about: about["recipe"].update(kind=["Recipe"])),
    "field too many": lambda: retold(lambda about: about["recipe"].update(command="rm")),
    "field missing": lambda: retold(lambda about: about["recipe"].pop("batch")),
    "rate NaN": lambda: retold(lambda about: about["recipe"].update(rate=float("nan"))),
    "huge layer": lambda: retold(
        lambda about: about["recipe"]["architecture"]["layers"][0].update(filters=10**30)
    ),
    "costly layer": lambda: retold(
        lambda about: about["recipe"]["architecture"].update(input_shape=[2, 10**5, 10**5])
    ),
    "unhashable name": lambda: retold(
        lambda about: about["recipe"]["architecture"]["layers"][1].update(name=[])
    ),
    "other classes": lambda: retold(lambda about: about["origin"].update(classes=["a"])),
}


@each("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_damaged_or_hostile_file_gets_one_sentence_too(raw):
    with pytest.raises(ValueError, match=f"{re.escape(DAMAGED)}|{re.escape(NOT_OURS)}"):
        load(raw())


def answer(raw: bytes):
    """Say the one sentence, or the bits that were read."""
    try:
        return load(raw).state.parameters.tobytes()
    except ValueError as error:
        return str(error)


def test_any_damaged_byte_is_noticed_or_harmless():
    """Every 37th byte, turned around: one sentence, or still this network."""
    rng, expected = np.random.default_rng(0), answer(FILE)
    for place in range(0, len(FILE), 37):
        raw = bytearray(FILE)
        raw[place] ^= int(rng.integers(1, 256))
        assert answer(bytes(raw)) in (DAMAGED, NOT_OURS, expected)


def test_a_newer_version_says_so():
    with pytest.raises(
        ValueError, match="saved by a newer version of this program: its format is 2, and only"
    ):
        load(retold(lambda about: about.update(version=2)))


def test_a_file_that_is_too_large_is_not_opened():
    with pytest.raises(ValueError, match="This file has 17 MB; a saved network has at most 16"):
        load(bytes(MOST_BYTES + (1 << 20)))


@EACH
def test_records_become_plain_values_and_back(recipe):
    assert from_plain(json.loads(json.dumps(to_plain(recipe))), KINDS) == recipe
