"""The page of 2-D convolution in a real browser: play, edit, paste, link, save, on a desk and on a phone."""

import io
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cnnviz.lessons import explain
from cnnviz.lessons.explain import brief
from cnnviz.lessons.steps import Step, Trace
from cnnviz.ui.convolution_state import LESSON
from tests.browser.conftest import close_popover, downloaded, keyed, settle, soon

FIRST = f"?scene={LESSON.first}"
PADDED = "?scene=conv2d_lecture_padded"


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Open the page with some parameters in its address, and wait for the picture.

    Player and controls of a scene are in view on a projector.
    """

    def open_page(query: str = FIRST, size: str = "projector") -> Page:
        page = visitors(size).go(f"{app}/convolution_2d{query}")
        expect(page.locator(".output .board")).to_be_visible()
        if size == "projector" and "scene=" in query:
            expect(page.locator(".player")).to_be_in_viewport(ratio=1)
            expect(keyed(page, "c2_stride0")).to_be_in_viewport()
            expect(keyed(page, "c2_switch")).to_be_hidden()
        return page

    return open_page


def numbers(page: Page, grid: str) -> list[str]:
    return page.locator(f".{grid} .labels text").all_text_contents()


def stop(page: Page, number: int, stops: int) -> None:
    expect(page.locator(".count")).to_have_text(f"{number} / {stops}")


def told(page: Page) -> dict[str, list[str]]:
    """Read the page's parameters from the address bar."""
    return parse_qs(urlsplit(page.url).query)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def place(page: Page, grid: str, row: int, column: int) -> dict:
    """Find the middle of a cell, padding counted."""
    board = page.locator(f".{grid} .board")
    side = board.evaluate("board => parseFloat(board.style.getPropertyValue('--cell'))")
    return {"x": (column + 0.5) * side, "y": (row + 0.5) * side}


def open_cell(page: Page, grid: str, row: int, column: int) -> None:
    page.locator(f".{grid} .board").dblclick(position=place(page, grid, row, column))
    expect(page.locator(".cell-field")).to_be_focused()


def edit(page: Page, grid: str, row: int, column: int, text: str) -> None:
    open_cell(page, grid, row, column)
    page.keyboard.type(text)
    press(page, "Enter", "Escape")
    expect(page.locator(".cell-field")).to_have_count(0)


def hold(page: Page, grid: str, row: int, column: int) -> None:
    """Click a cell, and wait until what is pasted would go there."""
    page.locator(f".{grid} .board").click(position=place(page, grid, row, column))
    expect(page.locator(".told")).to_have_text(re.compile("^(Input|Weight) in row"))
    expect(page.locator(".lesson")).to_be_focused()


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    press(page, "Control+v")


def expect_sum(page: Page, step: Step) -> None:
    """Wait until a stop is told as Python tells it."""
    expect(page.locator(".sum")).to_have_attribute("aria-label", explain.sum_line(step))


def test_the_run_plays_and_steps_back_and_the_address_follows(lesson):
    """It does so after a pause, and never while playing."""
    page = lesson()
    heard: dict[str, None] = {}
    page.on("framenavigated", note := lambda frame: heard.setdefault(frame.url.partition("step=")[2]))
    press(page, "ArrowRight", "ArrowRight")
    page.wait_for_url("**step=2")
    page.get_by_role("combobox", name="Speed").select_option("8")
    play = page.get_by_role("button", name="Play")
    play.click()
    expect(page.locator(".count")).to_have_text(re.compile(r"^([6-9]|1\d) / 16"))
    press(page, "Space")
    expect(play).to_be_visible()
    known = int(page.locator(".count").text_content().split()[0]) - 1
    page.wait_for_url(f"**step={known}")
    assert [step for step in heard if step] == ["2", str(known)]
    page.remove_listener("framenavigated", note)
    play.click()
    stop(page, 16, 16)
    page.get_by_role("button", name="Step back").click()
    stop(page, 15, 16)
    page.wait_for_url("**step=14*")
    soon(lambda: numbers(page, "output")[:4], ["3", "0", "0", "1"])


def test_edited_cells_change_the_sum_the_output_and_the_address(lesson):
    page = lesson()
    setup = LESSON.scenes[LESSON.first].setup
    open_cell(page, "input", 0, 0)
    field = page.get_by_label("Input, row 1, column 1")
    expect(field).to_be_focused()
    field.fill("−1/4")
    field.press("Enter")
    expect(page.get_by_label("Input, row 1, column 2")).to_be_focused()
    setup = setup.with_cell("image", 0, 0, -0.25)
    expect_sum(page, Trace.of(setup)[0])
    press(page, "5", "Tab", "Escape")
    expect(page.locator(".cell-field")).to_have_count(0)
    setup = setup.with_cell("image", 0, 1, 5)
    expect_sum(page, Trace.of(setup)[0])
    page.wait_for_url("**c2_input=-0.25%2C5%2C2%2C1%2C-1%2C1%3B*")
    expect(page.locator(".lesson")).to_be_focused()
    press(page, "End", "Tab", "Tab", "ArrowRight", "ArrowDown", "F2")
    expect(page.get_by_label("Kernel, row 2, column 2")).to_be_focused()
    page.keyboard.type("7")
    press(page, "Enter", "Escape")
    expect(page.locator(".kernel .labels text").nth(4)).to_have_text("7")
    trace = Trace.of(setup.with_cell("kernel", 1, 1, 7))
    expect_sum(page, trace[15])
    assert numbers(page, "output") == [brief(value) for value in trace.output.ravel()]
    page.wait_for_url("**c2_kernel=*")


def test_blocks_from_a_spreadsheet_replace_grids_and_what_is_none_nothing(lesson):
    page = lesson(PADDED)
    hold(page, "input", 2, 2)
    paste(page, "1\t2\t3\t4\n5\t6\t7\t8\n9\t10\t11\t12\n13\t14\t15\t−16")
    expect(page.get_by_text("Input 4 × 4")).to_be_visible()
    stop(page, 1, 16)
    assert numbers(page, "input")[-8:-6] == ["−16", "0"]
    open_cell(page, "kernel", 0, 0)
    paste(page, "1 0 2; 0 1 -1")
    expect(page.get_by_text("Kernel 2 × 3")).to_be_visible()
    assert numbers(page, "kernel") == ["1", "0", "2", "0", "1", "−1"]
    before = numbers(page, "input")
    hold(page, "input", 2, 2)
    paste(page, "1 2; 3")
    expect(page.get_by_text("Row 2 must have 2 numbers like row 1, got 1.").first).to_be_visible()
    assert numbers(page, "input") == before
    # Python and the picture write numbers alike.
    ties = [0.125, -0.375, 1 / 3, -2.005]
    small_and_large = [0.004, -0.00125, 1250000, -7e8]
    others = [0, -0.0, 0.1 + 0.2, -12]
    rows = [ties, small_and_large, others]
    paste(page, "; ".join(" ".join(map(repr, row)) for row in rows))
    expect(page.get_by_text("Input 3 × 4")).to_be_visible()
    assert numbers(page, "input") == [brief(value) for value in np.pad(rows, 1).ravel()]


def test_a_pasted_text_replaces_the_input_and_a_ragged_one_is_explained(lesson):
    page = lesson()
    page.get_by_role("button", name="Numbers").click()
    field = page.get_by_role("textbox", name="Input")
    field.fill("")
    page.keyboard.type("h home")
    press(page, "ArrowLeft", "Home", "Space")
    expect(field).to_have_value(" h home")  # no key was the picture's
    stop(page, 1, 16)
    expect(page.get_by_label("Hide result until I step")).not_to_be_checked()
    field.fill("1\t0\t2\n0\t1\t−1\n3\t3\t3")
    field.blur()
    expect(page.get_by_text("Input 3 × 3")).to_be_visible()
    soon(lambda: numbers(page, "input"), ["1", "0", "2", "0", "1", "−1", "3", "3", "3"])
    expect(field).to_have_value("1 0 2\n0 1 -1\n3 3 3")  # another field, that shows what was read
    settle(page)
    field.fill("1 2 3\n4 5")
    field.blur()
    expect(page.get_by_text("Row 2 must have 3 numbers like row 1, got 2.").first).to_be_visible()
    expect(field).to_have_value("1 2 3\n4 5")
    expect(page.get_by_text("Input 3 × 3")).to_be_visible()


def test_stride_and_padding_change_the_formula_and_the_picture(lesson):
    page = lesson()
    stride = keyed(page, "c2_stride0")
    stride.get_by_role("button").last.click()
    expect(page.get_by_text("Output 2 × 2")).to_be_visible()
    expect(page.get_by_text("1 row and 1 column left over")).to_be_visible()
    page.wait_for_url("**c2_stride=2*")
    settle(page)
    keyed(page, "c2_padding").get_by_role("combobox").click()
    page.get_by_role("option", name="full").click()
    expect(page.get_by_text("Output 4 × 4")).to_be_visible()
    page.wait_for_url("**c2_padding=full*")
    assert told(page) == {"c2_padding": ["full"], "c2_stride": ["2"]}


def test_what_is_folded_away_does_not_bring_old_numbers_back(lesson):
    page = lesson()
    page.get_by_role("button", name="Numbers").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    edit(page, "input", 0, 0, "7")
    page.wait_for_url("**c2_input=7*")
    keyed(page, "c2_stride0").get_by_role("button").last.click()
    page.wait_for_url("**c2_stride=2*")
    settle(page)
    expect(page.get_by_text("Output 2 × 2")).to_be_visible()
    assert numbers(page, "input")[0] == "7"
    assert told(page)["c2_input"][0].startswith("7,0,2,1,-1,1;")


def test_quick_clicks_are_all_counted_and_the_link_to_share_is_the_address(lesson):
    page = lesson()
    more = keyed(page, "c2_stride0").get_by_role("button").last
    for _ in range(4):
        more.click()
    page.wait_for_url("**c2_stride=5*")
    expect(keyed(page, "c2_stride0").locator("input")).to_have_value("5")
    settle(page)
    page.get_by_role("button", name="Share").click()
    link = page.get_by_text(re.compile(r"^http://127.*c2_stride=5$"))
    expect(link).to_be_visible()
    soon(lambda: link.text_content() == page.url, True)
    close_popover(page)


def test_the_address_goes_back_and_forward(lesson):
    page = lesson("?scene=conv2d_lecture_stride")
    keyed(page, "c2_kind").get_by_text("Convolution", exact=True).click()
    page.wait_for_url("**c2_flip=1*")
    turned = page.get_by_text("Kernel 3 × 3, turned")
    expect(turned).to_be_visible()
    settle(page)
    page.go_back()
    expect(turned).to_have_count(0)
    settle(page)
    page.go_forward()
    expect(turned).to_be_visible()


@pytest.mark.parametrize("query", ["?c2_kernel=z%F0%9F%92%A5&step=1e309", "?c2_bias=1&c2_bias=2"])
def test_a_damaged_link_gives_one_sentence(lesson, query):
    page = lesson(query)
    warning = page.get_by_test_id("stAlertContentWarning")
    expect(warning).to_have_count(1)
    expect(warning).to_contain_text("A part of the link was left out: ")
    expect(page.get_by_text("Output 4 × 4")).to_be_visible()


def test_the_page_remembers_its_numbers_while_the_reader_is_elsewhere(lesson):
    page = lesson()
    first = LESSON.scenes[LESSON.first].setup
    before = [brief(value) for row in first.image for value in row]
    soon(lambda: numbers(page, "input"), before)
    page.get_by_role("button", name="Random").click()
    soon(lambda: numbers(page, "input") != before, True)
    drawn = numbers(page, "input")
    page.wait_for_url("**c2_input=*")
    page.get_by_role("button", name="Play").click()  # it ends when the page is left
    navigation = page.get_by_test_id("stSidebarNav")
    navigation.get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")
    navigation.get_by_role("link", name="2-D convolution").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Convolution in two dimensions")
    soon(lambda: numbers(page, "input"), drawn)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.wait_for_url("**c2_input=*")


def saved(page: Page, label: str) -> tuple[str, Image.Image]:
    file = downloaded(page.get_by_role("button", name=label))
    return file.suggested_filename, Image.open(io.BytesIO(file.path().read_bytes()))


def test_a_stop_is_saved_as_png_and_the_run_as_gif(lesson):
    page = lesson(f"{PADDED}&step=7")
    page.get_by_role("button", name="Save").click()
    keyed(page, "c2_appearance").get_by_text("Dark").click()

    def is_dark() -> bool:
        name, picture = saved(page, "This stop, PNG")
        assert (name, picture.format, picture.size) == ("convolution-stop-8.png", "PNG", (1600, 900))
        return sum(picture.getpixel((3, 3))) < 120

    soon(is_dark, True)  # once the page has heard of it
    _, movie = saved(page, "Whole run, GIF")
    assert (movie.format, movie.size, movie.n_frames) == ("GIF", (960, 540), 36)


def test_a_phone_folds_the_controls_and_scrolls_only_down(lesson, no_sideways_scroll):
    page = lesson(PADDED, "phone")
    no_sideways_scroll(page)
    stride = keyed(page, "c2_stride0")
    expect(stride).to_be_hidden()
    page.get_by_text("Settings").click()
    expect(stride).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("button", name="Step forward").tap()
    stop(page, 2, 36)
