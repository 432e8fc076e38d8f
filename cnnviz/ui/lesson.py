"""What every lesson shows around its picture, written once: scenes, link, code, files, and what it is from.

Each function takes the page's `Lesson`; keys of widgets begin with its prefix.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cnnviz.ui import controls, files, frame
from cnnviz.ui.components.code import show_program
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.memory import quoted, sentence
from cnnviz.ui.state import link

LONG_LINK = 2000
Draw = tuple  # a function that draws, and its arguments but for the name of the theme, which comes last


def choose_scene(lesson: Lesson, *, width: int = 225) -> None:
    """Offer the scenes of the page, and a way back to the one chosen."""
    shown = lesson.now()
    controls.choose(
        "Scene",
        shown.scene,
        {name: scene.title for name, scene in lesson.scenes.items()},
        lesson.start,
        key=f"{lesson.prefix}scene",
        label_visibility="collapsed",
        width=width,
        help="Show another worked example, from its first stop.",
    )
    st.button(
        "Reset",
        key=f"{lesson.prefix}reset",
        on_click=lesson.start,
        args=(shown.scene,),
        disabled=not shown.changed,
        help="Back to the scene as it was." if shown.changed else "Nothing is changed yet.",
    )


def edit_text(
    lesson: Lesson,
    label: str,
    text: str,
    take: Callable[[str], None],
    *,
    key: str,
    help: str,
    height: int = 150,
) -> None:
    """Offer numbers as text; a text that ``take`` refuses stays as it is, with a sentence below."""
    unread = _unread(lesson).get(key)
    controls.choose_text(
        label,
        unread.text if unread else text,
        lambda written: take_text(lesson, label, written, take, key=key),
        key=f"{lesson.prefix}text_{key}",
        help=help,
        height=height,
    )
    if unread:
        st.error(quoted(unread.problem))


def take_text(lesson: Lesson, label: str, text: str, take: Callable[[str], None], *, key: str) -> None:
    """Read a text, or keep it and what is wrong with it."""
    kept = {name: each for name, each in _unread(lesson).items() if name != key}
    try:
        take(text)
    except ValueError as problem:
        kept[key] = Unread(label, text, sentence(problem), lesson.turn())
    st.session_state[f"{lesson.prefix}unread"] = kept


@dataclass(frozen=True)
class Unread:
    """A text that waits to be mended, since which start of the lesson."""

    label: str
    text: str
    problem: str
    turn: int


def _unread(lesson: Lesson) -> dict[str, Unread]:
    """Give the texts that wait; another scene makes them void."""
    kept = st.session_state.get(f"{lesson.prefix}unread", {})
    return {key: unread for key, unread in kept.items() if unread.turn == lesson.turn()}


def show_complaints(lesson: Lesson) -> None:
    """Say what was refused last, and what is wrong with texts that wait to be mended."""
    waiting = [f"{unread.label} as text: {unread.problem}" for unread in _unread(lesson).values()]
    for refused in filter(None, (lesson.memory.complaint(), *waiting)):
        st.warning(quoted(refused), icon=":material/error:")


def present_button(lesson: Lesson) -> None:
    """Offer the presenter view."""
    if st.button(
        "Present",
        key=f"{lesson.prefix}present",
        help="Large numbers for a projector, and nothing but the player. P does the same.",
    ):
        frame.present(True)
        st.rerun()


def share(lesson: Lesson) -> None:
    """Offer the link to what is shown, ready to be copied; a page calls this once the stop is known.

    To open it asks for no run: the answer would open it again if it was closed in the meantime.
    """
    address = link(lesson.prefix, lesson.memory.write(lesson.now()))
    with st.popover("Share", key=f"{lesson.prefix}share"):
        st.code(address, language=None, wrap_lines=True)
        st.caption("The link carries all numbers, settings and the stop. The address bar holds the same.")
        if len(address) > LONG_LINK:
            st.caption(f"It has {len(address):,} characters; some mail programs cut links that long.")


def appearance() -> str:
    """Tell whether the page is light or dark."""
    return st.context.theme.type or "light"


def choose_appearance(prefix: str) -> str:
    """Offer light or dark for what is saved; the page's own comes first."""
    kept = f"{prefix}saved_as"

    def keep(chosen: str) -> None:
        st.session_state[kept] = chosen

    chosen = st.session_state.get(kept, appearance())
    controls.choose_segment(
        "Appearance",
        chosen,
        {"light": "Light", "dark": "Dark"},
        keep,
        key=f"{prefix}appearance",
        help="Draws what is saved for a light or a dark slide.",
    )
    return chosen


def take_along(
    lesson: Lesson,
    name: str,
    *,
    png: Draw,
    gif: Draw | None = None,
    step: int | None = None,
    remark: str = "",
) -> None:
    """Offer the presenter view, the link, and pictures: of the present stop, and of the whole run."""
    present_button(lesson)
    share(lesson)
    with st.popover("Save"):
        _offer_pictures(lesson.prefix, name, png, gif, step, remark)


def _offer_pictures(
    prefix: str, name: str, png: Draw, gif: Draw | None, step: int | None, remark: str
) -> None:
    """Offer pictures for a slide; each is drawn when asked for."""
    theme = choose_appearance(prefix)
    label, file = ("This picture", name) if step is None else ("This stop", f"{name}-stop-{step + 1}")
    files.offer(f"{label}, PNG", f"{file}.png", "image/png", *png, theme, key=f"{prefix}png")
    if gif:
        files.offer("Whole run, GIF", f"{name}.gif", "image/gif", *gif, theme, key=f"{prefix}gif")
    st.caption(f"{remark} Sized for a slide.".strip())


def placed(lesson: Lesson) -> dict[str, Any]:
    """Tell a player where it stands, when it starts from scratch, and how large it is."""
    step = lesson.now().step
    return {"step": step, "scene": str(lesson.turn()), "present": frame.presenting()}


def tell_scene(lesson: Lesson) -> None:
    """Say what to notice in the scene, where it is from, and what its source prints wrongly."""
    shown, scene = lesson.now(), lesson.now().origin
    st.subheader("In the lectures", anchor=False)
    start = "You have changed this scene. Before your change: " if shown.changed else ""
    st.markdown(f"**{scene.title}.** {start}{scene.notice}")
    if scene.erratum and not shown.changed:
        st.info(scene.erratum, icon=":material/history_edu:")
    st.caption(f"{scene.source}.")


def show_code(writers: Mapping[str, Callable[[Any], str]], setup: Any, *, key: str) -> None:
    """Show the same as code, one library a tab; only the open one is written."""
    st.subheader("The same in code", anchor=False)
    tabs = st.tabs(list(writers), key=key, on_change="rerun")
    for tab, (library, write) in zip(tabs, writers.items(), strict=True):
        if tab.open:
            with tab:
                show_program(write(setup), name=f"{library} code", key=f"{key}_{library}")


def show_source(loop: Callable[[], str], *, key: str) -> None:
    """Offer the source of the compiled loop that ran."""
    shown = st.expander("The loop that ran", key=key, on_change="rerun")
    if shown.open:
        with shown:
            st.caption(
                "Numba compiled this function to machine code; one call of it computed the whole output."
            )
            show_program(loop(), name="loop", key=f"{key}_source")
