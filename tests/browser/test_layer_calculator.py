"""The layer calculator in a real browser: terms and drawing, answers that are pressed, keys, a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import resize


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Go to the page with some parameters in its address, in some window, and wait for the picture."""

    def go(query: str = "", size: str = "projector") -> Page:
        visitor = visitors("projector")
        resize(visitor.page, size)
        page = visitor.go(f"{app}/layer_calculator{query}")
        expect(page.locator(".layer-picture")).to_be_visible()
        return page

    return go


def shown(page: Page, name: str):
    return page.locator(f"[data-shows={name}]")


def test_terms_and_drawing_light_each_other_and_an_answer_becomes_the_layer(lesson):
    page = lesson("?scene=layer_alexnet_224")
    expect(shown(page, "size")).to_have_text("54.25")
    says = page.locator(".layer > .told")
    page.locator("[data-count=parameters] [data-term=input-channels]").hover()
    expect(says).to_have_text("c is the number of input channels.")
    expect(page.locator(".edge[data-term=input-channels]")).to_contain_class("lit")
    page.locator("text.label[data-term=output-channels]").hover()
    expect(page.locator("[data-count=parameters] [data-term=units]")).to_contain_class("lit")
    page.get_by_role("button", name="i = 227 divides").click()
    expect(shown(page, "size")).to_have_text("55")
    expect(shown(page, "shape")).to_have_text("55 × 55 × 96")
    expect(page.get_by_role("button", name="i = 227 divides")).to_have_attribute("aria-pressed", "true")
    page.wait_for_url("**lc_shape=3%2C227%2C227*")
    page.get_by_role("button", name="Reset").click()
    expect(shown(page, "size")).to_have_text("54.25")


def test_arrow_keys_move_the_window(lesson):
    page = lesson("?scene=layer_alexnet_pool1")
    expect(shown(page, "shape")).to_have_text("27 × 27 × 96")
    expect(page.locator("[data-shows=operations]")).to_be_in_viewport()
    says = page.locator(".layer > .told")
    page.keyboard.press("ArrowRight")
    expect(says).to_have_text("Output row 1, column 1 reads rows 1 to 3, columns 1 to 3.")
    page.keyboard.press("ArrowRight")
    expect(says).to_have_text("Output row 1, column 2 reads rows 1 to 3, columns 3 to 5.")
    page.keyboard.press("End")
    expect(says).to_have_text("Output row 27, column 27 reads rows 53 to 55, columns 53 to 55.")
    page.keyboard.press("Escape")
    expect(says).to_contain_text("Point at a number")


def test_a_phone_shows_the_largest_numbers_without_scrolling_sideways(lesson, no_sideways_scroll):
    page = lesson("?scene=layer_whole_picture", "phone")
    expect(shown(page, "parameters")).to_have_text("1,000,000,000,000")
    no_sideways_scroll(page)
    page.get_by_text("Settings").click()
    page.get_by_role("combobox", name="Layer").click()
    page.get_by_role("option", name="Max pooling").click()
    expect(shown(page, "shape")).to_have_text("1,000 × 1,000 × 1")
    no_sideways_scroll(page)
