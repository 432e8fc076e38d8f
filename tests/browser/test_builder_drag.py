"""A layer of the network builder is dragged by its grip, with the mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

ORDER = "lines => lines.map((line) => line.dataset.layer)"


@pytest.fixture
def page(app, visitors) -> Page:
    """Go to the page with its first network."""
    page = visitors("projector").go(f"{app}/network_builder")
    expect(page.locator("tr[data-layer=conv1] .grip")).to_be_visible()
    return page


def take(page: Page, name: str) -> None:
    """Press the mouse on the grip of a layer."""
    box = page.locator(f"tr[data-layer={name}] .grip").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def over(page: Page, name: str, part: float) -> None:
    """Move the mouse to a height within the line of a layer."""
    box = page.locator(f"tr[data-layer={name}]").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + part * box["height"])


def test_a_layer_is_dragged_to_another_place_and_a_press_alone_chooses_it(page):
    lines = page.locator("tr[data-layer]")
    take(page, "pool1")
    over(page, "relu1", 0.2)
    expect(page.locator("tr[data-layer=pool1]")).to_contain_class("held")
    expect(page.locator("tr[data-layer=relu1]")).to_contain_class("before")
    page.mouse.up()
    expect(lines.nth(1)).to_have_attribute("data-layer", "pool1")
    assert lines.evaluate_all(ORDER)[:4] == ["conv1", "pool1", "relu1", "conv2"]
    expect(page.locator("tr[data-layer=pool1]")).to_contain_class("chosen")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(lines.nth(1)).to_have_attribute("data-layer", "relu1")
    settle(page)  # a run makes the lines anew
    take(page, "conv1")
    page.mouse.up()
    expect(page.locator("tr[data-layer=conv1]")).to_contain_class("chosen")
    assert lines.evaluate_all(ORDER)[:3] == ["conv1", "relu1", "pool1"]
