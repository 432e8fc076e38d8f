"""A lesson from beginning to end, offline: train, draw, go back, look inside, save, reload, load."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cnnviz.model import saving
from tests.browser.conftest import downloaded, settle

ASKED = "/train?tr_epochs=200&tr_batch=4&tr_rate=0.005"  # goes on for long on any computer
LEARNED = re.compile(r"^Training\. Step [\d,]+ of 72,200, .* Held-out accuracy (9[78]\.\d|99\.\d|100\.0) %")
PAUSED = re.compile(r"^Paused\. Step ([\d,]+) of 72,200")
SEVEN = ((0.2, 0.2), (0.45, 0.19), (0.7, 0.18), (0.6, 0.4), (0.5, 0.6), (0.42, 0.84))
PATIENCE = 60_000  # milliseconds until a busy computer has learned digits


def go_to(page: Page, name: str, title: str) -> None:
    settle(page)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    settle(page)


def choose_network(page: Page, name: re.Pattern) -> None:
    """Choose in the menu of a page, and wait until it is asked."""
    menu = page.get_by_role("combobox", name="Network")
    menu.click()
    page.get_by_role("option", name=name).click()
    expect(menu).to_have_value(name)


def draw(page: Page) -> None:
    settle(page)
    box = page.locator("canvas.paper").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def standing(page: Page) -> int:
    """Tell at which step a paused run stands."""
    line = page.get_by_text(PAUSED)
    expect(line).to_be_visible()
    return int(re.match(PAUSED, line.inner_text()).group(1).replace(",", ""))


def click_down_to_a_product(page: Page) -> None:
    column = page.locator(".column").filter(has=page.locator("b", has_text=re.compile("^Conv 16 @ 3×3$")))
    column.locator("button").nth(4).click()
    expect(page.locator(".block")).to_have_count(8)
    page.locator(".lesson.sums .results .pixels").first.click(position={"x": 20, "y": 20})
    expect(page.locator(".crumbs button")).to_have_count(3)
    terms = page.locator(".sum .term")
    expect(terms).to_have_count(9)
    settle(page)
    shown = [terms.first.locator(part).text_content() for part in ("b.input", "b.kernel", "small")]
    value, weight, product = (float(text.replace("−", "-")) for text in shown)
    assert value * weight == pytest.approx(product, abs=0.06), "two decimals are shown"


def test_a_lesson_from_first_weights_to_a_saved_network(app, visit, tmp_path):
    visitor = visit("projector")
    visitor.page.context.clear_cookies()  # or this browser finds the run of an earlier test again
    page = visitor.open(f"{app}{ASKED}")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(LEARNED)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Pause").click()
    step = standing(page)

    go_to(page, "Draw a digit", "Draw a digit")
    choose_network(page, re.compile(rf"^Small CNN, trained here, step {step}$"))
    expect(page.get_by_text("Trained in this session on Handwritten digits.")).to_be_visible()
    draw(page)
    expect(page.locator(".guess")).to_have_text(re.compile(r"^(A|Perhaps a) \d, "))

    go_to(page, "Train", "Train a network while you watch")
    assert standing(page) == step
    timeline, told = page.get_by_label("Timeline"), page.locator(".confusion .told")
    timeline.press("Home")
    expect(told).to_have_text(re.compile(r"^At step 0, "))
    for _ in range(3):
        timeline.press("ArrowRight")
    past = re.match(r"Step (\d+) of", page.locator(".moment").inner_text()).group(1)
    expect(told).to_have_text(re.compile(rf"^At step {past}, "))

    go_to(page, "Look inside", "Look inside")
    choose_network(page, re.compile(rf"^Small CNN, trained here, step {past}$"))
    page.wait_for_url("**li_network=Small*")
    settle(page)
    click_down_to_a_product(page)

    go_to(page, "Train", "Train a network while you watch")
    timeline.press("End")
    expect(told).to_have_text(re.compile(rf"^At step {step:,}, "))
    right = told.inner_text()
    page.get_by_role("button", name="Save and load").click()
    path = Path(tmp_path / "network.npz")
    downloaded(page.get_by_role("button", name=f"Save step {step:,}")).save_as(path)
    assert saving.load(path.read_bytes()).state.step == step

    address = page.url
    page.goto("about:blank")
    visitor.open(address)
    assert standing(page) == step
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Ready. Step 0 of 72,200")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Save and load").click()
    page.locator("input[type=file]").set_input_files(path)
    assert standing(page) == step
    expect(told).to_have_text(right)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Ready. Step 0 of 72,200")).to_be_visible()
