"""The glossary is complete: every term in three languages, related to terms that are there too."""

import re

import pytest

from cnnviz.presets.glossary import TERMS, Term, look_up
from tests.each import each

EACH = each("term", TERMS.values(), ids=lambda term: term.english)
IN_DECK_001 = {
    "convolution": "합성곱",
    "channel": "채널",
    "filter": "필터",
    "kernel": "커널",
    "stride": "스트라이드",
    "padding": "패딩",
    "feature map": "피쳐맵",
    "activation map": "액티베이션 맵",
    "pooling": "풀링",
}
IN_THE_LECTURES = """
cross-correlation; weight; bias; dilation; activation function; receptive field; window; output size;
valid padding; same padding; full padding; parameter; weight sharing; local connectivity; grouped convolution;
depthwise convolution; saturation; vanishing gradient; softmax; temperature; logit; Jacobian; flattening;
fully connected layer; max pooling; average pooling; sigmoid; tanh; ReLU; leaky ReLU; ELU; maxout; loss;
backpropagation; learning rate; overfitting; dropout; ensemble; perceptron; 1×1 convolution; 3-D convolution
"""


@EACH
def test_a_term_is_there_in_three_languages_with_its_meaning(term):
    assert re.search(r"[가-힣]", term.korean)
    assert re.search(r"[\u4e00-\u9fff]", term.chinese)
    assert re.fullmatch(r"[A-Z\d].{10,}\.", term.meaning)
    assert not re.search(r"[.!?] ", term.meaning), "one sentence"


@EACH
def test_the_chinese_is_traditional_and_the_korean_korean(term):
    """Big5 holds no simplified characters, KS X 1001 no broken syllables."""
    assert term.chinese.encode("big5")
    assert term.korean.encode("euc-kr")


@EACH
def test_related_terms_are_in_the_table(term):
    assert all(look_up(name).english == name != term.english for name in term.see)


def test_the_korean_words_of_deck_001_are_used():
    assert all(TERMS[name].korean.startswith(word) for name, word in IN_DECK_001.items())


def test_no_term_of_the_lectures_is_missing():
    assert not {name.strip() for name in IN_THE_LECTURES.split(";")} - set(TERMS)


def test_no_word_stands_for_two_terms():
    for language in ("english", "korean", "chinese"):
        words = [getattr(term, language).lower() for term in TERMS.values()]
        assert len(set(words)) == len(words)


def test_a_term_is_found_with_a_capital_letter():
    assert look_up("Kernel") is TERMS["kernel"]
    assert isinstance(look_up("relu"), Term)


def test_an_unknown_term_is_refused():
    with pytest.raises(ValueError, match=r"^term must be in the glossary, got 'kernal'$"):
        look_up("kernal")
