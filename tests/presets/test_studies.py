"""The records of case studies, and the settings that pick one of them."""

import re

import pytest

from cnnviz.lessons.prose import paragraphs
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.results import TABLES
from cnnviz.presets.studies import STUDIES
from cnnviz.presets.study_setup import VARIANTS, VIEWS, WHY, StudySetup, opens_with


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_says_in_three_sentences_what_was_new(name):
    study = STUDIES[name]
    told = "".join(piece.text for paragraph in paragraphs(study.new) for piece in paragraph)
    assert len(re.findall(r"\.(?:\s|$)", told)) == 3
    assert all(title in ARCHITECTURES for _, title in study.variants.values() if title)
    assert all(table in TABLES for table in study.tables)
    assert study.opens_with in study.variants
    assert all(re.fullmatch(r"[a-z0-9]+", key) for key in (name, *study.variants))


def test_the_studies_are_those_of_the_lectures():
    assert [*STUDIES] == ["lenet", "alexnet", "zfnet", "vgg", "googlenet", "resnet", "alphago", "sentence"]
    assert {*VIEWS} - {*STUDIES} == {*WHY} == {"story", "results", "depth"}
    assert all(paragraphs(text) for text in WHY.values())


def test_a_view_opens_with_its_first_variant_or_the_one_it_names():
    assert StudySetup("alexnet").variant == "groups"
    assert StudySetup("resnet").architecture == "ResNet-152"
    assert StudySetup("vgg").variant_of("19").architecture == "VGG-19"
    assert StudySetup("vgg", "19", layer="conv1_1").showing("story").variant == "all"
    assert {view: opens_with(view) in VARIANTS[view] for view in VIEWS} == dict.fromkeys(VIEWS, True)
    assert StudySetup("story").architecture == StudySetup("sentence").architecture == ""


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"view": "yolo"}, "view must be one of lenet, .*, got 'yolo'"),
        ({"view": "vgg", "variant": "12"}, "variant must be one of 11, 13, 16, 19, got '12'"),
        ({"operations": "FLOPS"}, "operations must be one of MAC, FLOP, got 'FLOPS'"),
        ({"scale": 11}, "scale must be from 0 to 10, got 11"),
        ({"layer": "conv9"}, "layer must be one of the network shown, got 'conv9'"),
        ({"view": "story", "layer": "conv1"}, "layer must be one of the network shown"),
    ],
)
def test_what_there_is_not_is_refused(settings, problem):
    with pytest.raises(ValueError, match=problem):
        StudySetup(**settings)


def test_layers_and_stages_can_be_chosen():
    assert StudySetup("resnet", layer="conv2_x").layer == "conv2_x"
    assert StudySetup("lenet", layer="C3").layer == "C3"
    assert StudySetup("lenet", layer="input").layer == "input"
