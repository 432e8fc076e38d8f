"""Every built-in picture loads, is what it says, and has a source and a licence."""

import re

import numpy as np
import pytest

from cnnviz.presets.images import IMAGES, PICTURES, SIDE

LICENCES = (PICTURES.parent / "LICENSES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("picture", IMAGES.values(), ids=lambda picture: picture.name)
def test_every_picture_loads_as_rgb_of_eight_bits(picture):
    image = picture.load()
    assert image.dtype == np.uint8
    assert image.ndim == 3
    assert image.shape[2] == 3
    assert 300 <= min(image.shape[:2]) <= 1500
    assert np.ptp(image) > 120, "a picture with hardly any contrast shows nothing"
    assert picture.name == next(name for name, found in IMAGES.items() if found is picture)


@pytest.mark.parametrize("picture", IMAGES.values(), ids=lambda picture: picture.name)
def test_every_picture_says_where_it_comes_from(picture):
    assert picture.source
    assert picture.licence in ("CC0 1.0", "public domain")
    assert picture.notice.endswith((".", "?"))


def test_there_are_photographs_and_drawn_cards():
    drawn = [picture for picture in IMAGES.values() if "drawn" in picture.source]
    assert len(drawn) == 3
    assert len(IMAGES) - len(drawn) >= 6


@pytest.mark.parametrize("path", sorted(PICTURES.iterdir()), ids=lambda path: path.name)
def test_every_file_has_a_source_and_a_free_licence(path):
    row = re.search(rf"^\| `pictures/{re.escape(path.name)}` \|(.+)\|(.+)\|(.+)\|$", LICENCES, re.MULTILINE)
    assert row, f"{path.name} has no row in assets/LICENSES.md"
    assert row[2].strip()
    assert re.search("CC0|public domain", row[3])


def test_no_licence_is_kept_for_a_file_that_is_gone():
    for name in re.findall(r"^\| `pictures/(.+?)`", LICENCES, re.MULTILINE):
        assert (PICTURES / name).is_file()


def test_the_photographs_stay_small():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_500_000


def test_the_checkerboard_jumps_by_255():
    card = IMAGES["Checkerboard"].load()[..., 0].astype(int)
    assert set(np.unique(card)) == {0, 255}
    assert np.abs(np.diff(card, axis=1)).sum() == 7 * 255 * SIDE
    assert card[0, 0] == card[SIDE // 8, SIDE // 8] == 255


def test_the_cross_has_diagonals_and_the_ring_is_round():
    card = IMAGES["X and O"].load()[..., 0]
    cross, ring = card[:, :SIDE], card[:, SIDE:]
    assert np.array_equal(cross, cross.T)
    assert np.array_equal(cross, cross[::-1])
    assert np.array_equal(ring, ring.T)
    assert cross[SIDE // 2, SIDE // 2] == 0
    assert ring[SIDE // 2, SIDE // 2] == 255


def test_the_lines_stand_out_from_the_ramp_at_every_angle():
    card = IMAGES["Lines at all angles"].load()[..., 0].astype(float)
    middle, radius = SIDE / 2, SIDE * 0.3
    for angle in np.deg2rad(np.arange(0, 360, 15)):
        row, column = middle + radius * np.sin(angle), middle + radius * np.cos(angle)
        near = card[int(row) - 1 : int(row) + 2, int(column) - 1 : int(column) + 2]
        ramp = 127.5 + 127.5 * (column - middle) / middle
        assert np.abs(near - ramp).max() > 90
