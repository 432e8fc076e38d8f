"""The glossary shows every term, and prose sends its terms with their cards."""

import json

from streamlit.testing.v1 import AppTest

from cnnviz.presets.glossary import TERMS


def sent(app: AppTest) -> list[dict]:
    assert not app.exception
    return [json.loads(each.proto.json) for each in app.get("bidi_component")]


def test_the_page_sends_every_term_once_in_the_order_of_the_alphabet():
    app = AppTest.from_file("../../app.py", default_timeout=20).switch_page("pages/glossary.py").run()
    intro, table = sent(app)
    names = [term["english"] for term in table["terms"]]
    assert names == sorted(TERMS, key=str.lower)
    assert intro["terms"]["kernel"]["korean"] == "커널"


def told() -> None:
    from cnnviz.ui.prose import prose

    prose("The {kernels|kernel} move.\n\n**Bold** {Stride}.", key="told")


def test_prose_sends_its_words_and_only_its_own_terms():
    [block] = sent(AppTest.from_function(told).run())
    assert block["paragraphs"] == [
        [{"text": "The "}, {"text": "kernels", "term": "kernel"}, {"text": " move."}],
        [{"text": "Bold", "bold": True}, {"text": " "}, {"text": "Stride", "term": "stride"}, {"text": "."}],
    ]
    assert set(block["terms"]) == {"kernel", "stride"}
    assert block["terms"]["stride"]["chinese"] == "步幅"
