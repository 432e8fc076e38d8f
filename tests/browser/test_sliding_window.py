"""The sliding window in a real browser: play, step, look, type, paste, on a desk and on a phone."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from streamlit.testing.v1 import AppTest

from cnnviz.figures.theme import luminance
from cnnviz.lessons import explain
from cnnviz.lessons.steps import Trace
from cnnviz.ui.keys import KEYS
from cnnviz.window import window_pair
from tests.browser.conftest import SIZES, serving, soon
from tests.browser.stage import Stage

APP = "tests/browser/apps/sliding_window_app.py"
ROUNDS = count(1)
# Takes away the picture that is there, makes another of it that starts elsewhere, and notes what is told.
APPEAR = """([name, json, start]) => {
  window.leave?.();
  window.told ??= [];
  const host = document.createElement("div");
  host.attachShadow({ mode: "open" });
  document.body.replaceChildren(host);
  const data = JSON.parse(json);
  const sent = (at) => scripts[name]({
    data: { ...data, start: { ...data.start, ...at } }, parentElement: host.shadowRoot,
    setStateValue: (state, { step }) => told.push(step), setTriggerValue() {},
  });
  window.leave = sent(start);
  window.hear = (at) => {
    const before = leave;
    window.leave = sent(at);
    before(); // as Streamlit does where calls follow each other quickly
  };
}"""


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """Serve a page with nothing but a sliding window."""
    with serving("streamlit", "run", APP) as address:
        yield address


@pytest.fixture
def lesson(demo, new_visitors) -> Callable[..., Page]:
    """Start the page over with some options in its address, and wait for its own picture."""

    def open_page(query: str = "", size: str = "desktop", motion: str = "reduce") -> Page:
        visitor = new_visitors("phone" if size == "phone" else "desktop")
        width, height = SIZES[size]
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.page.emulate_media(reduced_motion=motion)
        number = next(ROUNDS)
        page = visitor.go(f"{demo}/?{query}&round={number}")
        expect(page.locator(f".st-key-demo-{number} .output .board")).to_be_visible()
        expect(page.locator(".lesson")).to_have_count(1)
        return page

    return open_page


def shown_trace(size=6, **slide) -> Trace:
    """Make the trace the page starts with."""
    random = np.random.default_rng(7)
    image = random.integers(0, 10, (size, size)).astype(float)
    kernel = random.integers(-2, 3, (3, 3)).astype(float)
    return Trace(image[None], kernel[None], *window_pair((3, 3), **({"padding": 1} | slide)))


def cell(page: Page, grid: str, row: int, column: int) -> dict:
    """Find the middle of a cell, padding counted."""
    side = page.locator(f".{grid} .board").evaluate(
        "board => parseFloat(board.style.getPropertyValue('--cell'))"
    )
    return {"x": (column + 0.5) * side, "y": (row + 0.5) * side}


def point(page: Page, grid: str, row: int, column: int) -> None:
    page.locator(f".{grid} .board").hover(position=cell(page, grid, row, column))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def total(page: Page) -> Locator:
    return page.locator(".sum")


def stop(page: Page, number: int, stops: int = 36) -> None:
    expect(page.locator(".count")).to_have_text(f"{number} / {stops}")


def numbers(page: Page, grid: str) -> list[str]:
    return page.locator(f".{grid} .labels text").all_text_contents()


def marked(page: Page, grid: str) -> list[float]:
    """Measure the box around everything that is marked: left, top, right, bottom, in cells."""
    return page.locator(f".{grid} .board").evaluate(
        """board => {
            const side = parseFloat(board.style.getPropertyValue("--cell"));
            const box = board.querySelector(".marks").getBBox();
            return [box.x, box.y, box.x + box.width, box.y + box.height].map((at) => at / side);
        }"""
    )


def window_at(page: Page) -> list[float]:
    """Row and column of the window's first cell on the padded input."""
    return page.locator(".input .board").evaluate(
        """board => {
            const side = parseFloat(board.style.getPropertyValue("--cell"));
            const [x, y] = board.querySelector(".sliding").style.transform.match(/-?[\\d.]+/g).map(Number);
            return [y / side, x / side];
        }"""
    )


def test_every_stop_shows_the_products_of_its_step(lesson):
    page = lesson("size=4")
    trace = shown_trace(4)
    for step in trace:
        expect(total(page)).to_have_attribute("aria-label", explain.sum_line(step))
        so_far = [explain.brief(value) for value in np.cumsum(step.products)]
        assert page.locator(".sum .term small").all_text_contents() == so_far
        assert window_at(page) == [step.output[0], step.output[1]]
        press(page, "ArrowRight")
    assert numbers(page, "output") == [explain.brief(value) for value in trace.output.ravel()]


@pytest.mark.parametrize(
    "query", ["stride=2&padding=2", "dilation=2", "flip=1&padding=0", "stride=3&padding=0"]
)
def test_the_last_stop_is_right_however_the_kernel_moves(lesson, query):
    page = lesson(query)
    slide = {name: int(value) for name, value in re.findall(r"(stride|padding|dilation)=(\d)", query)}
    trace = shown_trace(**slide)
    if "flip" in query:
        trace = Trace(trace.image, trace.kernel, trace.rows, trace.columns, flip=True)
    press(page, "End")
    stop(page, len(trace), len(trace))
    last = trace[len(trace) - 1]
    expect(total(page)).to_have_attribute("aria-label", explain.sum_line(last))
    padding = slide.get("padding", 1)
    assert window_at(page) == [start + padding for start in last.start]


def test_keys_step_forward_and_back_and_to_both_ends(lesson):
    page = lesson()
    stop(page, 1)
    press(page, "ArrowRight", "ArrowRight")
    stop(page, 3)
    press(page, "ArrowLeft")
    stop(page, 2)
    assert len([text for text in numbers(page, "output") if text]) == 2
    press(page, "End")
    stop(page, 36)
    press(page, "ArrowRight")
    stop(page, 36)
    press(page, "Home")
    stop(page, 1)
    press(page, "ArrowLeft")
    stop(page, 1)
    press(page, "ArrowDown")  # up and down move by a row once the picture has the focus
    stop(page, 1)
    page.locator(".output .board").click(position=cell(page, "output", 2, 2))
    stop(page, 15)
    press(page, "ArrowDown")
    stop(page, 21)
    press(page, "ArrowUp", "ArrowUp")
    stop(page, 9)


def test_buttons_do_what_keys_do_and_leave_the_keys_to_the_picture(lesson):
    page = lesson()
    for name, number in [("Step forward", 2), ("Last stop", 36), ("Step back", 35), ("First stop", 1)]:
        page.get_by_role("button", name=name).click()
        stop(page, number)
    page.get_by_role("button", name="Step forward").click()
    press(page, "Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def plays(page: Page, playing: bool) -> None:
    """Wait until the button says whether the run goes on by itself."""
    expect(page.get_by_role("button", name="Pause" if playing else "Play")).to_be_visible()


def set_speed(page: Page, speed: str) -> None:
    page.get_by_label("Speed").select_option(speed)


def test_it_plays_pauses_and_ends_by_itself(lesson):
    page = lesson(motion="no-preference")
    set_speed(page, "2×")
    page.get_by_role("button", name="Play").click()
    plays(page, True)
    expect(page.locator(".count")).not_to_have_text("1 / 36")
    press(page, "Space")
    plays(page, False)
    held = page.locator(".count").text_content()
    set_speed(page, "8×")
    page.wait_for_timeout(400)
    assert page.locator(".count").text_content() == held
    page.get_by_role("slider", name="Stop").fill("32")
    stop(page, 33)
    press(page, "Space")
    stop(page, 36)
    plays(page, False)
    set_speed(page, "0.25×")
    press(page, "Space")
    stop(page, 1)
    plays(page, True)


# Lets the timers of a page run at once, in their order, from the press of Play until so many stops have
# passed, and gives the moments of these: nothing waits and nothing is late.
QUICKLY = """(toggle, stops) => {
  const count = toggle.getRootNode().querySelector(".count");
  const { setTimeout, clearTimeout } = window;
  const timers = new Map(), times = [];
  let now = performance.now();
  performance.now = () => now;
  window.setTimeout = (call, wait) => timers.set({}, { call, due: now + wait }) && [...timers.keys()].at(-1);
  window.clearTimeout = (timer) => timers.delete(timer) || clearTimeout(timer);
  const pass = () => {
    const [timer, { call, due }] = [...timers].sort((one, other) => one[1].due - other[1].due)[0];
    timers.delete(timer);
    [now] = [due, call()];
  };
  toggle.click();
  while (times.length < stops) {
    const before = count.textContent;
    pass();
    if (count.textContent !== before) times.push(now);
  }
  toggle.click();
  while (timers.size) pass();
  Object.assign(window, { setTimeout, clearTimeout });
  delete performance.now;
  return times;
}"""


def test_at_normal_speed_a_stop_lasts_a_second_and_a_move_less_than_half(lesson):
    page = lesson(motion="no-preference")
    times = page.get_by_role("button", name="Play").evaluate(QUICKLY, 4)
    assert np.diff(times) == pytest.approx([1000] * 3, abs=1)
    motion = page.locator(".lesson").evaluate("root => root.style.getPropertyValue('--motion')")
    assert 0 < float(motion.removesuffix("ms")) <= 500


def test_python_hears_of_a_step_after_a_pause_and_never_while_playing(lesson):
    page = lesson("size=8", motion="no-preference")
    set_speed(page, "2×")
    press(page, "ArrowRight", "ArrowRight")
    expect(page.get_by_text("Python knows step 2.")).to_be_visible()
    press(page, "Space")
    expect(page.locator(".count")).to_have_text(re.compile(r"^([6-9]|\d\d) / 64"))
    press(page, "Space")
    plays(page, False)
    known = int(page.locator(".count").text_content().split()[0]) - 1
    expect(page.get_by_text(f"Python knows step {known}.")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"^It heard of \[.*\b2, {known}\]\.$"))).to_be_visible()


def test_the_slider_scrubs(lesson):
    page = lesson()
    page.get_by_role("slider", name="Stop").fill("20")
    stop(page, 21)
    expect(total(page)).to_have_attribute("aria-label", explain.sum_line(shown_trace()[20]))


def test_an_output_cell_shows_its_window(lesson):
    page = lesson()
    point(page, "output", 4, 3)
    expect(total(page)).to_have_attribute("aria-label", explain.sum_line(shown_trace()[27]))
    soon(lambda: window_at(page), [4, 3])
    soon(lambda: marked(page, "output"), [3, 4, 4, 5])
    page.mouse.move(5, 5)
    soon(lambda: window_at(page), [0, 0])
    stop(page, 1)


def test_an_input_cell_and_a_weight_show_what_they_meet(lesson):
    page = lesson()
    point(page, "input", 3, 4)
    expect(page.locator(".told")).to_have_text(
        re.compile(r"^Input in row 3, column 4 is \d; it feeds 9 of 36 outputs")
    )
    soon(lambda: marked(page, "output"), [2, 1, 5, 4])
    point(page, "input", 0, 0)
    expect(page.locator(".told")).to_have_text("Padding is 0; it feeds 1 of 36 outputs.")
    soon(lambda: marked(page, "output"), [0, 0, 1, 1])
    point(page, "kernel", 2, 1)
    expect(page.locator(".told")).to_have_text(re.compile("it meets 36 input cells"))
    soon(lambda: marked(page, "input"), [1, 2, 7, 8])
    expect(page.locator(".term.lit")).to_have_count(1)
    expect(page.locator(".term").nth(7)).to_have_class("term lit")


def test_a_term_and_its_cell_light_each_other(lesson):
    page = lesson()
    page.locator(".term").nth(5).hover()
    soon(lambda: marked(page, "input"), [2, 1, 3, 2])
    soon(lambda: marked(page, "kernel"), [2, 1, 3, 2])
    product = float(shown_trace()[0].products.ravel()[5])
    expect(page.locator(".told")).to_have_text(
        re.compile(rf"^Product 6 of 9: .* = {explain.brief(product)}, sum so far")
    )
    point(page, "kernel", 0, 0)
    expect(page.locator(".term").nth(5)).to_have_class("term")
    point(page, "input", 1, 2)
    expect(page.locator(".term").nth(5)).to_have_class("term lit")


def test_pointing_pauses_and_a_click_holds_until_escape_or_a_second_click(lesson):
    page = lesson(motion="no-preference")
    told = page.locator(".told")
    press(page, "Space")
    plays(page, True)
    point(page, "kernel", 0, 0)
    plays(page, False)
    page.locator(".kernel .board").click(position=cell(page, "kernel", 1, 1))
    page.mouse.move(5, 5)
    expect(told).to_have_text(re.compile("^Weight in row 2, column 2"))
    press(page, "ArrowRight")
    expect(told).to_have_text(re.compile("^Weight in row 2, column 2"))
    press(page, "Escape")
    expect(told).to_have_text(re.compile("^Space plays"))
    for held in ("Input in row 2, column 2", "Space plays"):
        page.locator(".input .board").click(position=cell(page, "input", 2, 2))
        page.mouse.move(5, 5)
        expect(told).to_have_text(re.compile(f"^{held}"))


def test_a_click_on_an_output_goes_there(lesson):
    page = lesson()
    page.locator(".output .board").click(position=cell(page, "output", 3, 3))
    stop(page, 22)
    expect(page.get_by_text("Python knows step 21.")).to_be_visible()


def test_results_stay_hidden_until_the_next_press(lesson):
    page = lesson()
    trace = shown_trace()
    press(page, "h")
    expect(page.get_by_label("Hide result until I step")).to_be_checked()
    assert numbers(page, "output")[0] == "?"
    expect(total(page)).to_have_attribute("aria-label", re.compile(r" = \?$"))
    assert set(page.locator(".term small").all_text_contents()) == {"?"}
    press(page, "ArrowRight")
    stop(page, 1)
    assert numbers(page, "output")[0] == explain.brief(trace[0].value)
    press(page, "ArrowRight")
    stop(page, 2)
    assert numbers(page, "output")[:2] == [explain.brief(trace[0].value), "?"]
    point(page, "output", 3, 3)
    expect(total(page)).to_have_attribute("aria-label", re.compile(r" = \?$"))
    page.get_by_label("Hide result until I step").uncheck()
    soon(lambda: numbers(page, "output")[1], explain.brief(trace[1].value))


def test_a_cell_is_edited_in_place_and_everything_follows(lesson):
    page = lesson()
    page.locator(".input .board").dblclick(position=cell(page, "input", 1, 1))
    field = page.get_by_label("Input, row 1, column 1")
    expect(field).to_be_focused()
    field.fill("−1/4")
    field.press("Enter")
    expect(page.get_by_label("Input, row 1, column 2")).to_be_focused()
    trace = shown_trace()
    trace.image[0, 0, 0] = -0.25
    changed = Trace(trace.image, trace.kernel, trace.rows, trace.columns)
    expect(total(page)).to_have_attribute("aria-label", explain.sum_line(changed[0]))
    press(page, "5", "Tab", "Escape")
    expect(page.locator(".cell-field")).to_have_count(0)
    trace.image[0, 0, 1] = 5
    changed = Trace(trace.image, trace.kernel, trace.rows, trace.columns)
    expect(total(page)).to_have_attribute("aria-label", explain.sum_line(changed[0]))


def test_a_weight_is_edited_from_the_keyboard_alone(lesson):
    page = lesson("padding=0")
    page.get_by_label("Notes").focus()
    press(page, "Tab", "Tab", "Tab", "ArrowRight", "ArrowDown", "F2")
    expect(page.get_by_label("Kernel, row 2, column 2")).to_be_focused()
    page.keyboard.type("7")
    press(page, "Enter", "Escape")
    expect(page.locator(".kernel .labels text").nth(4)).to_have_text("7")
    expect(total(page)).to_have_attribute("aria-label", re.compile(r"^(\d×−?\d \+ ){4}\d×7 "))


def test_what_is_no_number_is_refused_in_place(lesson):
    page = lesson()
    before = total(page).get_attribute("aria-label")
    page.locator(".kernel .board").dblclick(position=cell(page, "kernel", 0, 0))
    expect(page.get_by_label("Kernel, row 1, column 1")).to_be_focused()
    page.keyboard.type("two")
    press(page, "Enter")
    expect(page.get_by_role("alert")).to_have_text("Type a number such as 3, −0.5 or 1/9; “two” is none.")
    expect(page.get_by_label("Kernel, row 1, column 1")).to_be_focused()
    page.get_by_label("Kernel, row 1, column 1").fill("1e12")
    press(page, "Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "Type a number of at most 1.0e9 in size; “1e12” is larger."
    )
    press(page, "Escape")
    expect(page.locator(".cell-field")).to_have_count(0)
    assert total(page).get_attribute("aria-label") == before


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    press(page, "Control+v")


def hold(page: Page, grid: str, row: int, column: int) -> None:
    """Click a cell, and wait until what is pasted would go there."""
    page.locator(f".{grid} .board").click(position=cell(page, grid, row, column))
    expect(page.locator(".told")).to_have_text(re.compile("^(Input|Weight) in row"))
    expect(page.locator(".lesson")).to_be_focused()


def test_a_block_from_a_spreadsheet_replaces_a_grid(lesson):
    page = lesson()
    hold(page, "input", 2, 2)
    paste(page, "1\t2\t3\t4\n5\t6\t7\t8\n9\t10\t11\t12\n13\t14\t15\t−16")
    expect(page.get_by_text("Input 4 × 4")).to_be_visible()
    stop(page, 1, 16)
    assert numbers(page, "input")[-8:-6] == ["−16", "0"]
    page.locator(".kernel .board").dblclick(position=cell(page, "kernel", 0, 0))
    expect(page.locator(".cell-field")).to_be_focused()
    paste(page, "1 0 2; 0 1 -1")
    expect(page.get_by_text("Kernel 2 × 3")).to_be_visible()
    assert numbers(page, "kernel") == ["1", "0", "2", "0", "1", "−1"]


def test_a_smaller_block_leaves_nothing_of_the_larger_one(lesson):
    page = lesson()
    press(page, "h", "End")
    expect(page.get_by_text("Python knows step 35.")).to_be_visible()
    hold(page, "input", 6, 6)
    paste(page, "1 2; 3 4")
    expect(page.get_by_text("Input 2 × 2")).to_be_visible()
    stop(page, 4, 4)
    assert numbers(page, "output")[3] == "?"
    expect(page.locator(".input .covered")).to_have_count(9)
    press(page, "ArrowRight", "Home")
    expect(page.locator(".input .covered")).to_have_count(9)
    soon(lambda: window_at(page), [0, 0])
    expect(page.locator(".told")).to_have_text(re.compile("^Space plays"))


def test_a_block_that_is_no_matrix_is_refused_and_nothing_is_lost(lesson):
    page = lesson()
    before = numbers(page, "input")
    hold(page, "input", 2, 2)
    paste(page, "1 2; 3")
    expect(page.get_by_text("row 2 must have 2 numbers like row 1, got 1")).to_be_visible()
    assert numbers(page, "input") == before


def test_numbers_are_written_alike_by_python_and_the_picture(lesson):
    ties = [0.125, -0.375, 1 / 3, -2.005]
    small_and_large = [0.004, -0.00125, 1250000, -7e8]
    others = [0, -0.0, 0.1 + 0.2, -12]
    page = lesson("padding=0")
    hold(page, "input", 2, 2)
    rows = [" ".join(map(repr, row)) for row in (ties, small_and_large, others)]
    paste(page, "; ".join(rows))
    expect(page.get_by_text("Input 3 × 4")).to_be_visible()
    assert numbers(page, "input") == [explain.brief(value) for value in ties + small_and_large + others]


def test_nan_and_infinity_are_shown_as_such_and_zero_has_no_sign(lesson):
    page = lesson("strange=1&padding=0")
    assert numbers(page, "input")[:3] == ["NaN", "∞", "0"]
    expect(total(page)).to_have_attribute("aria-label", re.compile("NaN×.* = NaN$"))


def test_keys_are_not_taken_while_somebody_types(lesson):
    page = lesson()
    notes = page.get_by_label("Notes")
    notes.click()
    page.keyboard.type("h home")
    press(page, "ArrowLeft", "Home", "Space")
    expect(notes).to_have_value(" h home")
    stop(page, 1)
    expect(page.get_by_label("Hide result until I step")).not_to_be_checked()
    page.get_by_label("Speed").focus()
    press(page, "ArrowRight")
    stop(page, 1)


def test_every_key_of_the_registry_has_an_action(lesson):
    page = lesson()
    page.locator(".output .board").click(position=cell(page, "output", 2, 2))
    stop(page, 15)
    for key in KEYS:
        press(page, {" ": "Space"}.get(key.key, key.key))
    expect(page.locator(".lesson.present")).to_have_count(1)
    press(page, "p")
    expect(page.locator(".lesson:not(.present)")).to_have_count(1)


def test_the_help_names_every_key(lesson):
    page = lesson()
    page.get_by_text("Keys", exact=True).click()
    expect(page.locator(".keys dl")).to_be_visible()
    labels, meanings = ([getattr(key, part) for key in KEYS] for part in ("label", "meaning"))
    assert page.locator(".keys kbd:visible").all_text_contents() == labels
    assert page.locator(".keys dd:visible").all_text_contents() == list(dict.fromkeys(meanings))


def test_numbers_are_readable_on_every_fill(lesson):
    page = lesson("reals=1&size=8")
    press(page, "End")
    for colour in ("dark", "light"):
        page.emulate_media(color_scheme=colour)
        expect(page.locator(".lesson")).to_have_attribute("data-appearance", colour)
        pairs = page.locator(".output .board").evaluate(
            """board => {
                const canvas = board.querySelector("canvas");
                const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
                const texts = [...board.querySelectorAll(".labels text")];
                const pixel = (at) => [...pixels.slice(4 * at, 4 * at + 3)];
                return texts.map((text, at) => [text.getAttribute("fill"), pixel(at)]);
            }"""
        )
        assert len(pairs) == 64
        for ink, fill in pairs:
            dark, light = sorted((luminance(np.array(fill)), {"#fff": 1.0, "#000": 0.0}[ink]))
            assert (light + 0.05) / (dark + 0.05) >= 4.5
        stop(page, 64, 64)


def test_each_scale_shows_its_ends_and_each_stop_is_announced(lesson):
    page = lesson()
    ends = shown_trace().colour_ends
    for grid in ("input", "kernel", "output"):
        legend = page.locator(f".{grid} .legend")
        expect(legend).to_have_text(f"−{explain.brief(ends[grid])}{explain.brief(ends[grid])}")
        assert legend.locator("i").bounding_box()["width"] == pytest.approx(72, abs=1)
    press(page, "ArrowRight")
    stop(page, 2)
    assert page.locator(".lesson").evaluate("root => root.style.getPropertyValue('--motion')") == "0ms"
    assert page.locator(".sliding").evaluate("frame => getComputedStyle(frame).transitionDuration") == "0s"
    value = explain.brief(shown_trace()[1].value)
    sentence = f"Row 1, column 2: sum of 9 products plus bias 0 is {value}"
    expect(page.locator("[aria-live=polite]").filter(has_text=sentence)).to_have_count(1)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "size=16&kernel=5&padding=2",
        "size=64&kernel=11",
        "size=2&kernel=1&padding=0&reals=1",
        "present=1&size=16&kernel=11&padding=0",
    ],
)
def test_nothing_scrolls_sideways_at_any_width(lesson, no_sideways_scroll, query):
    page = lesson(query)
    press(page, "End")
    for width in (1280, 768, 600, 390):
        page.set_viewport_size({"width": width, "height": 760})
        expect(page.locator(".lesson")).to_have_attribute("data-mode", mode_at(width, query))
        page.wait_for_function(INSIDE, arg=page.locator(".lesson").element_handle())
        no_sideways_scroll(page)


INSIDE = """lesson => [...lesson.querySelectorAll(".board, .sum, .player")].every((part) => {
  const [room, box] = [lesson, part].map((element) => element.getBoundingClientRect());
  return box.left >= room.left - 1 && box.right <= room.right + 1;
})"""


def mode_at(width: int, query: str) -> str:
    """Name the layout for a window of so many pixels."""
    return "phone" if width < 600 else "present" if "present" in query else "page"


def test_a_phone_shows_input_and_output_side_by_side_and_takes_taps(lesson):
    page = lesson("", "phone")
    boxes = {grid: page.locator(f".{grid} .board").bounding_box() for grid in ("input", "kernel", "output")}
    assert boxes["input"]["x"] + boxes["input"]["width"] <= boxes["output"]["x"]
    assert boxes["kernel"]["y"] + boxes["kernel"]["height"] <= boxes["input"]["y"]
    for button in page.locator(".player button, .player select, .ask").all():
        assert button.bounding_box()["height"] >= 36
    page.get_by_role("button", name="Step forward").tap()
    stop(page, 2)
    page.locator(".kernel .board").tap(position=cell(page, "kernel", 1, 1))
    expect(page.locator(".told")).to_have_text(re.compile("tap it again to edit it"))
    page.locator(".kernel .board").tap(position=cell(page, "kernel", 1, 1))
    expect(page.get_by_label("Kernel, row 2, column 2")).to_be_focused()


def test_a_kernel_of_121_weights_leaves_the_layout_in_place(lesson):
    page = lesson("size=16&kernel=11&padding=5")
    expect(page.locator(".term")).to_have_count(121)
    places = set()
    for at, key in enumerate([*["ArrowRight"] * 4, "End"], start=2):
        press(page, key)
        stop(page, 256 if key == "End" else at, 256)
        places.add(page.locator(".player").bounding_box()["y"])
    assert len(places) == 1


def test_64_by_64_cells_are_an_image_and_not_thousands_of_elements(lesson):
    page = lesson("size=64")
    press(page, "End")
    stop(page, 4096, 4096)
    assert page.locator(".input svg *").count() < 60
    point(page, "input", 10, 20)
    expect(page.locator(".told")).to_have_text(
        re.compile(r"^Input in row 10, column 20 is \d; it feeds 9 of 4096 outputs")
    )


def test_leaving_the_page_ends_everything(lesson):
    page = lesson(motion="no-preference")
    press(page, "Space")
    plays(page, True)
    page.get_by_text("Show the picture").click()
    expect(page.locator(".lesson")).to_have_count(0)
    page.evaluate("document.activeElement.blur()")  # else the space bar is the switch's
    press(page, "Space", "ArrowRight")
    page.get_by_text("Show the picture").click()
    expect(page.locator(".count")).to_have_text("1 / 36", timeout=15_000)


def test_a_picture_that_late_answers_take_away_comes_back_where_it_was(demo, visit):
    """Streamlit does that if a part runs while answers for all of the page wait; Python may miss a stop."""
    part = AppTest.from_file(str(Path(APP).resolve())).run().get("bidi_component")[0].proto
    stage = Stage(visit().page, demo)
    stage.show([part])
    page, count_of_stops = stage.page, stage.page.locator(".count")

    def appear(step: int, turn: int = 0) -> None:
        page.evaluate(APPEAR, [part.component_name, part.json, {"step": step, "turn": turn}])

    def keydown(key: str) -> str:
        return (
            f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}));"
        )

    appear(0)
    page.evaluate(keydown("End"))
    soon(lambda: page.evaluate("told"), [35])
    appear(35)  # where Python says that it was
    expect(count_of_stops).to_have_text("36 / 36")
    page.evaluate(f"() => {{ {keydown('Home')} leave(); }}")
    appear(35)  # Python has not heard of the key
    expect(count_of_stops).to_have_text("1 / 36")
    soon(lambda: page.evaluate("told"), [35, 0])
    page.evaluate("hear({ step: 35 })")  # nor of what was told
    soon(lambda: page.evaluate("told"), [35, 0, 0])
    expect(count_of_stops).to_have_text("1 / 36")
    page.evaluate(f"() => {{ {keydown('ArrowRight')} leave(); }}")
    appear(7, turn=1)  # it wants the window elsewhere
    expect(count_of_stops).to_have_text("8 / 36")
    page.evaluate("leave()")


def test_large_numbers_for_a_projector(lesson):
    page = lesson("present=1", "projector")
    for grid in ("input", "kernel", "output"):
        sizes = page.locator(f".{grid} .labels text:not(.covered)").evaluate_all(
            "texts => texts.map((text) => parseFloat(getComputedStyle(text).fontSize))"
        )
        assert min(sizes) >= 22


def test_the_player_fits_a_projector_without_scrolling(lesson):
    page = lesson("", "projector")
    assert page.locator(".lesson").bounding_box()["height"] <= 520
