"""The page of 1-D convolution in a real browser: the dot product, typing, the signal and its link."""

import io
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cnnviz.lessons.series import dot_line
from cnnviz.lessons.steps import Trace
from cnnviz.presets.series import SCENES
from tests.browser.conftest import close_popover, downloaded, settle, soon

CURVE = ".curves path.output"


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Open the page with some parameters in its address, and wait for the picture."""

    def open_page(query: str = "") -> Page:
        page = visitors("projector").go(f"{app}/convolution_1d{query}")
        expect(page.locator(".output .board")).to_be_visible()
        return page

    return open_page


def outputs(page: Page) -> list[str]:
    return page.locator(".output .labels text").all_text_contents()


def middle(page: Page, grid: str, column: int) -> float:
    """Find the middle of a cell on the page, from the left."""
    board = page.locator(f".{grid} .board")
    side = board.evaluate("board => parseFloat(board.style.getPropertyValue('--cell'))")
    return board.bounding_box()["x"] + (column + 0.5) * side


def test_the_dot_product_follows_the_player_and_stands_below_its_window(lesson):
    page = lesson("?scene=series_padded")
    expect(page.locator(".player")).to_be_in_viewport(ratio=1)
    told = page.locator(".sum.dot")
    expect(told).to_have_role("group")
    for step in Trace.of(SCENES["series_padded"].setup.line):
        expect(told).to_have_accessible_name(dot_line(step))
        window = step.start[1] + 2  # its middle, on the padded series
        soon(
            lambda at=step.index, of=window: abs(middle(page, "output", at) - middle(page, "input", of)) < 1,
            True,
        )
        page.keyboard.press("ArrowRight")
    told.locator("[data-index='1']").first.hover()
    expect(page.locator(".dot .lit")).to_have_count(3)  # the value, the weight and their product
    expect(page.locator(".told")).to_have_text("Product 2 of 3: 3 × 2 = 6, sum so far 4.")


def test_typed_and_pasted_numbers_change_the_dot_product(lesson):
    page = lesson()
    page.keyboard.press("End")
    board = page.locator(".input .board")
    board.dblclick(position={"x": 10, "y": 10})
    expect(page.locator(".cell-field")).to_be_focused()
    page.keyboard.type("-5")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".output .labels text").first).to_have_text("7")
    page.wait_for_url(lambda address: "c1_input=" in address and "step=5" in address)
    settle(page)
    page.keyboard.press("Home")
    expect(page.locator(".lesson .unseen")).to_have_text("Place 1: sum of 3 products plus bias 0 is 7")
    expect(page.locator(".sum.dot")).to_have_accessible_name(
        "(−5, 0, 2) · (−1, 2, 1) = (−5)·(−1) + 0·2 + 2·1 = 7"
    )
    page.wait_for_url(lambda address: "c1_input=" in address and "step=" not in address)
    settle(page)
    page.get_by_role("button", name="Numbers").click()
    field = page.get_by_role("textbox", name="Kernel")
    field.fill("1/2\n1/2")
    field.blur()
    expect(page.get_by_text("Output 1 × 7")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".sum.dot")).to_have_accessible_name(
        "(−5, 0) · (0.50, 0.50) = (−5)·0.50 + 0·0.50 = −2.50"
    )
    page.wait_for_url("**c1_kernel=*")
    assert parse_qs(urlsplit(page.url).query)["c1_kernel"] == ["0.5,0.5"]


def test_the_slider_widens_the_window_and_the_link_keeps_it(lesson):
    page = lesson("?scene=series_moving_average")
    expect(page.get_by_text("991 outputs from 1,000 samples")).to_be_visible()
    drawn = page.locator(CURVE).get_attribute("d")
    page.get_by_role("slider", name="Width of the window").press("ArrowRight")
    expect(page.get_by_text("990 outputs from 1,000 samples")).to_be_visible()
    expect(page.locator(CURVE)).not_to_have_attribute("d", drawn)
    page.wait_for_url("**c1_width=11*")
    expect(page.get_by_text("Output 296 of 990 reads samples 295 to 305: ")).to_be_visible()
    box = page.locator(".curves").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"], box["y"] + 100)
    expect(page.get_by_text("Output 990 of 990 reads samples 989 to 999: ")).to_be_visible()
    page.mouse.up()
    page.wait_for_url("**c1_place=999*")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("c1_width=11&c1_place=999")).to_be_visible()
    close_popover(page)
    assert "scene" not in parse_qs(urlsplit(page.url).query)
    expect(page.get_by_text("You have changed this scene.")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("991 outputs from 1,000 samples")).to_be_visible()
    page.wait_for_url("**scene=series_moving_average")


def test_the_player_is_in_view_on_a_projector_when_presenting(lesson):
    page = lesson("?scene=series_stride_floor&present=1")
    player = page.locator(".lesson.present .player")
    expect(player).to_be_visible()
    expect(player).to_be_in_viewport(ratio=1)


def test_a_stop_is_saved_with_its_dot_product(lesson):
    page = lesson("?scene=series_padded&step=2")
    page.get_by_role("button", name="Save").click()
    still = downloaded(page.get_by_role("button", name="This stop, PNG"))
    assert still.suggested_filename == "convolution-1d-stop-3.png"
    assert Image.open(io.BytesIO(still.path().read_bytes())).size == (1600, 900)
    run = downloaded(page.get_by_role("button", name="Whole run, GIF"))
    assert Image.open(io.BytesIO(run.path().read_bytes())).n_frames == 8
