"""The photo page in a real browser: upload, filter, wipe, probe, save, follow a link, on a phone."""

import io
import re
from collections.abc import Callable
from urllib.parse import parse_qs

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import downloaded, settle, soon

PICTURES = {"Cat": "cat.jpg", "Coffee": "coffee.jpg"}
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def source(name: str) -> np.ndarray:
    """Read a built-in picture without the program."""
    return np.asarray(Image.open(f"assets/pictures/{PICTURES[name]}").convert("RGB")).astype(int)


def slid(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel of 3 by 3 over every channel of a mirrored picture."""
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)), mode="reflect")
    height, width = image.shape[:2]
    return sum(kernel[u, v] * padded[u : u + height, v : v + width] for u in range(3) for v in range(3))


def jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    """Make a picture that is red at its stored top left and blue elsewhere."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height // 2))
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    image.save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()


@pytest.fixture
def open_photo(app, new_visitors) -> Callable[..., Page]:
    """Open the page with some parameters and wait for the picture."""

    def open_page(query: str = "", size: str = "desktop", colour: str = "light") -> Page:
        page = new_visitors(size, colour=colour).go(f"{app}/photo_filters?{query}")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        expect(name_of_result(page)).to_contain_text(asked.get("ph_filter", "Sobel x"))
        picture = asked.get("ph_picture", "Astronaut")
        if picture in (*PICTURES, "Astronaut"):
            expect(page.locator(".photo-frame .before")).to_have_attribute(
                "alt", f"The picture before: {picture}"
            )
        expect(page.locator(".photo-frame .after")).to_be_visible()
        return page

    return open_page


def upload(page: Page, name: str, content: bytes) -> None:
    page.get_by_role("button", name="Picture").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    settle(page)
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": content}
    )


def choose(page: Page, label: str, option: str) -> None:
    settle(page)
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def after(page: Page) -> str:
    return page.locator(".photo-frame .after").get_attribute("src")


def await_change(page: Page, before: str) -> None:
    """Wait for another picture after; addresses are too long to be printed."""
    page.wait_for_function(
        "([image, before]) => image.src !== before",
        arg=[page.locator(".photo-frame .after").element_handle(), before],
    )


def name_of_result(page: Page):
    return page.locator(".photo-frame .name.right")


def probe_head(page: Page) -> Locator:
    """Find what is told of a pixel: while a run goes on, what stood there before may still stand below."""
    return page.locator(".probe-head").first


def probe_at(page: Page, down: float, across: float) -> tuple[int, int]:
    """Click the picture and return the row and column it looks at, counted from 0 as arrays do."""
    frame = page.locator(".photo-frame")
    box = frame.bounding_box()
    before = probe_head(page).inner_text()
    frame.click(position={"x": across * box["width"], "y": down * box["height"]})
    expect(probe_head(page)).not_to_have_text(before, use_inner_text=True)
    settle(page)
    return place_of(page)


def place_of(page: Page) -> tuple[int, int]:
    row, column = re.match(r"Row (\d+), column (\d+)", probe_head(page).inner_text()).groups()
    return int(row) - 1, int(column) - 1


def numbers(page: Page, selector: str) -> list[float]:
    return [float(text.replace("−", "-")) for text in page.locator(selector).all_inner_texts()]


def test_a_turned_photo_is_shown_upright_and_large_ones_at_a_stated_size(open_photo):
    page = open_photo()
    upload(page, "holiday.jpg", jpeg(1280, 960, orientation=6))
    caption = page.locator(".wipe .caption").first  # see `probe_head`
    expect(caption).to_contain_text("Worked on at 900 × 1200 of 960 × 1280")
    picture = page.locator(".photo-frame .before")
    soon(lambda: picture.evaluate("image => [image.naturalWidth, image.naturalHeight]"), [900, 1200])
    settle(page)
    page.get_by_text("Full resolution").click()
    expect(caption).to_contain_text("Worked on in full, 960 × 1280, result 960 × 1280 pixels")
    row, column = probe_at(page, 0.25, 0.75)  # the stored top left is the upright top right
    assert abs(row - 320) + abs(column - 720) <= 6
    assert "own" not in page.url
    page.get_by_text("Full resolution").click()
    expect(caption).to_contain_text("Worked on at 900 × 1200")


BROKEN = {
    "This file is empty.": b"",
    "This is a PDF document": b"%PDF-1.7 not a picture",
    "This picture is damaged or cut off": jpeg(300, 200)[:900],
}


def test_a_broken_file_gives_one_sentence_and_loses_nothing(open_photo):
    page = open_photo("ph_picture=Cat&ph_filter=Emboss")
    before = after(page)
    for sentence, content in BROKEN.items():
        upload(page, "holiday.jpg", content)
        expect(page.get_by_role("alert")).to_contain_text(sentence)
        expect(page.get_by_role("alert")).to_have_count(1)
        expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
        settle(page)
        assert after(page) == before


def test_filters_and_their_settings_change_the_picture(open_photo):
    page = open_photo("ph_picture=Cat")
    seen = {after(page)}
    for name in ("Box blur", "Sharpen", "Laplacian"):
        choose(page, "Filter", name)
        expect(name_of_result(page)).to_contain_text(name)
        seen.add(after(page))
    choose(page, "Filter", "Gaussian blur")
    expect(name_of_result(page)).to_have_text("Gaussian blur, as saved in 8 bits")
    seen.add(blurred := after(page))
    page.get_by_role("slider", name="Sigma").focus()
    page.keyboard.press("End")
    await_change(page, blurred)
    seen.add(after(page))
    assert len(seen) == 6
    expect(page.get_by_text("Sum 1: keeps brightness.")).to_be_visible()


def test_a_probed_pixel_is_patch_times_kernel_and_the_saved_file_holds_what_eight_bits_keep(open_photo):
    page = open_photo("ph_picture=Cat&ph_colour=Each%20channel&ph_filter=Sobel%20x")
    row, column = probe_at(page, 0.3, 0.8)
    image = source("Cat")
    assert abs(row - 0.3 * 300) <= 2
    assert abs(column - 0.8 * 451) <= 2
    patch = image[row - 1 : row + 2, column - 1 : column + 2]
    together = page.locator(".probe-grids figure").count() == 3
    assert (
        numbers(page, ".pixel .value")
        == (patch.transpose(2, 0, 1) if together else patch[..., 0]).ravel().tolist()
    )
    assert numbers(page, ".probe-grids figure:first-child .pixel .weight") == SOBEL.ravel().tolist()
    sums = (patch * SOBEL[..., None]).sum(axis=(0, 1))
    assert numbers(page, "b.output") == (sums.tolist() if together else [sums[0]])
    assert np.array_equal(slid(image, SOBEL)[row, column], sums)
    file = downloaded(page.get_by_role("button", name="Save"))
    assert file.suggested_filename == "sobel-x.png"
    kept = np.asarray(Image.open(file.path()))
    assert np.array_equal(kept, np.clip(slid(image, SOBEL), 0, 255))


def test_arrow_keys_move_the_probe_and_every_number_follows(open_photo):
    page = open_photo("ph_picture=Coffee&ph_colour=Each%20channel&ph_filter=Identity")
    row, column = probe_at(page, 0.6, 0.7)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(probe_head(page)).to_contain_text(f"Row {row + 11}, column {column + 2} ")
    expected = source("Coffee")[row + 10, column + 1]
    found = numbers(page, "b.output")
    assert found == expected.tolist()[: len(found)]
    page.wait_for_url("**at=*")


def test_three_channels_add_up_to_one_map(open_photo):
    page = open_photo("ph_picture=Cat&ph_colour=Summed%20(CNN)&ph_filter=Laplacian&ph_offset=7")
    row, column = probe_at(page, 0.4, 0.3)
    kernel = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    sums = slid(source("Cat"), kernel)[row, column]
    assert numbers(page, "b.output")[-1] == sums.sum() + 7
    assert numbers(page, "b.output")[:-1] == sums.tolist()[: len(numbers(page, "b.output")) - 1]
    assert page.locator(".sum-line b.bias").inner_text() == "7"


def test_the_wipe_follows_pointer_and_keys_and_signed_values_the_appearance(open_photo):
    page = open_photo("ph_picture=Cat")
    handle = page.get_by_role("slider", name="Wipe between before and after")

    def at(percent: int) -> None:
        soon(lambda: abs(int(handle.get_attribute("aria-valuenow")) - percent) <= 1, True)

    expect(handle).to_have_attribute("aria-valuenow", "50")
    box = page.locator(".photo-frame").bounding_box()
    middle = box["y"] + box["height"] / 2
    place = probe_head(page).inner_text()
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, middle, steps=5)
    page.mouse.up()
    at(20)
    handle.focus()
    page.keyboard.press("ArrowRight")
    at(22)
    page.keyboard.press("End")
    expect(handle).to_have_attribute("aria-valuenow", "100")
    clip = "image => getComputedStyle(image).clipPath.startsWith('inset(0')"
    soon(lambda: page.locator(".photo-frame .before").evaluate(clip), True)
    assert probe_head(page).inner_text() == place
    light = after(page)
    page.emulate_media(color_scheme="dark")
    await_change(page, light)
    page.emulate_media(color_scheme="light")


def test_a_copied_link_shows_the_same_on_another_machine(open_photo, visit):
    page = open_photo()
    page.get_by_role("button", name="Picture").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    choose(page, "Picture", "Coffee")
    page.wait_for_url("**ph_picture=Coffee*")
    choose(page, "Filter", "Box blur")
    page.wait_for_url("**ph_filter=Box*")
    expect(name_of_result(page)).to_contain_text("Box blur")
    before = after(page)
    choose(page, "Colour", "Each channel")
    page.wait_for_url("**ph_colour=Each*")
    await_change(page, before)
    settle(page)
    probe_at(page, 0.31, 0.77)
    page.wait_for_url("**ph_at=*")
    settle(page)
    seen = after(page), page.locator(".probe").inner_text()
    again = visit().open(page.url)
    soon(lambda: (after(again), again.locator(".probe").inner_text()) == seen, True)


def test_a_damaged_link_falls_back_with_one_sentence(open_photo):
    page = open_photo("ph_picture=Nobody&ph_stride=%3Cscript%3E&ph_filter=Emboss")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text("A part of the link was left out")
    expect(name_of_result(page)).to_contain_text("Emboss")


def test_a_kernel_of_ones_own_is_read_and_a_wrong_one_changes_nothing(open_photo):
    page = open_photo("ph_picture=Cat&ph_filter=Custom&ph_kernel=0,1;2,0")
    field = page.get_by_role("textbox", name="Weights")
    expect(field).to_have_value("0 1\n2 0")
    first = after(page)
    expect(page.get_by_text("Sum 3: flat areas are multiplied by 3.")).to_be_visible()
    field.fill("1/2 0 -1/2")
    field.press("Control+Enter")
    expect(page.get_by_text("Sum 0: flat areas become 0, so it finds edges.")).to_be_visible()
    expect(field).to_have_count(1)  # the one that shows what was read has taken its place
    expect(field).to_have_value("0.5 0 -0.5")
    await_change(page, first)
    settle(page)
    before = after(page)
    field.fill("1 2; 3")
    field.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("row 2 must have 2 numbers", ignore_case=True)
    settle(page)
    assert after(page) == before


def test_a_phone_shows_everything_without_scrolling_sideways(open_photo, no_sideways_scroll):
    page = open_photo("ph_picture=Cat&ph_filter=Gabor", size="phone", colour="dark")
    no_sideways_scroll(page)
    frame = page.locator(".photo-frame")
    box = frame.bounding_box()
    assert box["width"] > 320
    before = probe_head(page).inner_text()
    frame.tap(position={"x": box["width"] * 0.2, "y": box["height"] * 0.3})
    expect(probe_head(page)).not_to_have_text(before, use_inner_text=True)
    soon(lambda: page.locator(".cells").first.bounding_box()["width"] <= 370, True)
    no_sideways_scroll(page)
