"""Quoted results: every figure that the lectures print, typed from their list, and what disagrees."""

import re

import pytest

from cnnviz.presets import results
from cnnviz.presets.results import HUMAN, STORY, TABLES, Entry, ResultsTable

LECTURES = {  # in the order of the decks' lines; "" is a gap
    "vgg": "23.7 6.8 6.8 / 24.4 7.1 7.0 / 24.7 7.5 7.3 / - 7.9 - / - 6.7 - / - - 8.1 / 27.9 9.1 9.1 / "
    "- - 11.7 / - - 12.5 / 36.0 14.7 14.8 / 37.5 16.0 16.1 / 34.0 13.2 13.6 / 35.7 14.2 - / "
    "38.1 16.4 16.4 / 40.7 18.2 -",
    "resnet": "7.32 / 6.66 / 6.8 / 4.94 / 4.82 / 3.57",
    "teams": "16.4 / 15.3 / 11.7 / 11.2 / 7.32 / 6.67 / 5.33 / 5.1 / 4.94 / 4.82",
    "cifar": "96.53 / 92.49 / 50",
}


@pytest.mark.parametrize("name", LECTURES)
def test_every_figure_is_the_one_of_the_lectures(name):
    lines = [line.split() for line in LECTURES[name].split(" / ")]
    shown = [[figure or "-" for figure in entry.figures] for entry in TABLES[name].entries]
    assert shown == lines


def test_deck_against_deck_repeats_what_the_tables_of_the_decks_hold():
    """Only 18.2 and 15.4, of deck 001's text on AlexNet, and GoogLeNet's 6.7 there stand in no table."""
    decks = {"Deck 000": ("vgg", "resnet"), "Deck 001": ("summary",), "Deck 003": ("teams",)}
    beyond = {"Deck 001": {"18.2", "15.4", "6.7"}}
    for place, (deck, names) in enumerate(decks.items()):
        known = {figure for name in names for entry in TABLES[name].entries for figure in entry.figures}
        told = {
            figure
            for entry in TABLES["decks"].entries
            for figure in re.findall(r"[\d.]+", entry.figures[place])
        }
        assert told - known == beyond.get(deck, set())


def test_the_summary_is_the_one_of_deck_001():
    errors = {entry.name: entry.figures[2] for entry in TABLES["summary"].entries}
    assert errors == {
        "LeNet": "",
        "AlexNet": "15.3",
        "ZFNet": "14.8",
        "GoogLeNet": "6.67",
        "VGG": "7.3",
        "ResNet": "3.6",
    }
    sizes = [entry.figures[3] for entry in TABLES["summary"].entries]
    assert [size.split()[0] for size in sizes if size] == ["60", "60", "4", "138"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_names_its_deck_and_says_that_it_quotes(name):
    table = TABLES[name]
    assert re.match("Lecture decks? 00", table.source)
    assert "quoted" in table.source
    assert len({entry.name for entry in table.entries}) == len(table.entries)
    assert all(note.endswith(".") for note in table.notes)


def test_the_sums_that_the_decks_get_wrong_are_computed():
    """Errata E11, E12."""
    assert "10.8 % beside 15.3 %. From 26.2 % it is 10.9; 10.8 belongs to the 15.4 %" in results.GAIN
    assert "1,281,167 + 50,000 + 100,000 = 1,431,167" in results.COUNTED
    assert "150K would give 1,481,167" in results.COUNTED


def test_where_decks_disagree_is_said():
    """Erratum E15: two winners of 2013, and other counts of layers."""
    assert "14.8 %, deck 003 to Clarifai with 11.2 %" in results.WINNER_2013
    assert "8 layers in LeNet, 7 in AlexNet and 19 in GoogLeNet" in results.LAYERS


def test_the_story_takes_its_errors_from_the_tables():
    known = {figure for table in TABLES.values() for entry in table.entries for figure in entry.figures}
    assert {milestone.error for milestone in STORY} - known == {str(results.SECOND_2012)}
    assert HUMAN in known
    assert [milestone.year for milestone in STORY] == sorted(milestone.year for milestone in STORY)


def test_a_line_of_another_length_is_refused():
    with pytest.raises(ValueError, match="figures must be 2 a line"):
        ResultsTable("A", "a", "B", ("x", "y"), (Entry("C", ("1",)),))
