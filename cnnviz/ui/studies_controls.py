"""The controls of the page of case studies: which study, which variant, how to count, which sentence."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from cnnviz.lessons.studies_story import Moment
from cnnviz.presets.results import TABLES
from cnnviz.presets.studies_sentence import LARGEST_MAPS, LARGEST_SEED, MOST_WORDS
from cnnviz.presets.study_setup import LARGEST_SCALE, VARIANTS, VIEWS, StudySetup
from cnnviz.ui import controls, lesson
from cnnviz.ui.controls import Change
from cnnviz.ui.studies_state import LESSON, PREFIX, is_worked

MOST_SEGMENTS = 6


def _set(name: str) -> Change:
    """Make the function that asks for another value of a setting."""
    return lambda value: LESSON.change(lambda setup: replace(setup, **{name: value}))


def go_to(alter: Callable[[StudySetup], StudySetup]) -> None:
    """Show something else; where a scene shows just that, start the scene."""
    wanted = alter(LESSON.now().setup)
    scene = next((name for name, scene in LESSON.scenes.items() if scene.setup == wanted), "")
    if scene:
        LESSON.start(scene)
    else:
        LESSON.change(lambda _shown: wanted)


def choose_view(setup: StudySetup) -> None:
    """Offer the studies, the story, the tables and the experiment."""
    controls.choose_segment(
        "Study",
        setup.view,
        VIEWS,
        lambda view: go_to(lambda shown: shown.showing(view)),
        key=f"{PREFIX}view",
        help="Opens a network, the story of ImageNet, the decks' tables or the experiment on depth.",
        label_visibility="collapsed",
    )


def choose_variant(setup: StudySetup) -> None:
    """Offer the variants of what is shown, if it has several: a few side by side, many in a list."""
    known = VARIANTS[setup.view]
    if len(known) < 2:
        return
    few = len(known) <= MOST_SEGMENTS
    offer = controls.choose_segment if few else controls.choose
    offer(
        "Variant",
        f"{setup.view} {setup.variant}",
        {f"{setup.view} {name}": label for name, label in known.items()},
        lambda chosen: go_to(lambda shown: shown.variant_of(chosen.partition(" ")[2])),
        key=f"{PREFIX}variant" if few else f"{PREFIX}version",
        help="Shows another table." if setup.view == "results" else "Counts and draws another version.",
        label_visibility="collapsed",
        **({} if few else {"width": 320}),
    )


def choose_rules(setup: StudySetup) -> None:
    """Offer the rules of counting."""
    counting = bool(setup.architecture) or setup.view == "depth"
    help = "With biases or without, in MAC or FLOP." if counting else "Closed: nothing is counted here."
    with st.popover("Counting", disabled=not counting, help=help):
        controls.choose_segment(
            "Biases",
            "with" if setup.biases else "without",
            {"with": "With biases", "without": "Without"},
            lambda word: LESSON.change(lambda shown: replace(shown, biases=word == "with")),
            key=f"{PREFIX}biases",
            help="Without biases the counts are those of lectures that list weights only.",
        )
        controls.choose_segment(
            "Work",
            setup.operations,
            {"MAC": "MAC", "FLOP": "FLOP"},
            _set("operations"),
            key=f"{PREFIX}operations",
            help="A multiplication with its addition is one MAC, and two FLOPs.",
        )


def choose_example(setup: StudySetup) -> None:
    """Offer the sentence and its numbers."""
    if not is_worked(setup):
        return
    with st.popover("Sentence", help="Your own sentence, fewer filters, other numbers."):
        lesson.edit_text(
            LESSON,
            "Sentence",
            setup.example.sentence,
            lambda text: _take_sentence(text),
            key="sentence",
            help=f"Up to {MOST_WORDS} words; each gets its own vector, the same one wherever it stands.",
            height=80,
        )
        controls.choose_segment(
            "Filters of each width",
            str(setup.example.maps),
            {str(count): str(count) for count in range(1, LARGEST_MAPS + 1)},
            lambda count: _change_example(maps=int(count)),
            key=f"{PREFIX}maps",
            help="More filters give more maps, and a longer list at the end.",
        )
        controls.choose_on_scale(
            "Seed of all numbers",
            setup.example.seed,
            (1, LARGEST_SEED),
            lambda seed: _change_example(seed=seed),
            key=f"{PREFIX}seed",
            help="Another seed draws other word vectors and weights.",
        )


def _change_example(**settings) -> None:
    """Change the worked sentence, or refuse it with a sentence of our own."""
    LESSON.change(lambda setup: replace(setup, example=setup.example.having(**settings)))


def _take_sentence(text: str) -> None:
    """Read a sentence; what cannot be read raises, so that it stays in its field with the reason."""
    example = LESSON.now().setup.example.having(sentence=text)
    _change_example(sentence=example.sentence)


def choose_scale(setup: StudySetup) -> None:
    """Offer how large the weights of the block are."""
    controls.choose_on_scale(
        "Weights of the block, in tenths",
        setup.scale,
        (0, LARGEST_SCALE),
        _set("scale"),
        key=f"{PREFIX}scale",
        help="At 0 the plain block gives zeros, the residual block its input.",
        width=320,
    )


def present_and_share() -> None:
    """Offer the presenter view and the link, where there is no picture to save."""
    lesson.present_button(LESSON)
    lesson.share(LESSON)


def choose_layer(name: str) -> None:
    """Take the layer or stage that was clicked; a stage unfolds."""
    LESSON.change(lambda setup: replace(setup, layer=name))


def open_study(moments: tuple[Moment, ...]) -> Change:
    """Make the function that opens the study of a network of the story."""
    return lambda place: go_to(lambda setup: setup.showing(moments[place].study))


def show_table(name: str) -> None:
    """Offer the way to a table of results."""
    st.button(
        TABLES[name].title,
        key=f"{PREFIX}table_{name}",
        on_click=lambda: go_to(lambda setup: setup.showing("results").variant_of(name)),
        help="Opens this table of quoted results.",
        type="tertiary",
    )
