"""Colours: readable, apart from each other, and the same in every file that names them."""

import itertools
import tomllib
from dataclasses import fields
from pathlib import Path

import numpy as np

from cnnviz.figures.theme import LIGHT, THEMES, cell_colours, luminance, rgb, shades
from tests.each import each

CONFIG = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))
ROLES = ("input", "kernel", "output", "bias", "gradient")
# How the three kinds of cones mix when one kind is missing (Viénot, Brettel and Mollon 1999, linear RGB).
PROTAN = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
DEUTAN = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])

each_theme = each("theme", THEMES.values(), ids=THEMES.keys())


def contrast(one, other):
    bright, dark = sorted((float(luminance(rgb(one))), float(luminance(rgb(other)))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def seen_by(cones, colour):
    linear = (rgb(colour) / 255) ** 2.2
    return np.clip(cones @ linear, 0, 1) ** (1 / 2.2) * 255


@each_theme
@each("role", ["text", "muted", *ROLES])
def test_words_stand_out_from_the_page(theme, role):
    assert contrast(getattr(theme, role), theme.background) >= 4.5


@each_theme
@each("cones", [PROTAN, DEUTAN], ids=["protan", "deutan"])
def test_signs_are_told_apart_without_red_or_green(theme, cones):
    distance = np.linalg.norm(seen_by(cones, theme.negative) - seen_by(cones, theme.positive))
    assert distance > 100


@each_theme
def test_the_signed_scale_is_neutral_at_zero_and_grows_both_ways(theme):
    low, middle, high = shades(np.array([-2.0, 0.0, 2.0]), 2.0, theme)
    assert middle.tolist() == rgb(theme.zero).tolist()
    assert low.tolist() == rgb(theme.negative).tolist()
    assert high.tolist() == rgb(theme.positive).tolist()
    beyond = shades(np.array([-9.0, 9.0]), 2.0, theme)
    assert beyond.tolist() == [low.tolist(), high.tolist()]


@each_theme
def test_values_that_cannot_be_negative_have_a_scale_of_their_own(theme):
    assert shades(np.array(5.0), 5.0, theme, signed=False).tolist() == rgb(theme.high).tolist()


@each_theme
def test_not_a_number_is_seen_and_all_zeros_are_neutral(theme):
    assert shades(np.array(np.nan), 1.0, theme).tolist() == rgb(theme.text).tolist()
    assert shades(np.zeros(2), 0.0, theme)[0].tolist() == rgb(theme.zero).tolist()


@each_theme
def test_no_two_colours_of_roles_are_the_same(theme):
    colours = [getattr(theme, field.name) for field in fields(theme) if field.name != "name"]
    assert all(len(colour) == 7 for colour in colours)
    for one, other in itertools.combinations(ROLES, 2):
        assert np.linalg.norm(rgb(getattr(theme, one)) - rgb(getattr(theme, other))) > 40, (one, other)


@each_theme
def test_streamlit_wears_the_same_colours(theme):
    section = CONFIG["theme"][theme.name]
    assert section["backgroundColor"] == theme.background
    assert section["secondaryBackgroundColor"] == theme.surface
    assert section["textColor"] == theme.text
    assert section["borderColor"] == theme.line
    assert section["primaryColor"] == theme.input


@each_theme
@each("value", [-3.0, -1.0, 0.0, 0.5, 1.0, np.nan])
def test_a_number_is_readable_on_its_cell(value, theme):
    colour, ink = cell_colours(value, 2.0, theme)
    assert list(colour) == shades(np.array(value), 2.0, theme).tolist()
    assert ink in (LIGHT.background, LIGHT.text)
    assert contrast("#{:02x}{:02x}{:02x}".format(*colour), ink) > 4.3
