"""A fresh server, and pages that fail on console errors and on requests that leave it."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Download,
    Locator,
    Page,
    TimeoutError,
    expect,
    sync_playwright,
)

from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
APP = pytest.StashKey[str]()  # where the app is, for the workers
expect.set_options(timeout=15_000)  # as patient as a gesture: what is waited for may be slow to come
SIZES = {"desktop": (1440, 900), "projector": (1280, 720), "narrow": (390, 844), "phone": (390, 844)}
# Below a deep link Streamlit's script first looks for its server one level too deep.
HARMLESS = re.compile(
    r"WebSocket connection to .* failed: (Close received|WebSocket is closed)|ERR_ABORTED"
    r"|404.*/\w+/_stcore/(health|host-config)$"
)
# Files in the order of how long they take: one of them begun last would keep all others waiting.
LONG = [
    *("test_lessons", "test_convolution_2d", "test_photo_filters", "test_sliding_window", "test_frame"),
    *("test_look_inside", "test_network_builder", "test_draw_a_digit", "test_connections", "test_journey"),
    *("test_train", "test_convolution_1d"),
]
# Streamlit is connected, its script is done and no skeleton is left.
STILL = """() => {
  const states = document.querySelector("[data-testid=stApp]")?.dataset;
  return states?.testConnectionState === "CONNECTED" && states.testScriptState === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton]");
}"""
# Goes to another address of the app as a browser's history does, and waits until its script has run: each run
# of a whole page tells its title. That something runs is drawn within two frames, if at all.
FOLLOW = f"""link => new Promise((done, fail) => {{
  const still = {STILL};
  const frames = (count, then) => requestAnimationFrame(() => count > 1 ? frames(count - 1, then) : then());
  const whenStill = (then) => still() ? then() : frames(1, () => whenStill(then));
  let patience;
  const hear = ({{ data }}) => data?.type === "SET_PAGE_TITLE" && finish();
  const finish = () => {{
    window.removeEventListener("message", hear);
    clearTimeout(patience);
    frames(2, () => whenStill(done));
  }};
  setTimeout(() => fail(new Error(`the way to ${{link}} never ended`)), 30000);
  document.activeElement.blur();
  whenStill(() => {{
    patience = setTimeout(finish, 5000);
    window.addEventListener("message", hear);
    history.pushState({{}}, "", link);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }});
}})"""
# Streamlit fades what it shows; nobody looks at it here.
STAND_STILL = """document.addEventListener("DOMContentLoaded", () => {
  const style = document.createElement("style");
  style.textContent = "*, *::before, *::after { transition: none !important; animation: none !important }";
  document.head.append(style);
})"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test; begin with the files that take long."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(*command: str, environment: dict[str, str] | None = None) -> Iterator[str]:
    """Run a server of its own until the block ends; give its address once it is healthy."""
    with _started(*command, environment=environment) as (server, address):
        yield _healthy(address, server)


@contextmanager
def _started(
    *command: str, environment: dict[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen, str]]:
    """Run a server until the block ends; give it, and its address, at once."""
    port = _free_port()
    settings = {
        "PORT": str(port),
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
        **(environment or {}),
    }
    log_path = Path(os.environ.get("PYTEST_SERVER_LOG", os.devnull))
    with log_path.open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log
        )
    try:
        yield server, f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _healthy(address: str, server: subprocess.Popen | None = None) -> str:
    """Wait until a server answers that it is healthy, as long as it lives."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (server is None or server.poll() is None):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return address
        except OSError:
            time.sleep(0.1)
    code = server and server.poll()
    ended = "was not healthy within 60 s" if code is None else f"ended with code {code}"
    raise RuntimeError(f"the server {ended}; set PYTEST_SERVER_LOG to a file to see why")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell each worker where the app is: one server for all of them."""
    stash = node.config.stash
    if APP not in stash:
        kept = ExitStack()
        _, stash[APP] = kept.enter_context(_started("cnnviz.ui.server"))
        node.config.add_cleanup(kept.close)
    node.workerinput["app"] = stash[APP]


@pytest.fixture(scope="session")
def app(request) -> Iterator[str]:
    """Give the address of the app: one server for all tests."""
    told = getattr(request.config, "workerinput", {}).get("app")
    if told:
        yield _healthy(told)
        return
    with serving("cnnviz.ui.server") as address:
        yield address


@pytest.fixture
def serve() -> Callable:
    """Run another server, such as an app around one component: ``with serve("streamlit", "run", path)``."""
    return serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if not path:
        pytest.fail(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.TEST_FLAGS)
        yield browser
        browser.close()


@dataclass(eq=False)
class Visitor:
    """Somebody with a browser of a certain size, appearance and taste for motion."""

    page: Page
    troubles: list[str] = field(default_factory=list)
    sender: str = ""  # the file whose tests go on
    seen: dict[str, str] = field(
        default_factory=dict
    )  # pages of this session, and whose tests were there first

    def look(self, size: str, *, colour: str = "light", motion: str = "reduce") -> None:
        """Look through a window of a certain size, with the taste given."""
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=colour, reduced_motion=motion)

    def open(self, url: str) -> Page:
        """Load an address, with a session of its own, and wait until the page stands still."""
        self.seen = {urlsplit(url).path: self.sender}
        self.page.bring_to_front()
        self.page.goto(url)
        return self.settle()

    def go(self, url: str) -> Page:
        """Go to another address of the app without loading it again, which takes a third of the time.

        Only what an address tells begins anew: keys of widgets are counted on, see `keyed`. A page that the
        tests of another file were on remembers what they did: it is loaded.
        """
        page, (target, here) = self.page, map(urlsplit, (url, self.page.url))
        first = self.seen.setdefault(target.path, self.sender)
        if target[:2] != here[:2] or target[2:] == here[2:] or first != self.sender:
            return self.open(url)
        page.bring_to_front()
        page.keyboard.press("Escape")
        page.mouse.move(5, 5)
        page.evaluate(FOLLOW, urlunsplit(("", "", *target[2:])) or "/")
        return page

    def settle(self) -> Page:
        """Wait until the script has run and everything is drawn."""
        settle(self.page)
        return self.page


def soon(look: Callable[[], object], wanted: object) -> None:
    """Wait until what is looked at is what is wanted, where `expect` knows no such question."""
    deadline = time.monotonic() + 15
    while (seen := look()) != wanted and time.monotonic() < deadline:
        time.sleep(0.03)
    assert seen == wanted


def close_popover(page: Page) -> None:
    """Press Escape until no popover is open: the answer to its opening may have opened it once more."""
    settle(page)
    soon(lambda: page.keyboard.press("Escape") or page.get_by_test_id("stPopoverBody").count(), 0)


def downloaded(button: Locator) -> Download:
    """Press a button for a file; once more where a run made the button anew while it was pressed."""
    for patience in (4_000, 4_000, 15_000):
        settle(button.page)
        try:
            with button.page.expect_download(timeout=patience) as waiting:
                button.click()
            return waiting.value
        except TimeoutError:
            continue
    raise AssertionError(f"no file came: {button.page.get_by_test_id('stPopoverBody').all_inner_texts()}")


def keyed(page: Page, key: str) -> Locator:
    """Find a widget by its key, or the one that took its place when the page set its value."""
    return page.locator(f".st-key-{key}, [class*=st-key-{key}_]").last


def settle(page: Page) -> None:
    """Wait until Streamlit is connected, its script is done and no skeleton is left."""
    page.wait_for_function(STILL, timeout=30_000)


def _watch(visitor: Visitor) -> None:
    """Note what pages tell of errors, of answers that are one, and of requests that find no way out."""

    def note(kind: str, text: str) -> None:
        if not HARMLESS.search(text):
            visitor.troubles.append(f"{kind}: {text}")

    def check_message(message) -> None:
        if message.type == "error":
            note("console", f"{message.text} {message.location.get('url', '')}".strip())

    visitor.page.on("console", check_message)
    visitor.page.on("pageerror", lambda error: note("page error", str(error)))


@cache
def _context(browser: Browser, has_touch: bool) -> BrowserContext:
    """Open a window for pages of all kinds, so that scripts are fetched and compiled once."""
    context = browser.new_context(
        has_touch=has_touch,
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.add_init_script(STAND_STILL)
    context.set_default_timeout(15_000)
    return context


def _visitor(browser: Browser, size: str) -> Visitor:
    """Make a visitor who touches a phone, and has a mouse elsewhere."""
    visitor = Visitor(_context(browser, has_touch=size == "phone").new_page())
    _watch(visitor)
    return visitor


@contextmanager
def visiting(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: ``visit("phone", colour="dark")``; at the end none may have met an error."""
    visitors: list[Visitor] = []

    def make(size: str = "desktop", **looks: str) -> Visitor:
        visitor = _visitor(browser, size)
        visitor.look(size, **looks)
        visitors.append(visitor)
        return visitor

    yield make
    for visitor in visitors:
        visitor.page.close()
    _assert_no_troubles(visitors)


def _assert_no_troubles(visitors: Iterable[Visitor]) -> None:
    """Tell the errors they met, once."""
    troubles = [visitor.troubles.pop(0) for visitor in visitors for _ in [*visitor.troubles]]
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Make visitors for one test."""
    with visiting(browser) as make:
        yield make


class Visitors:
    """Somebody with a mouse and somebody with a phone, who stay: the scripts of a page load once."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.sender = browser, ""
        self.known: dict[bool, Visitor] = {}

    def __call__(self, size: str = "desktop", **looks: str) -> Visitor:
        """Send one of the two, who looks as is said."""
        touches = size == "phone"
        if touches not in self.known:
            self.known[touches] = _visitor(self.browser, size)
        visitor = self.known[touches]
        visitor.look(size, **looks)
        visitor.sender = self.sender
        return visitor


@pytest.fixture(scope="module")
def new_visitors(browser: Browser) -> Iterator[Visitors]:
    """Send visitors for the tests of one file, which leave something behind on other pages."""
    own = Visitors(browser)
    yield own
    for visitor in own.known.values():
        visitor.page.close()
    _assert_no_troubles(own.known.values())


@pytest.fixture(scope="session")
def regulars(browser: Browser) -> Visitors:
    """Hold the visitors of all files."""
    return Visitors(browser)


@pytest.fixture(scope="module")
def visitors(regulars: Visitors, request) -> Iterator[Visitors]:
    """Send visitors who were elsewhere in the app before."""
    regulars.sender = request.node.name
    yield regulars
    _assert_no_troubles(regulars.known.values())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Let nobody go on with a page on which a test has failed."""
    report = yield
    for sent in item.funcargs.values() if report.failed else ():
        if isinstance(sent, Visitors):
            sent.known.clear()
    return report


@pytest.fixture
def no_sideways_scroll() -> Callable[[Page], None]:
    """Assert that nothing is wider than the window."""

    def check(page: Page) -> None:
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"the page is {width[0]} px wide in a window of {width[1]} px"

    return check
