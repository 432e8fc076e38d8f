"""All lessons alike: every scene opens from its link, every page fits a desk, a phone and a projector.

That a link leads to its scene is seen without a browser; what the page then sends is drawn on a bare page.
That Streamlit does the same with it is seen in one scene of each lesson, the one with most numbers.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from cnnviz.lessons.explain import brief
from cnnviz.presets.scene import Scene
from cnnviz.presets.scenes import SCENES, of_page
from cnnviz.ui import frame
from tests.browser.appearance import assert_appearance
from tests.browser.conftest import settle, visiting
from tests.browser.stage import Stage

PAGES = frame.pages()
LESSONS = sorted({scene.page for scene in SCENES.values()})
PATIENCE = 30_000  # milliseconds; a kernel may have to be compiled
OFTEN = 50  # milliseconds; to look at all of a page in each frame would slow it down
CLOSED = {"popover", "expandable", "expander"}
WRITTEN = {"title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "metric"}
TOLD = "title => document.body.innerText.includes(title)"
DRAWN = """() => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
  .every(({ shadowRoot }) => shadowRoot?.childElementCount > 1)"""
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


def assert_shown(page: Page, wanted: dict[str, list[str]], name: str) -> None:
    """Say what a page shows instead if it never shows what is wanted."""
    if not is_shown_at_the_end(page, wanted):
        shown = page.evaluate(READ)
        assert {key: shown.get(key) for key in wanted} == wanted, name


def await_rest(page: Page) -> None:
    """Wait until the address tells where a player rests."""
    if page.locator("output.count").count():
        page.wait_for_url("**step=*")
        settle(page)


def told(block: Block) -> str:
    """Read what a page says outside of its components, as long as nothing is opened."""
    return "\n".join(
        told(part) if isinstance(part, Block) else str(part.value)
        for part in block.children.values()
        if (isinstance(part, Block) and part.type not in CLOSED) or part.type in WRITTEN
    )


def with_most_numbers(page: str) -> tuple[str, Scene] | None:
    """Find the scene of a page that has the most to show."""
    return max(of_page(page).items(), key=lambda scene: amount(scene[1].expected), default=None)


def amount(expected) -> int:
    """Count the values that have to be shown."""
    return sum(map(len, as_shown(expected).values()))


def assert_fits(page: Page, colour: str, no_sideways_scroll: Callable[[Page], None]) -> None:
    """Wait until all of a page is drawn, in its colours; nothing is wider than the window."""
    assert_appearance(page, colour)
    page.wait_for_function(DRAWN)
    no_sideways_scroll(page)


@pytest.fixture(scope="module")
def stage(app: str, browser: Browser) -> Iterator[Stage]:
    """Keep one bare page."""
    with visiting(browser) as make:
        yield Stage(make().page, app)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_scene_opens_from_its_link_with_its_numbers(stage, lesson):
    run = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=PATIENCE / 1000)
    run.switch_page(f"pages/{lesson}.py")
    for name, scene in of_page(lesson).items():
        run.query_params.clear()
        run.query_params["scene"] = name
        run.run()
        assert not run.exception, name
        text = told(run.main)
        assert f"{scene.title}." in text
        wanted = as_shown(scene.expected)
        if "text" in wanted:
            wanted["text"] = [part for part in wanted["text"] if part not in text]
        stage.show([part.proto for part in run.get("bidi_component")])
        assert_shown(stage.page, wanted, name)


@pytest.mark.parametrize(("number", "page"), list(enumerate(PAGES)), ids=[page.address for page in PAGES])
def test_a_page_is_reached_by_its_link_and_fits_a_desk_and_a_phone_in_the_dark(
    app, new_visitors, no_sideways_scroll, number, page
):
    """A lesson by the link of a scene, with its numbers. Each page opens as the one before was left."""
    windows = [("desktop", "light"), ("narrow", "dark")]
    first, then = reversed(windows) if number % 2 else windows
    size, colour = first
    name, scene = with_most_numbers(page.address) or ("", None)
    visitor = new_visitors(size, colour=colour)
    seen = visitor.go(
        f"{app}/{'' if page is PAGES[0] else page.address}" + (f"?scene={name}" if scene else "")
    )
    assert_fits(seen, colour, no_sideways_scroll)
    expect(seen.get_by_role("heading", level=1)).to_have_text(page.title)
    if scene:
        seen.wait_for_function(TOLD, arg=f"{scene.title}.", polling=OFTEN, timeout=PATIENCE)
        assert_shown(seen, as_shown(scene.expected), name)
        await_rest(seen)
        assert not seen.locator("[data-testid=stException]").count()
    size, colour = then
    visitor.look(size, colour=colour)
    assert_fits(seen, colour, no_sideways_scroll)


def test_the_presenter_view_shows_the_player_alone_and_p_leaves_it(app, new_visitors):
    page = new_visitors().go(f"{app}/convolution_2d?scene=conv2d_binary&present=1")
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
