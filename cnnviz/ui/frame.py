"""The frame around every page: navigation in sections, the title, and the way in.

A page describes itself: its docstring says what it shows, and its call of `begin` gives title, section
and place. Navigation, the home page and the tests read that from the file, so a new page is one new file.
"""

import ast
import base64
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cnnviz.kernels.warmup import warm_up_in_background

ROOT = Path(__file__).resolve().parents[2]
ICON = ROOT / "assets" / "icon.png"
STYLE = Path(__file__).with_name("frame.css")
PRESENT_STYLE = Path(__file__).with_name("present.css")
SIDEBAR_WIDTH = 240
SECTIONS = ("Start", "Windows", "Pictures", "Networks", "Architectures")

_running = threading.local()


@dataclass(frozen=True)
class Page:
    """What a page file says of itself."""

    path: Path
    summary: str
    title: str
    section: str
    order: int
    icon: str
    label: str = ""

    @property
    def name(self) -> str:
        """Its name in the navigation, where there is little room."""
        return self.label or self.title

    @property
    def address(self) -> str:
        """Its path in the address bar."""
        return self.path.stem


@cache
def pages() -> tuple[Page, ...]:
    """Read every file in ``pages/``, in the order of navigation."""
    found = [_read(path) for path in sorted((ROOT / "pages").glob("*.py"))]
    return tuple(sorted(found, key=lambda page: (SECTIONS.index(page.section), page.order)))


def _read(path: Path) -> Page:
    """Take summary, title, section, place and icon from a page's source, without running it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    summary = (ast.get_docstring(tree) or "").partition("\n")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "frame.begin":
            title = ast.literal_eval(node.args[0])
            place = {word.arg: ast.literal_eval(word.value) for word in node.keywords if word.arg}
            return Page(path, summary, title, **place)
    raise ValueError(f"{path.name} must call frame.begin")


@cache
def entries() -> dict[str, list]:
    """Make the pages known to Streamlit, by section; the first is the one without a path."""
    sections: dict[str, list] = {}
    for page in pages():
        first = page is pages()[0]
        entry = st.Page(
            page.path,
            title=page.name,
            icon=f":material/{page.icon}:",
            url_path=None if first else page.address,
            default=first,
        )
        sections.setdefault(page.section, []).append(entry)
    return sections


@cache
def _icon_address() -> str:
    """Write the icon as an address that holds it: files of the server are gone at times if many visit it."""
    return f"data:image/png;base64,{base64.b64encode(ICON.read_bytes()).decode()}"


def run() -> None:
    """Show the navigation and run the page that was asked for."""
    st.set_page_config(page_icon=_icon_address(), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    st.html(STYLE)
    warm_up_in_background()
    page = st.navigation(entries())
    _running.inside = True
    try:
        page.run()
    finally:
        _running.inside = False


def leave_directory_mode() -> None:
    """Keep Streamlit from making pages of its own out of ``pages/``, as `st.navigation` does later."""
    PagesManager.uses_pages_directory = False


def begin(title: str, *, section: str, order: int, icon: str, label: str = "") -> None:
    """Open a page; the navigation reads its section, order, icon and short label from here.

    On a fresh ``streamlit run app.py`` whose first visitor follows a link to a page, Streamlit runs the
    page file by itself, without the frame. Then the run starts again.
    """
    del section, order, icon, label
    if not getattr(_running, "inside", False):
        leave_directory_mode()
        st.rerun()
    # The container is there in both views: a fragment that moved would not hear what was asked of it.
    with st.container(key="frame_view"):
        if _settle_view():
            st.html(PRESENT_STYLE)
            st.button(
                "Leave presenter view",
                key="frame_leave",
                on_click=present,
                args=(False,),
                help="Shows everything again; so does P, where there is a player.",
            )
    memory = st.session_state
    memory["frame_before"], memory["frame_page"] = memory.get("frame_page"), title
    st.title(title, anchor=False)


def came_from_another_page() -> bool:
    """Tell whether the run before this one was of another page."""
    return st.session_state.get("frame_before") != st.session_state.get("frame_page")


def went_back_or_forward() -> bool:
    """Tell whether this run was asked for by the browser's buttons for its history."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def presenting() -> bool:
    """Tell whether the page is shown large, with nothing but its player: ``?present=1``."""
    shown = st.session_state.get("frame_presents")
    return _in_address() if shown is None else shown


def present(on: bool) -> None:
    """Enter or leave the presenter view from the next run of the whole page on."""
    st.session_state["frame_wish"] = st.session_state["frame_presents"] = on
    _write_address(on)


def asked_by(key: str) -> Callable[[], None]:
    """Make a callback for a component that says which view it wants, true for the presenter's."""

    def take() -> None:
        wish = st.session_state[key].get("present")
        if isinstance(wish, bool):
            present(wish)

    return take


def follow_wish() -> None:
    """Run the whole page again if another view was asked for; a fragment knows no newer address than ours."""
    if "frame_wish" in st.session_state:
        st.rerun()
    if _in_address() != presenting():
        _write_address(presenting())


def _settle_view() -> bool:
    """Choose the view of a run of the whole page: what was asked for, else what the address says."""
    wish = st.session_state.pop("frame_wish", None)
    if wish is not None and wish != _in_address():
        _write_address(wish)
    st.session_state["frame_presents"] = _in_address()
    return presenting()


def _in_address() -> bool:
    return st.query_params.get("present") == "1"


def _write_address(on: bool) -> None:
    """Let the address bar say which view is shown; it may be newer than the address that we were given."""
    if on or not _in_address():
        st.query_params["present"] = "1"
    if not on:
        del st.query_params["present"]
