"""The page on output sizes in a real browser: sliders, hovering, keys, tables, a phone."""

import io
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import downloaded, keyed


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Open the page with some parameters in its address, and wait for the picture."""

    def open_page(query: str = "", size: str = "projector") -> Page:
        page = visitors(size).go(f"{app}/padding_and_stride{query}")
        expect(page.locator(".bar").first).to_be_visible()
        return page

    return open_page


def term(page: Page, name: str):
    return page.locator(f".formula [data-term={name}]")


def result(page: Page, text: str) -> None:
    expect(term(page, "output").locator("b")).to_have_text(text)


def told(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_keys_step_through_the_windows_and_sliders_and_tables_move_all_of_them(lesson):
    page = lesson()
    says = page.locator(".told")
    page.keyboard.press("ArrowRight")
    expect(says).to_have_text("Window 1 reads cells 1 to 3: output 1.")
    page.keyboard.press("ArrowRight")
    expect(says).to_have_text("Window 2 reads cells 2 to 4: output 2.")
    page.keyboard.press("End")
    expect(says).to_have_text("Window 5 reads cells 5 to 7: output 5.")
    page.keyboard.press("Escape")
    expect(page.locator(".bar.lit")).to_have_count(0)
    result(page, "5")
    keyed(page, "ps_stride").get_by_role("slider").press("ArrowRight")
    result(page, "3")
    expect(page.locator(".bar")).to_have_count(3)
    page.get_by_role("button", name="i = 8: 3.5, no whole number; o = 3").click()
    expect(page.get_by_text("Left over 1")).to_be_visible()
    expect(page.locator(".ghost")).to_have_count(1)
    page.wait_for_url("**length=8*")
    assert told(page) == {"ps_length": ["8"], "ps_stride": ["2"]}
    page.get_by_role("button", name="k = 2, s = 1: o = 7").click()
    result(page, "7")
    expect(page.get_by_role("button", name="i = 1: the window does not fit")).to_be_disabled()
    page.get_by_role("button", name="Reset").click()
    result(page, "5")


def test_windows_cells_and_terms_light_each_other(lesson):
    page = lesson("?ps_length=8&ps_stride=2&ps_padding=1")
    says, bars, outputs = page.locator(".told"), page.locator(".bar.lit"), page.locator(".out.lit")
    page.locator("[data-window='1'] path").hover()
    expect(says).to_have_text("Window 2 reads cells 2 to 4: output 2.")
    expect(outputs).to_have_count(1)
    expect(term(page, "kernel")).to_contain_class("lit")
    picture = page.locator(".axis-picture")
    frame = page.locator(".frame.input").bounding_box()
    corner = picture.bounding_box()
    cell = frame["width"] / 8
    place = {"x": frame["x"] - corner["x"] + 3.5 * cell, "y": frame["y"] - corner["y"] + 8}
    picture.hover(position=place)
    expect(says).to_have_text("Cell 4 is read by windows 2 and 3.")
    expect(bars).to_have_count(2)
    expect(term(page, "input")).to_contain_class("lit")
    picture.hover(position={**place, "x": place["x"] + 5 * cell})
    expect(says).to_have_text("This cell of padding is read by no window: it is left over at the end.")
    term(page, "stride").hover()
    expect(says).to_have_text("s is the stride: the next window starts 2 cells further on.")
    expect(bars).to_have_count(2)


def test_every_window_of_a_long_axis_is_drawn_and_saved(lesson):
    page = lesson("?scene=sizes_alexnet_conv1")
    result(page, "55")
    expect(page.locator(".bar")).to_have_count(55)
    expect(page.locator(".told")).to_be_in_viewport()
    page.get_by_role("button", name="Save").click()
    picture = downloaded(page.get_by_role("button", name="Picture, PNG"))
    assert Image.open(io.BytesIO(picture.path().read_bytes())).size == (1600, 900)


def test_a_phone_folds_the_sliders_and_scrolls_only_down(lesson, no_sideways_scroll):
    page = lesson("?scene=sizes_alexnet_224", "phone")
    result(page, "54.25")
    no_sideways_scroll(page)
    page.locator("[data-window='53'] path").tap()
    expect(page.locator(".told")).to_have_text("Window 54 reads cells 213 to 223: output 54.")
    slider = keyed(page, "ps_stride")
    expect(slider).to_be_hidden()
    page.get_by_text("Settings").click()
    expect(slider).to_be_visible()
    no_sideways_scroll(page)
