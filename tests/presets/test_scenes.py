"""The table of scenes: every scene can be shown, found and trusted."""

import re

import pytest

from cnnviz.presets.scene import TOPICS, Scene
from cnnviz.presets.scenes import SCENES, decks, matching, of_page
from cnnviz.ui import frame
from tests.each import each

ADDRESSES = {page.address for page in frame.pages()}


@each("name", SCENES)
def test_a_scene_says_where_it_is_from_and_what_to_notice(name):
    scene = SCENES[name]
    assert re.fullmatch(r"[a-z0-9_]+", name)
    assert scene.page in ADDRESSES
    assert scene.title
    assert scene.source
    assert not scene.source.endswith(".")
    assert scene.notice.endswith(".")
    assert not scene.erratum or scene.erratum.endswith(".")
    assert hash(scene.setup) == hash(scene.setup)


@pytest.mark.parametrize("page", sorted({scene.page for scene in SCENES.values()}))
def test_titles_tell_the_scenes_of_a_page_apart(page):
    titles = [scene.title for scene in of_page(page).values()]
    assert len({*titles}) == len(titles)


def test_every_topic_and_every_deck_with_numbers_has_scenes():
    assert {scene.topic for scene in SCENES.values()} == {*TOPICS}
    assert decks() == ["000", "001", "002", "003", "004"]


@each("erratum", ["E1", "E3", "E4", "E5", "E6", "E7", "E8", "E14", "E16", "E17", "E18", "E19", "E20"])
def test_every_erratum_about_windows_and_activations_is_told(erratum):
    """The words by which the error table of the lectures is found again among the scenes."""
    words = {
        "E1": "prints 2",
        "E3": "shift to the left",
        "E4": "14.74",
        "E5": "slope 0.01",
        "E6": "(H + 2P − FH)",
        "E7": "55 / 3 = 18.3",
        "E8": "55 needs 227",
        "E14": "same index twice",
        "E16": "first 1",
        "E17": "list of products",
        "E18": "same column",
        "E19": "stray",
        "E20": "keep all eight",
    }[erratum]
    assert any(words in f"{scene.source} {scene.notice} {scene.erratum}" for scene in SCENES.values())


def test_scenes_are_found_by_words_topic_and_deck():
    assert [*matching("deck prints 2 fourth")] == ["conv2d_lecture"]
    assert {scene.topic for scene in matching(topic="Filters").values()} == {"Filters"}
    assert all("003" in scene.decks for scene in matching(deck="003").values())
    assert matching("no such words") == {}
    assert matching() == SCENES or {*matching()} == {*SCENES}


def test_a_topic_that_no_table_lists_is_refused():
    with pytest.raises(ValueError, match=r"topic must be one of 1-D convolution, .*, got 'Magic'"):
        Scene("home", "A", "Magic", "B", "C.", None)
