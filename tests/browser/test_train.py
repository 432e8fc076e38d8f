"""The page that trains in a real browser: its pictures, back in time and on, a mistake, a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

ASKED = "/train?tr_epochs=12"
DONE = re.compile(r"^Done\.")


@pytest.fixture
def page(app, new_visitors) -> Page:
    """Show the page with a run that is over: what one test trains the next one uses."""
    visitor = new_visitors("projector")
    page = visitor.page
    if not page.url.startswith(app):
        page.context.clear_cookies()  # or this browser finds the run of an earlier test again
        visitor.open(f"{app}{ASKED}")
        expect(page.get_by_text("Ready. Step 0 of 276")).to_be_visible(timeout=60_000)
        settle(page)
        page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(DONE)).to_be_visible(timeout=60_000)
    settle(page)
    return page


def answered(page: Page) -> str:
    return page.locator(".confusion .told").inner_text()


def go_back(page: Page, notches: int) -> None:
    for _ in range(notches):
        page.get_by_label("Timeline").press("ArrowLeft")


def test_curves_filters_and_gradients_are_drawn(page):
    learned = re.compile(r"^Now, step 276 of 276: held-out accuracy (9[78]\.\d|99\.\d|100\.0) %$")
    expect(page.locator(".moment")).to_have_text(learned)
    drawn = re.compile(r"^M[^ML]*(L[^ML]*){151}")
    expect(page.locator("path.train").first).to_have_attribute("d", drawn)
    expect(page.locator(".sheets figcaption").first).to_contain_text("Weights of Conv 8 @ 3×3: 8 of 3 × 3")
    expect(page.locator(".gradients .rows .row")).to_have_count(3)


def test_everything_goes_back_in_time_and_on_from_there(page):
    moment = page.locator(".moment")
    page.get_by_label("Timeline").press("Home")
    expect(page.locator(".confusion .told")).to_have_text(re.compile(r"^At step 0, "), timeout=20_000)
    expect(moment).to_have_text(re.compile("^Step 0 of 276: held-out accuracy "))
    go_back(page, 1)
    page.get_by_label("Timeline").press("End")
    expect(page.locator(".confusion .told")).to_have_text(re.compile(r"^At step 276, "))
    settle(page)
    go_back(page, 12)
    step = re.match(r"Step (\d+) of", moment.inner_text()).group(1)
    back = page.get_by_role("button", name=f"Continue from step {step}", exact=True)
    expect(back).to_be_visible(timeout=20_000)
    expect(page.locator(".confusion .told")).to_have_text(re.compile(rf"^At step {step}, "))
    settle(page)
    before = answered(page)
    back.click()
    expect(page.locator(".confusion .told")).to_have_text(re.compile(r"^At step 276, "), timeout=60_000)
    expect(page.get_by_text(DONE)).to_be_visible(timeout=60_000)
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
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
    no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 720})
