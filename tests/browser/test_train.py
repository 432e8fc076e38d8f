"""The page that trains in a real browser: digits learned live, back in time, a page switch, save and load."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cnnviz.model import saving
from tests.browser.conftest import Visitor, settle, visiting

ASKED = "/train?tr_epochs=12"
DONE = re.compile(r"^Done\.")


@pytest.fixture(scope="module")
def visitor(browser) -> Iterator[Visitor]:
    """Keep one visitor: what one test trains the next one uses."""
    with visiting(browser) as make:
        yield make("projector")


@pytest.fixture
def page(app, visitor) -> Page:
    """Show the page with a run that is over."""
    page = visitor.page
    if not page.url.startswith(app):
        visitor.open(f"{app}{ASKED}")
        page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(DONE)).to_be_visible(timeout=30_000)
    settle(page)
    return page


def moment(page: Page) -> str:
    return page.locator(".moment").inner_text()


def answered(page: Page) -> str:
    return page.locator(".confusion .told").inner_text()


def go_back(page: Page, notches: int) -> None:
    timeline = page.get_by_label("Timeline")
    timeline.focus()
    for _ in range(notches):
        timeline.press("ArrowLeft")


def test_digits_are_learned_in_view(app, visitor):
    page = visitor.open(f"{app}{ASKED}")
    expect(page.get_by_text("Ready. Step 0 of 552, epoch 1 of 12.")).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Training\. Step [1-9].* images/s"))).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_text(DONE)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    expect(page.locator(".moment")).to_have_text(re.compile(r"^Now, step 552 of 552: held-out accuracy"))
    assert float(re.search(r"accuracy ([\d.]+) %", moment(page)).group(1)) > 97
    drawn = page.locator("path.train").first.get_attribute("d")
    assert drawn.startswith("M")
    assert drawn.count("L") > 150
    expect(page.locator(".sheets figcaption").first).to_contain_text("Weights of Conv 8 @ 3×3: 8 of 3 × 3")
    expect(page.locator(".gradients .rows .row")).to_have_count(3)


def test_everything_goes_back_in_time_and_on_from_there(page):
    go_back(page, 40)
    expect(page.locator(".confusion .told")).to_have_text(re.compile(r"^At step 0, "))
    assert moment(page).startswith("Step 0 of 552: held-out accuracy ")
    go_back(page, 5)
    page.get_by_label("Timeline").press("End")
    expect(page.locator(".confusion .told")).to_have_text(re.compile(r"^At step 552, "))
    go_back(page, 12)
    back = page.get_by_role("button", name=re.compile("^Continue from step"))
    expect(back).to_be_visible()
    before = answered(page)
    back.click()
    expect(page.get_by_text(DONE)).to_be_visible(timeout=30_000)
    expect(page.locator(".confusion .told")).to_have_text(re.compile(r"^At step 552, "))
    assert answered(page) != before


def test_a_mistake_is_looked_at_in_the_network(page, no_sideways_scroll):
    mistake = page.locator(".mistakes button").first
    told = re.match(r"(\w) read as (\w)", mistake.inner_text())
    mistake.click()
    expect(page.locator(".inside > .told")).to_have_text(
        f"It is {told.group(1)}, but it says {told.group(2)}."
    )
    expect(page.locator(".bar.right span").first).to_have_text(told.group(1))
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".confusion td")).to_have_count(100)
    no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 720})


def test_a_run_survives_another_page_a_reload_and_a_file(page, visitor, tmp_path):
    right = answered(page)
    page.get_by_role("link", name="Pooling").click()
    expect(page.get_by_role("heading", name="Pooling", level=1)).to_be_visible()
    page.get_by_role("link", name="Train").click()
    expect(page.get_by_text(DONE)).to_be_visible()
    expect(page.locator(".confusion .told")).to_have_text(right)
    address = page.url
    page.goto("about:blank")
    visitor.open(address)
    expect(page.get_by_text(DONE)).to_be_visible()
    expect(page.locator(".confusion .told")).to_have_text(right)
    page.get_by_role("button", name="Save and load").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save step 552").click()
    path = Path(tmp_path / "network.npz")
    waiting.value.save_as(path)
    assert saving.load(path.read_bytes()).state.step == 552
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Ready. Step 0 of 552")).to_be_visible()
    page.get_by_role("button", name="Save and load").click()
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("Done. Step 552 of 552")).to_be_visible()
    expect(page.locator(".confusion .told")).to_have_text(right)
    page.keyboard.press("Escape")
