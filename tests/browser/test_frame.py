"""The frame in a real browser: a cold deep link, navigation, safe headers, appearance."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from cnnviz.ui import frame

LESSONS = [page for page in frame.pages() if page.address != "home"]


@pytest.mark.parametrize("command", [("cnnviz.ui.server",), ("streamlit", "run", "app.py")], ids=" ".join)
def test_the_first_visitor_of_a_fresh_server_may_follow_a_deep_link(serve, visit, command):
    """Streamlit would run the page file without the frame, were it not for the guard."""
    with serve(*command) as address:
        page = visit().open(f"{address}/{LESSONS[0].address}")
        expect(page.get_by_role("heading", level=1)).to_have_text(LESSONS[0].title)
        navigation = page.get_by_test_id("stSidebarNav")
        expect(navigation.get_by_role("link")).to_have_count(len(frame.pages()))
        assert page.title() == LESSONS[0].name
        page.close()  # before its server goes


def test_the_home_page_leads_to_every_lesson(app, visitors):
    visitor = visitors()
    main = visitor.go(f"{app}/").get_by_test_id("stMain")
    for lesson in frame.pages():
        if lesson.section != "Start":
            link = main.get_by_role("link", name=lesson.title).first
            expect(link).to_have_attribute("href", re.compile(rf"(^|/){lesson.address}$"))
    main.get_by_role("link", name=LESSONS[-1].title).first.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(LESSONS[-1].title)
    visitor.settle()


@pytest.mark.parametrize("colour", ["light", "dark"])
def test_the_page_follows_the_appearance_of_the_system(app, visitors, colour):
    page = visitors(colour=colour).go(f"{app}/glossary")
    background = page.get_by_test_id("stApp").evaluate("element => getComputedStyle(element).backgroundColor")
    bright = sum(int(part) for part in background.removeprefix("rgb(").rstrip(")").split(",")[:3]) > 380
    assert bright == (colour == "light")


def test_answers_forbid_loading_anything_from_elsewhere(app):
    with urllib.request.urlopen(app) as answer:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
        assert answer.headers["x-content-type-options"] == "nosniff"
