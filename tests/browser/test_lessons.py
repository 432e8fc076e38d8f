"""All lessons alike: every scene opens from its link, every page fits a phone and a projector."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import TimeoutError, expect

from cnnviz.lessons.explain import brief
from cnnviz.presets.scenes import SCENES, of_page
from cnnviz.ui import frame
from tests.browser.conftest import Visitor, settle, visiting

PAGES = frame.pages()
LESSONS = sorted({scene.page for scene in SCENES.values()})
FOLLOW = "link => { history.pushState({}, '', link); window.dispatchEvent(new PopStateEvent('popstate')); }"
PATIENCE = 30_000  # milliseconds; a kernel may have to be compiled
OFTEN = 50  # milliseconds; to look at all of a page in each frame would slow it down
TOLD = "title => document.body.innerText.includes(title)"
# Everything a page shows, whichever component shows it: the grid of outputs, numbers with a name, all text.
READ = """() => {
  const shown = { output: [], text: "" };
  const look = (root) => {
    for (const text of root.querySelectorAll(".output .labels text")) shown.output.push(text.textContent);
    for (const element of root.querySelectorAll("[data-shows]")) {
      (shown[element.dataset.shows] ??= []).push(element.textContent);
    }
    for (const element of root.querySelectorAll("*")) {
      if (!element.shadowRoot) continue;
      shown.text += ` ${element.shadowRoot.textContent}`;
      look(element.shadowRoot);
    }
  };
  look(document);
  shown.text += ` ${document.body.innerText}`;
  return shown;
}"""
HOLDS = f"""expected => {{
  const shown = ({READ})();
  return Object.entries(expected).every(([name, wanted]) => name === "text"
    ? wanted.every((part) => shown.text.includes(part))
    : JSON.stringify(shown[name]) === JSON.stringify(wanted));
}}"""


@pytest.fixture(scope="module")
def visitor(browser) -> Iterator[Visitor]:
    """Keep one visitor: the scripts of a page load once."""
    with visiting(browser) as make:
        yield make("desktop")


def as_shown(expected) -> dict[str, list[str]]:
    """Write expected numbers as a page shows them."""
    return {
        name: [values]
        if isinstance(values, str)
        else [*values]
        if name == "text" or (isinstance(values, tuple) and isinstance(values[0], str))
        else [brief(value) for value in np.asarray(values, dtype=float).ravel()]
        for name, values in expected.items()
    }


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_scene_opens_from_its_link_with_its_numbers(app, visitor, lesson):
    page = visitor.go(f"{app}/{lesson}?scene={next(iter(of_page(lesson)))}")
    for name, scene in of_page(lesson).items():
        page.evaluate(FOLLOW, f"/{lesson}?scene={name}")
        page.wait_for_function(TOLD, arg=f"{scene.title}.", polling=OFTEN, timeout=PATIENCE)
        settle(page)
        page.keyboard.press("End")
        wanted = as_shown(scene.expected)
        try:
            page.wait_for_function(HOLDS, arg=wanted, polling=OFTEN, timeout=6_000)
        except TimeoutError:
            shown = page.evaluate(READ)
            assert {key: shown.get(key) for key in wanted} == wanted, name
        assert not page.locator("[data-testid=stException]").count()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_a_page_fits_a_phone_in_the_dark(app, phone, no_sideways_scroll, page):
    seen = phone.go(f"{app}/{'' if page is PAGES[0] else page.address}")
    expect(seen.get_by_role("heading", level=1)).to_have_text(page.title)
    no_sideways_scroll(seen)


@pytest.fixture(scope="module")
def phone(browser) -> Iterator[Visitor]:
    """Keep one visitor with a phone."""
    with visiting(browser) as make:
        yield make("phone", colour="dark")


def test_the_presenter_view_shows_the_player_alone_and_p_leaves_it(app, visitor):
    page = visitor.go(f"{app}/convolution_2d?scene=conv2d_binary&present=1")
    expect(page.locator(".lesson.present .output .board")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Scene")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".count")).to_have_text("2 / 9")
    page.keyboard.press("?")
    expect(page.locator("details.keys")).to_have_attribute("open", "")
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(page.locator(".lesson:not(.present) .output .board")).to_be_visible()
    assert "present" not in page.url
    page.get_by_role("button", name="Present").click()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    page.get_by_role("button", name="Leave presenter view").click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
