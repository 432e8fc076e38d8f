"""Padding and rounding by name become the windows that frameworks use."""

import pytest

from cnnviz.presets.sliding import PADDINGS, ROUNDINGS, Slide


@pytest.mark.parametrize(
    ("slide", "image", "kernel", "paddings", "output"),
    [
        (Slide(), (6, 5), (3, 2), [(0, 0), (0, 0)], (4, 4)),
        (Slide(padding="same"), (6, 5), (3, 2), [(1, 1), (0, 1)], (6, 5)),
        (Slide(padding="same", stride=(2, 2)), (6, 5), (3, 3), [(0, 1), (1, 1)], (3, 3)),
        (Slide(padding="full"), (6, 5), (3, 2), [(2, 2), (1, 1)], (8, 6)),
        (Slide(padding="custom", sides=((1, 0), (0, 2))), (6, 5), (3, 2), [(1, 0), (0, 2)], (5, 6)),
        (Slide(stride=(2, 2), rounding="ceil"), (6, 5), (3, 3), [(0, 1), (0, 0)], (3, 2)),
        (Slide(stride=(2, 2), rounding="whole"), (6, 5), (3, 3), [(0, 0), (0, 0)], (2, 2)),
        (Slide(dilation=(2, 1), padding="full"), (6, 5), (3, 2), [(4, 4), (1, 1)], (10, 6)),
    ],
)
def test_a_slide_becomes_windows(slide, image, kernel, paddings, output):
    windows = slide.windows(image, kernel)
    assert [window.padding for window in windows] == paddings
    assert tuple(w.output_size(n) for w, n in zip(windows, image, strict=True)) == output


@pytest.mark.parametrize("padding", PADDINGS)
def test_custom_padding_starts_from_the_padding_there_is(padding):
    slide = Slide(stride=(2, 1), padding=padding, dilation=(1, 2))
    custom = slide.padded_by("custom", (6, 7), (3, 3))
    assert custom.windows((6, 7), (3, 3)) == slide.windows((6, 7), (3, 3))
    assert custom.padded_by("valid", (6, 7), (3, 3)).sides == ((0, 0), (0, 0))


def test_the_largest_kernel_can_be_padded_side_by_side_as_far_as_full():
    full = Slide(padding="full", dilation=(6, 6))
    assert full.padded_by("custom", (1, 64), (11, 11)).windows((1, 64), (11, 11)) == full.windows(
        (1, 64), (11, 11)
    )


def test_what_does_not_fit_is_told():
    assert Slide().fits((3, 3), (3, 3))
    assert not Slide().fits((3, 2), (3, 3))
    assert all(Slide(padding=name).fits((1, 1), (11, 11)) for name in ("same", "full"))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"stride": (0, 1)}, "stride must be at least 1, got 0"),
        ({"stride": (1, 17)}, "stride must be at most 16, got 17"),
        ({"dilation": (7, 1)}, "dilation must be at most 6, got 7"),
        ({"padding": "mirror"}, "padding must be one of valid, same, full, custom, got 'mirror'"),
        ({"padding": "custom", "sides": ((0, 61), (0, 0))}, "padding must be at most 60, got 61"),
        ({"rounding": "up"}, "output size rule must be one of floor, whole, ceil, got 'up'"),
        ({"stride": (1.5, 1)}, "stride must be a whole number, got 1.5"),
    ],
)
def test_settings_that_no_page_offers_are_refused(settings, sentence):
    with pytest.raises(ValueError) as refused:
        Slide(**settings)
    assert str(refused.value) == sentence


def test_every_rule_says_what_it_does():
    assert all({**PADDINGS, **ROUNDINGS}.values())
