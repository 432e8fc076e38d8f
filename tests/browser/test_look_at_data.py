"""The page that looks at data in a real browser: a walk in the gallery, numbers, the way to training."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle


@pytest.fixture
def look(app, visitors) -> Callable[[str, str], Page]:
    """Go to a link, and wait for the image it shows large."""

    def go(link: str, title: str) -> Page:
        page = visitors("projector").go(f"{app}/look_at_data?{link}")
        expect(page.locator(".numbers figcaption").first).to_have_text(title)
        return page

    return go


def test_arrows_walk_the_gallery_and_enter_shows_an_image_large(look):
    page = look("da_image=3", "Image 3, label 3, 8 × 8")
    images = page.locator(".gallery .image")
    expect(images.nth(3)).to_have_attribute("aria-pressed", "true")
    images.nth(3).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(images.nth(14)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".numbers figcaption").first).to_have_text("Image 14, label 4, 8 × 8")
    page.wait_for_url("**da_image=14*")
    settle(page)
    page.get_by_role("button", name="Next page").click()
    expect(page.locator(".gallery .head output").first).to_have_text("81 to 160 of 1,442 images")
    settle(page)
    page.get_by_role("button", name="Class 5: 146 images").click()
    expect(page.locator(".gallery .head output").first).to_have_text("1 to 80 of 146 images")
    expect(page.locator(".numbers figcaption").first).to_have_text("Image 5, label 5, 8 × 8")


def test_every_number_is_read_and_a_large_image_enlarges_a_part(look):
    page = look("da_scaling=Standardised", "Image 0, label 0, 8 × 8")
    expect(page.locator(".numbers .input .labels text")).to_have_count(64)
    board = page.locator(".numbers .input .board")
    board.focus()
    expect(page.locator(".line")).to_have_text("Row 3, column 3: (15 − 4.88) / 6.02 = 1.68")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".line")).to_have_text("Row 3, column 2: (3 − 4.88) / 6.02 = −0.31")
    page = look("da_source=Strokes", "Image 0, label 2, 28 × 28")
    expect(page.locator(".numbers .input .labels text")).to_have_count(0)
    expect(page.locator(".numbers .output .labels text")).to_have_count(25)
    page.locator(".numbers .input .board").hover(position={"x": 3, "y": 3})
    expect(page.locator(".line")).to_have_text("Row 1, column 1: 0")
    expect(page.locator(".numbers .output figcaption")).to_have_text("Rows 1 to 5, columns 1 to 5")


def test_losses_arrive_and_the_way_leads_to_training_on_the_same_data(look):
    page = look("da_source=Strokes&da_rate=0.005", "Image 0, label 2, 28 × 28")
    expect(page.locator(".losses .told").last).to_contain_text("of 500 held-out images", timeout=15_000)
    page.get_by_role("link", name="Train on this data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train a network while you watch")
    expect(page.get_by_role("combobox", name="Data")).to_have_value("Strokes")
    page.get_by_role("link", name="Look at this data").click()
    expect(page.locator(".numbers figcaption").first).to_have_text("Image 0, label 2, 28 × 28")


def test_each_part_of_the_presenter_view_fits_a_projector_and_hears_p(look):
    page = look("present=1", "Image 0, label 0, 8 × 8")
    expect(page.locator(".lesson.present.numbers .input .labels text")).to_have_count(64)
    for part, seen in [("Pixels", ".spreads"), ("Learning", ".runs path.loss"), ("Classes", ".bars .name")]:
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollHeight") <= 720
        page.get_by_role("radio", name=part).click()
        expect(page.locator(seen).first).to_be_visible()
        expect(page.locator(".gallery")).to_have_count(0)
        settle(page)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollHeight") <= 720
    page.get_by_role("heading", name="Classes").click()
    page.keyboard.press("p")
    expect(page.locator(".lesson:not(.present) .images").first).to_be_visible()
    page.wait_for_url(lambda address: "present" not in address)
