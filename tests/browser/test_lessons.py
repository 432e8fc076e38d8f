"""All lessons alike: every scene opens from its link, every page fits a phone and a projector."""

import numpy as np
import pytest
from playwright.sync_api import Page, TimeoutError, expect

from cnnviz.lessons.explain import brief
from cnnviz.presets.scenes import SCENES, of_page
from cnnviz.ui import frame

PAGES = frame.pages()
LESSONS = sorted({scene.page for scene in SCENES.values()})
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


def is_shown_at_the_end(page: Page, wanted: dict[str, list[str]]) -> bool:
    """Step to the end until everything is shown; a player that is just being drawn hears no key."""
    for _ in range(10):
        page.keyboard.press("End")
        try:
            page.wait_for_function(HOLDS, arg=wanted, polling=OFTEN, timeout=2_000)
        except TimeoutError:
            continue
        return True
    return False


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_scene_opens_from_its_link_with_its_numbers(app, visitors, lesson):
    for name, scene in of_page(lesson).items():
        page = visitors().go(f"{app}/{lesson}?scene={name}")
        page.wait_for_function(TOLD, arg=f"{scene.title}.", polling=OFTEN, timeout=PATIENCE)
        wanted = as_shown(scene.expected)
        if not is_shown_at_the_end(page, wanted):
            shown = page.evaluate(READ)
            assert {key: shown.get(key) for key in wanted} == wanted, name
        assert not page.locator("[data-testid=stException]").count()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_a_page_fits_a_phone_in_the_dark(app, visitors, no_sideways_scroll, page):
    seen = visitors("phone", colour="dark").go(f"{app}/{'' if page is PAGES[0] else page.address}")
    expect(seen.get_by_role("heading", level=1)).to_have_text(page.title)
    no_sideways_scroll(seen)


def test_the_presenter_view_shows_the_player_alone_and_p_leaves_it(app, visitors):
    page = visitors().go(f"{app}/convolution_2d?scene=conv2d_binary&present=1")
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
    page.wait_for_url(lambda address: "present" not in address)
    page.get_by_role("button", name="Present").click()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    page.get_by_role("button", name="Leave presenter view").click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
