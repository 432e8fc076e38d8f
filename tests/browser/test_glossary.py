"""The glossary and the cards of terms in a real browser: by pointer, key and touch, in any language."""

from playwright.sync_api import Page, expect

from cnnviz.presets.glossary import TERMS
from tests.browser.conftest import soon

KERNEL = TERMS["kernel"]


def term(page: Page):
    return page.locator(".paragraphs").get_by_role("button", name="kernel")


def test_a_term_opens_its_card_by_pointer_and_by_key(app, visitors):
    page = visitors("desktop").go(f"{app}/glossary")
    card = page.locator(".paragraphs .card")
    expect(card).to_be_hidden()
    term(page).hover()
    expect(card).to_be_visible()
    for text in (KERNEL.korean, KERNEL.chinese, KERNEL.meaning, *KERNEL.see):
        expect(card).to_contain_text(text)
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    term(page).press("Enter")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(term(page)).to_be_focused()


def test_a_card_opens_by_touch_stays_in_the_window_and_closes_by_touching_elsewhere(app, visitors):
    page = visitors("phone").go(f"{app}/glossary")
    card = page.locator(".paragraphs .card")
    term(page).tap()
    expect(card).to_be_visible()
    expect(card).to_be_in_viewport(ratio=1)
    page.get_by_role("heading", level=1).tap()
    expect(card).to_be_hidden()


def test_the_table_is_searched_in_any_language(app, visitors):
    page = visitors("desktop").go(f"{app}/glossary")
    rows, field = page.locator("tbody tr:visible"), page.get_by_role("searchbox")
    expect(rows).to_have_count(len(TERMS))
    for text in ("cross-correlation", TERMS["cross-correlation"].korean, TERMS["cross-correlation"].chinese):
        field.fill(text)
        expect(rows.filter(has_text=TERMS["cross-correlation"].meaning)).to_have_count(1)
        soon(lambda: rows.count() < 6, True)
    field.fill("no such word")
    expect(page.get_by_text("No term matches")).to_be_visible()
    field.press("Escape")
    expect(rows).to_have_count(len(TERMS))
    rows.filter(has_text=KERNEL.meaning).get_by_role("button", name="filter").click()
    expect(field).to_have_value("filter")
