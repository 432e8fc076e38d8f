"""What the page that looks inside shows, as a link and back; what a network does not have is dropped."""

import pytest

from cnnviz.ui.inside_networks import FIRST, ON_START, entries
from cnnviz.ui.inside_state import MEMORY, Look
from tests.lessons.inside_networks import DEEP

DEEPEST = Look(ON_START, 12, True, "unit", 4, 5, (1, 2), 3)


@pytest.mark.parametrize("look", [Look(), DEEPEST, Look(FIRST, 3, False, "network", 8, 7)])
def test_a_link_shows_the_same(look):
    written = MEMORY.write(look)
    assert MEMORY.read({name: [text] for name, text in written.items()}) == (look, "")


def test_a_damaged_link_is_told_and_the_rest_is_shown():
    asked = {"network": ["Ours"], "pixel": ["1"], "layer": ["-1"], "image": ["3"]}
    look, complaint = MEMORY.read(asked)
    assert look == Look(image=3)
    assert f"Network: value must be one of {', '.join(entries())}, got 'Ours'." in complaint
    assert "Pixel: value must be a row and a column, got '1'." in complaint


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        (Look(layer=1, map=2, pixel=(8, 7)), Look(layer=1, map=2, pixel=(8, 7))),
        (Look(layer=1, map=9, pixel=(9, 7)), Look(layer=1, map=3)),
        (Look(layer=8, map=4, pixel=(0, 0), channel=1), Look(layer=8, map=4)),
        (Look(layer=9, map=7), Look(layer=9, map=4)),
        (Look(layer=10, map=1, pixel=(0, 0), image=70), Look(image=49)),
    ],
)
def test_what_is_beyond_the_network_is_dropped(look, shown):
    assert look.within(DEEP, 50) == shown


def test_every_network_has_images_of_its_size():
    for entry in entries().values():
        assert entry.load().architecture.output_shape == (len(entry.classes),)
