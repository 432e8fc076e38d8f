"""The sliding window in a real browser: play, step, look, type, on a desk and on a phone.

It is drawn on a bare page. What Python makes of it is seen on the page of 2-D convolution.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import count

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.testing.v1 import AppTest

from cnnviz.figures.theme import DARK, LIGHT, luminance
from cnnviz.lessons import explain
from cnnviz.lessons.steps import Trace
from cnnviz.ui.keys import KEYS
from cnnviz.window import window_pair
from tests.browser.conftest import soon
from tests.browser.stage import Stage

ROUNDS = count(1)
PATIENCE = 30  # seconds; a kernel may have to be compiled
# Takes away the picture that is there, makes another of it that starts elsewhere, and notes what is told.
APPEAR = """([name, json, start]) => {
  window.leave?.();
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
def stages(app) -> Callable[[Page], Stage]:
    """Make the page of a visitor a bare one, once."""
    return cache(lambda page: Stage(page, app, seen=True))


@pytest.fixture
def stage(stages, new_visitors) -> Stage:
    """Give the bare page for the mouse."""
    return stages(new_visitors().page)


@pytest.fixture
def lesson(stages, new_visitors) -> Callable[..., Page]:
    """Show a picture that was not there before, with the looks and options given."""

    def show(trace: Trace | None = None, size: str = "desktop", motion: str = "reduce", **options) -> Page:
        page = new_visitors(size, motion=motion).page
        page.mouse.move(5, 5)
        stages(page).show([picture(trace or shown_trace(), **options)])
        expect(page.locator(".output .board")).to_be_visible()
        return page

    return show


def picture(trace: Trace, key: str = "", **options) -> BidiComponent:
    """Make what a page sends to show a trace: each time another picture, if it is not named."""

    def page(trace, key, options):
        from cnnviz.figures.theme import THEMES
        from cnnviz.ui.components.sliding_window import sliding_window

        sliding_window(trace, key=key, themes=THEMES, **options)

    told = {"trace": trace, "key": key or f"picture-{next(ROUNDS)}", "options": options}
    run = AppTest.from_function(page, kwargs=told, default_timeout=PATIENCE).run()
    return run.get("bidi_component")[0].proto


def shown_trace(size=6, kernel=3, *, reals=False, flip=False, padding=1, **slide) -> Trace:
    """Make the trace of a picture, from numbers that are always the same."""
    random = np.random.default_rng(7)
    if reals:
        image, weights = random.normal(size=(size, size)), random.normal(size=(kernel, kernel))
    else:
        image, weights = random.integers(0, 10, (size, size)), random.integers(-2, 3, (kernel, kernel))
    axes = window_pair((kernel, kernel), padding=padding, **slide)
    return Trace(image[None].astype(float), weights[None].astype(float), *axes, flip=flip)


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
    trace = shown_trace(4)
    page = lesson(trace)
    for step in trace:
        expect(total(page)).to_have_attribute("aria-label", explain.sum_line(step))
        so_far = [explain.brief(value) for value in np.cumsum(step.products)]
        assert page.locator(".sum .term small").all_text_contents() == so_far
        assert window_at(page) == [step.output[0], step.output[1]]
        press(page, "ArrowRight")
    assert numbers(page, "output") == [explain.brief(value) for value in trace.output.ravel()]


@pytest.mark.parametrize(
    "slide",
    [{"stride": 2, "padding": 2}, {"dilation": 2}, {"flip": True, "padding": 0}, {"stride": 3, "padding": 0}],
    ids=str,
)
def test_the_last_stop_is_right_however_the_kernel_moves(lesson, slide):
    trace = shown_trace(**slide)
    page = lesson(trace)
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


def test_a_click_on_an_output_goes_there_and_python_hears_of_it(lesson, stage):
    page = lesson()
    page.locator(".output .board").click(position=cell(page, "output", 3, 3))
    stop(page, 22)
    soon(lambda: stage.told()[-1:], [["at", {"step": 21, "turn": 0}]])


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


def test_a_smaller_input_leaves_nothing_of_the_larger_one(lesson, stage):
    page = lesson(key="shrinking")
    press(page, "h", "End")
    stop(page, 36)
    page.locator(".input .board").click(position=cell(page, "input", 6, 6))
    expect(page.locator(".told")).to_have_text(re.compile("^Input in row"))
    stage.show([picture(shown_trace(2), "shrinking")])
    stop(page, 4, 4)
    assert numbers(page, "output")[3] == "?"
    expect(page.locator(".input .covered")).to_have_count(9)
    press(page, "ArrowRight", "Home")
    expect(page.locator(".input .covered")).to_have_count(9)
    soon(lambda: window_at(page), [0, 0])
    page.mouse.move(5, 5)
    expect(page.locator(".told")).to_have_text(re.compile("^Space plays"))


def test_nan_and_infinity_are_shown_as_such_and_zero_has_no_sign(lesson):
    image = shown_trace().image
    image[0, 0, :3] = np.nan, np.inf, -0.0
    page = lesson(Trace(image, shown_trace().kernel, *window_pair((3, 3))))
    assert numbers(page, "input")[:3] == ["NaN", "∞", "0"]
    expect(total(page)).to_have_attribute("aria-label", re.compile("NaN×.* = NaN$"))


def test_keys_are_not_taken_from_a_menu_and_a_field(lesson):
    page = lesson()
    page.get_by_label("Speed").focus()
    press(page, "ArrowRight")
    stop(page, 1)
    page.locator(".input .board").dblclick(position=cell(page, "input", 1, 1))
    field = page.get_by_label("Input, row 1, column 1")
    field.fill("")
    page.keyboard.type("h")
    press(page, "ArrowLeft", "Space", "Home")
    expect(field).to_have_value(" h")
    stop(page, 1)
    expect(page.get_by_label("Hide result until I step")).not_to_be_checked()


def test_every_key_of_the_registry_has_an_action(lesson, stage):
    page = lesson()
    page.locator(".output .board").click(position=cell(page, "output", 2, 2))
    stop(page, 15)
    for key in KEYS:
        press(page, {" ": "Space"}.get(key.key, key.key))
    soon(lambda: ["present", True] in stage.told(), True)


def test_the_help_names_every_key(lesson):
    page = lesson()
    page.get_by_text("Keys", exact=True).click()
    expect(page.locator(".keys dl")).to_be_visible()
    labels, meanings = ([getattr(key, part) for key in KEYS] for part in ("label", "meaning"))
    assert page.locator(".keys kbd:visible").all_text_contents() == labels
    assert page.locator(".keys dd:visible").all_text_contents() == list(dict.fromkeys(meanings))


def test_numbers_are_readable_on_every_fill(stage):
    shown = picture(shown_trace(8, reals=True))
    page = stage.page
    stage.show([shown])
    press(page, "End")
    for theme in (DARK, LIGHT):
        stage.show([shown], theme.background)
        expect(page.locator(".lesson")).to_have_attribute("data-appearance", theme.name)
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
    ("slide", "present"),
    [
        ({}, False),
        ({"size": 16, "kernel": 5, "padding": 2}, False),
        ({"size": 64, "kernel": 11}, False),
        ({"size": 2, "kernel": 1, "padding": 0, "reals": True}, False),
        ({"size": 16, "kernel": 11, "padding": 0}, True),
    ],
    ids=str,
)
def test_nothing_scrolls_sideways_at_any_width(lesson, no_sideways_scroll, slide, present):
    page = lesson(shown_trace(**slide), present=present)
    press(page, "End")
    for width in (1280, 768, 600, 390):
        page.set_viewport_size({"width": width, "height": 760})
        mode = "phone" if width < 600 else "present" if present else "page"
        expect(page.locator(".lesson")).to_have_attribute("data-mode", mode)
        page.wait_for_function(INSIDE, arg=page.locator(".lesson").element_handle())
        no_sideways_scroll(page)


INSIDE = """lesson => [...lesson.querySelectorAll(".board, .sum, .player")].every((part) => {
  const [room, box] = [lesson, part].map((element) => element.getBoundingClientRect());
  return box.left >= room.left - 1 && box.right <= room.right + 1;
})"""


def test_a_phone_shows_input_and_output_side_by_side_and_takes_taps(lesson):
    page = lesson(size="phone")
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
    page = lesson(shown_trace(16, 11, padding=5))
    expect(page.locator(".term")).to_have_count(121)
    places = set()
    for at, key in enumerate([*["ArrowRight"] * 4, "End"], start=2):
        press(page, key)
        stop(page, 256 if key == "End" else at, 256)
        places.add(page.locator(".player").bounding_box()["y"])
    assert len(places) == 1


def test_64_by_64_cells_are_an_image_and_not_thousands_of_elements(lesson):
    page = lesson(shown_trace(64))
    press(page, "End")
    stop(page, 4096, 4096)
    assert page.locator(".input svg *").count() < 60
    point(page, "input", 10, 20)
    expect(page.locator(".told")).to_have_text(
        re.compile(r"^Input in row 10, column 20 is \d; it feeds 9 of 4096 outputs")
    )


def test_leaving_the_page_ends_everything(lesson, stage):
    page = lesson(motion="no-preference")
    press(page, "Space")
    plays(page, True)
    stage.show([])
    expect(page.locator(".lesson")).to_have_count(0)
    told = stage.told()
    press(page, "Space", "ArrowRight")
    lesson()
    stop(page, 1)
    plays(page, False)
    assert stage.told() == told


def test_a_picture_that_late_answers_take_away_comes_back_where_it_was(app, visit):
    """Streamlit does that if a part runs while answers for all of the page wait; Python may miss a stop."""
    part = picture(shown_trace())
    stage = Stage(visit().page, app)
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
    page = lesson(size="projector", present=True)
    for grid in ("input", "kernel", "output"):
        sizes = page.locator(f".{grid} .labels text:not(.covered)").evaluate_all(
            "texts => texts.map((text) => parseFloat(getComputedStyle(text).fontSize))"
        )
        assert min(sizes) >= 22


def test_the_player_fits_a_projector_without_scrolling(lesson):
    page = lesson(size="projector")
    assert page.locator(".lesson").bounding_box()["height"] <= 520
