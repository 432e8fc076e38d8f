"""The page of case studies in a real browser: drawing and table, the chart, the sentence as a player."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle


@pytest.fixture
def lesson(app, visitors) -> Callable[[str], Page]:
    """Go to the page with some parameters in its address."""
    return lambda query: visitors("projector").go(f"{app}/case_studies{query}")


def told(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_stage_unfolds_in_drawing_and_table_and_a_layer_is_told(lesson):
    page = lesson("?scene=studies_resnet")
    expect(page.locator(".layer-table tbody tr[data-layer=conv2_x]")).to_be_visible()
    lines = page.locator(".layer-table tbody tr")
    expect(lines).to_have_count(6)
    lines.nth(1).click()
    expect(lines).to_have_count(18)
    page.wait_for_url("**layer=conv2_x*")
    settle(page)
    page.locator(".layer-table tr[data-layer=conv2_1b]").click()
    expect(page.get_by_role("heading", name="conv2_1b, Conv 64 @ 3×3")).to_be_visible()
    expect(lines).to_have_count(18)
    page.wait_for_url("**layer=conv2_1b*")
    assert told(page) == {"cs_study": ["resnet"], "cs_layer": ["conv2_1b"]}
    expect(page.locator(".bars-line")).to_have_count(6)


def test_a_network_of_the_chart_opens_its_study(lesson):
    page = lesson("?scene=studies_story")
    column = page.get_by_role("button", name="VGG-16, 2014: open the study")
    expect(column).to_be_visible()
    expect(page.locator(".story-column")).to_have_count(5)
    column.press("Enter")
    expect(page.locator(".layer-table tfoot")).to_contain_text("138,357,544")
    page.wait_for_url("**scene=studies_vgg*")


def test_the_sentence_plays_by_keys_and_by_clicks(lesson):
    page = lesson("?scene=studies_sentence")
    expect(page.locator(".sentence-told")).to_have_text(
        "“wait for”: fixed (−1) + trained 1 + bias 0.3 = 0.3, after ReLU 0.3"
    )
    page.keyboard.press("ArrowRight")
    expect(page.locator(".count")).to_have_text("2 / 45")
    page.wait_for_url("**step=1*")
    settle(page)
    page.locator(".cell.map").nth(20).click()
    expect(page.locator(".count")).to_have_text("21 / 45")
    expect(page.locator(".label.lit")).to_have_text(["wait", "for", "the", "3 words"])
    page.wait_for_url("**step=20*")
    settle(page)
    page.locator(".cell.maximum").first.click()
    expect(page.locator(".sentence-told")).to_contain_text("= 2.3, from “rent it”")
    page.keyboard.press("End")
    expect(page.locator("[data-shows=scores]")).to_have_text(["0.36, 63 %", "−0.18, 37 %"])
    page.wait_for_url("**step=44*")


def test_p_pressed_twice_at_once_takes_itself_back(lesson):
    page = lesson("?scene=studies_vgg")
    expect(page.locator(".layer-table")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.locator(".lesson.present .layer-table")).to_be_visible()
    expect(page.get_by_role("button", name="Leave presenter view")).to_be_visible()
    page.wait_for_url("**present=1*")
    page.keyboard.press("p")
    expect(page.locator(".lesson:not(.present) .layer-table")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.wait_for_url(lambda address: "present" not in address)
