"""Every page opens through the frame, says what it is, and is found by its address."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.ui import frame
from tests.widgets import choices, held

PAGES = frame.pages()


def open_page(page: frame.Page, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=20)
    app.query_params.update(parameters)
    return app.switch_page(f"pages/{page.path.name}").run()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_the_page_opens_with_its_title_and_without_an_error(page):
    app = open_page(page)
    assert not app.exception
    assert [title.value for title in app.title] == [page.title]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_the_page_reads_like_a_short_script(page):
    source = page.path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 120
    assert page.summary.endswith(".")
    assert "unsafe_allow_html" not in source


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_unknown_parameters_of_a_link_are_ignored(page):
    assert not open_page(page, nonsense="1", step="x" * 5000).exception


WIDGETS = (
    "button",
    "checkbox",
    "multiselect",
    "number_input",
    "pills",
    "radio",
    "segmented_control",
    "select_slider",
    "selectbox",
    "slider",
    "text_area",
    "text_input",
    "toggle",
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_every_control_says_what_happens_if_it_is_moved(page):
    app = open_page(page)
    silent = {
        f"{kind} {widget.label}" for kind in WIDGETS for widget in getattr(app, kind) if not widget.proto.help
    }
    assert not silent - SPEAK_FOR_THEMSELVES


SPEAK_FOR_THEMSELVES = {"toggle Settings"}  # the switch of a phone that folds controls away


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_every_option_of_every_menu_can_be_chosen(page):
    app = open_page(page)
    for kind in ("selectbox", "radio", "segmented_control", "pills"):
        for key in [re.sub(r"_\d+$", "", widget.key) for widget in getattr(app, kind)]:
            if held(getattr(app, kind), key).disabled:  # by what was chosen before
                app = open_page(page)
            for choice in choices(held(getattr(app, kind), key)):
                menu = held(getattr(app, kind), key)
                if menu.value != choice:  # else it is what was shown last
                    menu.set_value(choice).run()
                assert not app.exception, (key, choice)


def test_every_file_in_pages_is_a_page_with_an_address_of_its_own():
    assert {page.path.name for page in PAGES} == {path.name for path in Path("pages").glob("*.py")}
    assert all(re.fullmatch(r"[a-z0-9_]+", page.address) for page in PAGES)
    assert PAGES[0].address == "home"
    assert len({page.title for page in PAGES}) == len(PAGES)


def test_a_page_that_does_not_introduce_itself_is_named(tmp_path):
    silent = tmp_path / "silent.py"
    silent.write_text('"""Says nothing."""\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"silent\.py must call frame\.begin"):
        frame._read(silent)
