"""Every page opens through the frame, says what it is, and is found by its address."""

import re
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from cnnviz.ui import frame
from tests.widgets import choices

PAGES = frame.pages()


def open_page(page: frame.Page, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=60)
    app.query_params.update(parameters)
    return app.switch_page(f"pages/{page.path.name}").run()


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
SPEAK_FOR_THEMSELVES = {"toggle Settings"}  # the switch of a phone that folds controls away


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_the_page_opens_with_its_title_and_every_control_says_what_happens_if_it_is_moved(page):
    """Whatever else its link holds."""
    app = open_page(page, nonsense="1", step="x" * 5000)
    assert not app.exception
    assert [title.value for title in app.title] == [page.title]
    silent = {
        f"{kind} {widget.label}" for kind in WIDGETS for widget in getattr(app, kind) if not widget.proto.help
    }
    assert not silent - SPEAK_FOR_THEMSELVES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_the_page_reads_like_a_short_script(page):
    source = page.path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 120
    assert page.summary.endswith(".")
    assert "unsafe_allow_html" not in source


MENUS = ("selectbox", "radio", "segmented_control", "pills")
# Tests of their pages choose all options of these, and look at what each shows.
LOOKED_THROUGH = {
    *("ac_scene", "ac_view", "am_scene", "c1_scene", "c2_scene", "ch_scene", "cs_scene"),
    *("lc_scene", "li_views", "ph_filter", "ph_picture", "po_scene", "ps_scene"),
}


def menus(app: AppTest) -> dict:
    """Find the menus of a page that can be moved, by their keys."""
    moved = [each for kind in MENUS for each in getattr(app, kind) if not each.disabled]
    found = {re.sub(r"_\d+$", "", each.key): each for each in moved}
    return {key: menu for key, menu in found.items() if key not in LOOKED_THROUGH}


def choose(app: AppTest, chosen: dict) -> set:
    """Choose from menus of a page; return what was chosen and is not shown, which is all if nobody can."""
    for key, menu in menus(app).items():
        if key in chosen and menu.value != chosen[key]:
            menu.set_value(chosen[key])
    app.run()
    found = {} if app.exception else menus(app)
    return {(key, choice) for key, choice in chosen.items() if key not in found or found[key].value != choice}


def offered(app: AppTest, of: set | None = None, but=()) -> dict:
    """Return one option of each menu, the first that is among some and not among others."""
    every = [(key, each) for key, menu in menus(app).items() for each in reversed(choices(menu))]
    return {key: each for key, each in every if (key, each) not in but and (of is None or (key, each) in of)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_every_option_of_every_menu_can_be_chosen(page):
    app = open_page(page)
    every = {(key, choice) for key, menu in menus(app).items() for choice in choices(menu)}
    tried, overruled = set(), set()
    for _ in range(2):
        while chosen := offered(app, but=tried):  # one of every menu in each run
            tried |= chosen.items()
            overruled |= choose(app, chosen)
            app = open_page(page) if app.exception else app
        while chosen := offered(app, of=overruled):  # by another menu: now it is alone
            key, choice = chosen.popitem()
            overruled.remove((key, choice))
            choose(app, {key: choice})
            assert not app.exception, (key, choice)
        if every <= tried - overruled:
            break
        app = open_page(page)  # once more from where a visitor begins
    assert every <= tried - overruled


def test_every_file_in_pages_is_a_page_with_an_address_of_its_own():
    assert {page.path.name for page in PAGES} == {path.name for path in Path("pages").glob("*.py")}
    assert all(re.fullmatch(r"[a-z0-9_]+", page.address) for page in PAGES)
    assert PAGES[0].address == "home"
    assert len({page.title for page in PAGES}) == len(PAGES)


def test_a_link_to_a_page_opens_it_before_streamlit_has_left_its_own_pages(monkeypatch):
    monkeypatch.setattr(
        app_test, "PagesManager", PagesManager
    )  # which finds `pages/`, as for a first visitor
    app = open_page(PAGES[-1])
    assert not app.exception
    assert [title.value for title in app.title] == [PAGES[-1].title]


def test_a_page_that_does_not_introduce_itself_is_named(tmp_path):
    silent = tmp_path / "silent.py"
    silent.write_text('"""Says nothing."""\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"silent\.py must call frame\.begin"):
        frame._read(silent)
