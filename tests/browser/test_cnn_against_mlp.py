"""The comparison in a real browser: the chart, the player of the flattening, a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.browser.windows import resize


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Go to the page with some parameters in its address, in a window of some size."""

    def go(query: str = "", size: str = "projector") -> Page:
        visitor = visitors("projector")
        resize(visitor.page, size)
        return visitor.go(f"{app}/cnn_against_mlp{query}")

    return go


def shown(page: Page, name: str):
    return page.locator(f"[data-shows={name}]")


def test_the_chart_is_clicked_and_layers_light_their_sums(lesson):
    page = lesson()
    expect(shown(page, "ratio")).to_have_text("1,029")
    expect(page.locator(".mark-text")).to_have_count(3)
    expect(page.locator(".network.mlp .sums tr").last).to_be_in_viewport()
    page.locator(".network.cnn .volume[data-layer=CONV2]").hover()
    expect(page.locator(".network.cnn tr[data-layer=CONV2]")).to_contain_class("lit")
    expect(page.locator(".growth .told")).to_have_text(
        "CONV2: 5 · 5 · 32 · 16 = 12,800, giving 16 × 16 × 16."
    )
    board = page.locator(".chart-board")
    box = board.bounding_box()
    board.click(position={"x": box["width"] - 3, "y": box["height"] / 2})
    page.wait_for_url("**am_side=1000*")
    expect(shown(page, "full")).to_have_text("1,000,000,000,000")
    expect(shown(page, "convolutions")).to_have_text("28,000")


def test_maps_become_a_vector_and_outputs_follow(lesson):
    page = lesson("?scene=flatten_dense")
    told, cells = page.locator(".lesson > .told"), page.locator(".product .input .labels text")
    expect(told).to_have_text("x₁ comes from map 1, row 1, column 1.")
    page.keyboard.press("ArrowRight")
    expect(told).to_have_text("x₂ comes from map 1, row 1, column 2.")
    expect(cells.nth(1)).to_have_text("0")
    expect(cells.nth(2)).to_have_text("")
    page.keyboard.press("End")
    expect(page.locator(".output .labels text")).to_have_text(["4", "4", "1"])
    expect(page.locator(".sum .total .output")).to_have_text("1")
    page.wait_for_url("**step=11*")
    settle(page)
    page.locator(".product .kernel .board").dblclick(position={"x": 20, "y": 20})
    page.locator(".cell-field").fill("3")
    page.locator(".cell-field").press("Enter")
    expect(page.locator(".output .labels text").first).to_have_text("6")
    expect(page.get_by_role("button", name="Reset")).to_be_enabled()


def test_both_presenter_views_fit_a_projector(lesson):
    for scene, seen in [("against_large", ".network.mlp .total"), ("flatten_dense", ".player")]:
        page = lesson(f"?scene={scene}&present=1")
        expect(page.locator(f".lesson.present {seen}")).to_be_in_viewport(ratio=1)
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollHeight") <= 720


def test_a_phone_shows_both_views_without_scrolling_sideways(lesson, no_sideways_scroll):
    page = lesson("?scene=flatten_dense&step=9", "phone")
    expect(page.locator(".sum .total .output")).to_have_text("4")
    box = page.locator(".product .output .board").bounding_box()
    assert box["x"] + box["width"] <= 390
    no_sideways_scroll(page)
    page.get_by_text("Settings").click()
    page.get_by_text("Flattening, step by step").click()
    expect(shown(page, "mlp").first).to_have_text("34,083,840")
    no_sideways_scroll(page)
