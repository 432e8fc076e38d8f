"""What the photo page shows, as a link and back; whatever a link says, a page comes of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.kernels.borders import BORDERS
from cnnviz.lessons.photo import Probe
from cnnviz.presets.colour import TREATMENTS
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.ui.components.photo import read_place, reading_sentence, saved_sentence
from cnnviz.ui.photo_state import CUSTOM, OWN, TABLE, VIEWS, Shown, read_link, write_link
from tests.each import each

FRACTIONS = st.integers(0, 999_999).map(lambda part: part / 1e6)
CHOICES = st.builds(
    Shown,
    picture=st.sampled_from(sorted(IMAGES)),
    filter=st.sampled_from([*FILTERS, CUSTOM]),
    kernel=st.lists(st.tuples(st.floats(-9, 9), st.integers(-9, 9)), min_size=1, max_size=11).map(tuple),
    colour=st.sampled_from(sorted(TREATMENTS)),
    flip=st.booleans(),
    stride=st.integers(1, 8),
    dilation=st.integers(1, 8),
    border=st.sampled_from(sorted(BORDERS)),
    scale=st.floats(-1000, 1000),
    offset=st.floats(-1000, 1000),
    view=st.sampled_from(sorted(VIEWS)),
    full=st.booleans(),
    at=st.tuples(FRACTIONS, FRACTIONS),
)


def asked(written):
    return {name: [text] for name, text in written.items()}


def same(first, second):
    """Compare what can be seen: the kernel counts only if it is used."""
    return first == replace(second, kernel=first.kernel) if first.filter != CUSTOM else first == second


@given(CHOICES)
def test_a_link_brings_back_what_was_shown(shown):
    again, complaint = read_link(asked(write_link(shown)))
    assert not complaint
    assert same(again, shown)


@each("name", FILTERS)
def test_a_link_brings_back_the_settings_of_every_filter(name):
    shown = Shown().with_filter(name)
    for setting in FILTERS[name].settings:
        last = setting.options[-1] if hasattr(setting, "options") else setting.most
        shown = shown.with_setting(setting.name, last)
    again, complaint = read_link(asked(write_link(shown)))
    assert not complaint
    assert again == shown
    assert np.array_equal(again.written(), shown.written())


def test_the_page_as_it_opens_needs_no_parameters():
    assert write_link(Shown()) == {}
    assert read_link({}) == (Shown(), "")


def test_an_own_photo_is_not_in_the_link():
    written = write_link(replace(Shown(), picture=OWN, filter="Emboss"))
    assert written == {"filter": "Emboss"}


@each(
    ("name", "text"),
    [
        ("picture", "own"),
        ("picture", "../../etc/passwd"),
        ("filter", "<script>alert(1)</script>"),
        ("settings", "size:4"),
        ("settings", "size:5"),  # Sobel has no size
        ("settings", ":::,,,"),
        ("kernel", "1 2; 3"),
        ("kernel", "1 " * 12),
        ("colour", ""),
        ("flip", "yes"),
        ("stride", "0"),
        ("stride", "99999"),
        ("stride", "1e3"),
        ("dilation", "-1"),
        ("border", "Zeros"),
        ("scale", "nan"),
        ("scale", "inf"),
        ("offset", "1001"),
        ("view", "both"),
        ("full", "2"),
        ("at", "0.5"),
        ("at", "1,0"),
        ("at", "0.5,-0.1"),
    ],
)
def test_a_damaged_part_of_a_link_is_left_out_with_one_sentence(name, text):
    shown, complaint = read_link({name: [text]})
    assert shown == Shown()
    assert complaint.startswith("A part of the link was left out: ")
    assert complaint.endswith(".")


def test_the_good_parts_of_a_damaged_link_are_kept():
    shown, complaint = read_link(
        {"filter": ["Box blur"], "settings": ["size:7"], "stride": ["no"], "offset": ["5"]}
    )
    assert shown == Shown(filter="Box blur", settings=(("size", 7.0),), offset=5.0)
    assert "stride" in complaint


@given(st.dictionaries(st.sampled_from(sorted(TABLE)), st.lists(st.text(max_size=60), max_size=3)))
def test_no_link_breaks_the_page(parameters):
    shown, _ = read_link(parameters)
    assert shown.filtering.weights.size


@pytest.mark.parametrize(
    "problem", [{"stride": 0}, {"dilation": 9}, {"scale": 1e9}, {"settings": (("size", 5),)}]
)
def test_impossible_choices_are_refused(problem):
    with pytest.raises(ValueError, match="must be"):
        replace(Shown(), **problem)


def test_a_custom_kernel_starts_from_the_weights_that_were_there():
    shown = Shown().with_filter("Scharr y").with_filter(CUSTOM)
    assert np.array_equal(shown.written(), FILTERS["Scharr y"].kernel())
    large = Shown().with_filter("Box blur").with_setting("size", 21).with_filter(CUSTOM)
    assert large.kernel == Shown().kernel


def test_true_convolution_turns_the_kernel_and_correlation_does_not():
    shown = Shown().with_filter("Shift")
    assert np.array_equal(shown.filtering.weights, shown.written())
    turned = replace(shown, flip=True)
    assert np.array_equal(turned.filtering.weights, shown.written()[::-1, ::-1])


@each(
    "sent",
    [
        None,
        7,
        "0.5,0.5",
        {},
        {"turn": 1, "place": [0.5, 0.5]},
        {"turn": 2, "place": [0.5]},
        {"turn": 2, "place": [0.5, 1.0]},
        {"turn": 2, "place": [-0.1, 0.5]},
        {"turn": 2, "place": [float("nan"), 0.5]},
        {"turn": 2, "place": [True, False]},
        {"turn": 2, "place": ["0.5", 0.5]},
        {"turn": 2, "place": [[0.5], 0.5]},
    ],
)
def test_what_is_no_place_on_the_picture_is_passed_over(sent):
    assert read_place(sent, 2) is None


def test_a_place_on_the_picture_is_read():
    assert read_place({"turn": 2, "place": [0, 0.25]}, 2) == (0.0, 0.25)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((12.4,), "Saved in 8 bits: 12."),
        ((-3.0,), "Saved in 8 bits: 0 (clamped to 0 to 255)."),
        ((254.6, 300.0, 1.0), "Saved in 8 bits: 255, 255, 1 (clamped to 0 to 255)."),
    ],
)
def test_what_saving_does_to_a_pixel_is_said(values, sentence):
    assert saved_sentence(values) == sentence


@pytest.mark.parametrize(
    ("rows", "columns", "sentence"),
    [
        ((-1, 0, 1), (7, 9, 11), "reads rows 0 to 2, columns 8 to 12 in steps of 2, counted from 1"),
        ((0,), (-2,), "reads row 1, column −1, counted from 1"),
    ],
)
def test_the_cells_that_a_pixel_reads_are_said_with_a_true_minus(rows, columns, sentence):
    assert reading_sentence(Probe(0, 0, rows, columns, (), ())) == sentence
