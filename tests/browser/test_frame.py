"""The frame in a real browser: a cold deep link, navigation, safe headers, appearance.

That every page is reached by its link and fits the window is in test_lessons.py.
"""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from cnnviz.ui import frame
from tests.browser.appearance import assert_appearance
from tests.browser.conftest import soon

LESSONS = [page for page in frame.pages() if page.address != "home"]


@pytest.mark.parametrize(
    ("command", "colour"), [("cnnviz.ui.server", "light"), ("streamlit run app.py", "dark")]
)
def test_the_first_visitor_of_a_fresh_server_may_follow_a_deep_link(serve, visit, command, colour):
    """It holds numbers. Without the guard Streamlit would run the page file without the frame."""
    lesson = next(page for page in LESSONS if page.address == "convolution_2d")
    query = "?c2_input=1,0,2;0,1,-1;3,3,3&c2_kernel=1,0;0,2&c2_padding=1&c2_stride=2&c2_bias=0.5&step=2"
    with serve(*command.split()) as address:
        page = visit(colour=colour).open(f"{address}/{lesson.address}{query}")
        expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
        navigation = page.get_by_test_id("stSidebarNav")
        expect(navigation.get_by_role("link")).to_have_count(len(frame.pages()))
        assert page.title() == lesson.name
        assert_appearance(page, colour)
        expect(page.locator(".count")).to_have_text("3 / 4")
        expect(page.get_by_text("Input 3 × 3 with padding")).to_be_visible()
        page.get_by_role("button", name="Last stop").click()
        numbers = page.locator(".output .labels text")
        soon(numbers.all_text_contents, ["2.50", "4.50", "6.50", "7.50"])
        expect(page.get_by_test_id("stAlertContentWarning")).to_have_count(0)
        page.close()  # before its server goes


def test_the_home_page_leads_to_every_lesson(app, visitors):
    visitor = visitors()
    main = visitor.go(f"{app}/").get_by_test_id("stMain")
    last = main.get_by_role("link", name=LESSONS[-1].title).first
    expect(last).to_be_visible()
    links = main.get_by_role("link").evaluate_all(
        "links => links.map((link) => [link.textContent, link.getAttribute('href')])"
    )
    for lesson in frame.pages():
        if lesson.section != "Start":
            address = next(address for text, address in links if lesson.title in text)
            assert re.search(rf"(^|/){lesson.address}$", address)
    last.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(LESSONS[-1].title)
    visitor.settle()


def test_answers_forbid_loading_anything_from_elsewhere(app):
    with urllib.request.urlopen(app) as answer:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
        assert answer.headers["x-content-type-options"] == "nosniff"
