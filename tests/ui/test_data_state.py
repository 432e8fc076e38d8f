"""Links of the page that looks at data."""

from dataclasses import replace

import pytest

from cnnviz.presets.networks import Plan
from cnnviz.ui.data_state import Look, read_link, write_link
from cnnviz.ui.train_state import link_to_train, with_source

FULL = Look("Strokes", "held_out", 3, 17, 2, 41, "Standardised", 0.005, 4)


def test_a_link_says_what_differs_and_leads_back():
    assert write_link(Look()) == {}
    written = write_link(FULL)
    assert written["only"] == "3"
    assert read_link({name: [text] for name, text in written.items()}) == (FULL, "")


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"source": "Cats"}, "Source: value must be one of Handwritten digits"),
        ({"part": "all"}, "Part: value must be one of train, held_out, got 'all'."),
        ({"rate": "0.06"}, "Rate: value must be one of 0.0005, 0.005, 0.05, 0.5, got 0.06."),
        ({"seed": "10"}, "Seed: value must be at most 9, got 10."),
        ({"shuffle": "-1"}, "Shuffle: value must be a whole number, got '-1'."),
        ({"only": "x"}, "Only: value must be a whole number, got 'x'."),
    ],
)
def test_what_cannot_be_is_left_out_with_a_sentence(asked, complaint):
    look, told = read_link({"image": ["5"], **{name: [text] for name, text in asked.items()}})
    assert look == Look(image=5)
    assert told.startswith(complaint)


def test_what_data_do_not_have_is_dropped():
    assert FULL.within() == FULL
    assert replace(FULL, only=12, image=1000).within() == replace(FULL, only=None, image=999)
    assert replace(FULL, image=1000, part="train").within().image == 1000
    assert FULL.of("MNIST") == Look("MNIST", "held_out", None, 17, 0, 0, "Standardised", 0.005, 4)


def test_the_way_to_training_names_the_data_and_keeps_the_settings_that_fit():
    assert link_to_train(Plan(), "Handwritten digits") == {"tr_source": "Handwritten digits"}
    plan = Plan("Strokes", network="LeNet-5", rate=0.1, examples=40)
    assert link_to_train(plan, "Strokes") == {
        "tr_source": "Strokes", "tr_network": "LeNet-5", "tr_rate": "0.1", "tr_examples": "40",
    }  # fmt: skip
    assert link_to_train(plan, "Handwritten digits") == {"tr_source": "Handwritten digits", "tr_rate": "0.1"}


def test_many_images_are_seen_a_few_times_only():
    many = with_source(Plan(), "MNIST")
    assert many.epochs == 5
    assert with_source(many, "Handwritten digits") == Plan()
    assert with_source(Plan(epochs=7), "MNIST").epochs == 7
