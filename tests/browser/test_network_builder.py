"""The network builder in a real browser: build, break, mend, share and export; branches; a phone."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import downloaded, soon

# The captions of a row of the drawing that lie on the front of a box.
TOUCHED = """rows => rows.flatMap((row) => {
  const place = (part) => part.getBoundingClientRect();
  const boxes = [...row.querySelectorAll(".front")].map(place);
  const beside = (one, two) => one.left >= two.right || two.left >= one.right;
  const on = (one, two) => !beside(one, two) && one.top + 3 < two.bottom && two.top < one.bottom;
  const captions = [...row.querySelectorAll(".caption-text")];
  return captions.filter((text) => boxes.some((box) => on(place(text), box))).map((text) => text.textContent);
})"""


@pytest.fixture
def builder(app, visitors) -> Callable[..., Page]:
    """Go to the page with some parameters in its address, and wait for the drawing."""

    def go(query: str = "", size: str = "projector") -> Page:
        page = visitors(size).go(f"{app}/network_builder{query}")
        expect(page.locator(".box").first).to_be_visible()
        return page

    return go


def line(page: Page, name: str):
    return page.locator(f"tr[data-layer={name}]")


def total(page: Page, text: str) -> None:
    expect(page.locator("[data-total=Parameters]")).to_have_text(text)


def test_a_network_is_built_broken_mended_shared_and_exported(builder):
    page = builder("?nb_input=1,9,9&nb_layers=-")
    expect(page.get_by_text("No layer yet")).to_be_visible()
    add, kinds = page.locator(".bar .main"), page.get_by_label("Kind of layer to add")
    add.click()
    total(page, "160")
    expect(line(page, "conv1")).to_contain_class("chosen")
    kinds.select_option("Max pooling")
    expect(add).to_have_text("Add after conv1")
    add.click()
    expect(line(page, "pool1")).to_contain_class("chosen")
    expect(page.locator("g[data-layer=pool1]")).to_be_visible()
    size = line(page, "conv1").get_by_label("size")
    size.fill("12")
    size.press("Enter")
    expect(line(page, "conv1")).to_contain_class("broken")
    problem = "Kernel 12 does not fit on 9 × 9 with padding 1: use padding 2 or a kernel of at most 11."
    expect(page.get_by_role("alert").get_by_text(problem)).to_be_visible()
    expect(line(page, "pool1")).to_contain_class("waits")
    expect(page.locator("g.unknown")).to_have_count(2)
    page.get_by_role("button", name="Kernel 11").click()
    total(page, "1,952")
    expect(line(page, "pool1")).to_contain_class("broken")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(line(page, "conv1")).to_contain_class("broken")
    page.get_by_role("button", name="Padding 2").click()
    total(page, "2,320")
    expect(page.locator("g.unknown")).to_have_count(0)
    page.wait_for_url("**Conv2d*12*padding*2*MaxPool*")
    again = builder(page.url.partition("network_builder")[2])
    total(again, "2,320")
    again.get_by_role("button", name="Save and load").click()
    saved = json.loads(downloaded(again.get_by_role("button", name="Layers, JSON")).path().read_text())
    assert [node["layer"]["kind"] for node in saved["nodes"]] == ["Conv2d", "MaxPool"]
    picture = downloaded(again.get_by_role("button", name="Picture, SVG"))
    assert picture.path().read_bytes().startswith(b"<svg")


def test_lines_and_boxes_light_each_other_and_keys_move_layers(builder):
    page = builder("?nb_input=3,8,8&nb_layers=Conv2d,8,3;Activation,ReLU;Flatten;Dense,10")
    page.locator("g[data-layer=dense1] .front").hover()
    expect(line(page, "dense1")).to_contain_class("lit")
    line(page, "conv1").locator("b").hover()
    expect(page.locator("g[data-layer=conv1]")).to_contain_class("lit")
    page.locator("g[data-layer=dense1]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Add after dense1")).to_be_visible()
    expect(page.locator("g[data-layer=dense1]")).to_be_focused()
    line(page, "relu1").locator("b").click()
    expect(page.get_by_text("Add after relu1")).to_be_visible()
    expect(line(page, "relu1")).to_contain_class("chosen")
    expect(page.locator("g[data-layer=relu1]")).to_contain_class("chosen")
    page.get_by_role("button", name="Move up: relu1").click()
    expect(page.locator("tbody tr").first).to_have_attribute("data-layer", "relu1")
    line(page, "relu1").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("tbody tr").first).to_have_attribute("data-layer", "conv1")
    expect(line(page, "relu1")).to_be_focused()
    page.keyboard.press("Delete")
    expect(line(page, "relu1")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(line(page, "relu1")).to_have_count(1)


def test_a_network_with_branches_opens_its_stages_on_a_phone(builder, no_sideways_scroll):
    page = builder("", "phone")
    soon(lambda: page.locator(".caption-text").count() > 3, True)
    assert page.locator(".network-drawing .rows svg").evaluate_all(TOUCHED) == []
    page = builder("?nb_start=ResNet-50", "phone")
    expect(page.locator("g.stage")).not_to_have_count(0)
    no_sideways_scroll(page)
    page.locator("g[data-layer=conv3_x] .front").tap()
    expect(page.locator("g.merge")).to_have_count(4)
    no_sideways_scroll(page)
