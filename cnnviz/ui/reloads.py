"""What a visitor finds again after a reload: Streamlit begins a new session then, the browser is the same.

Streamlit gives every browser a random token against forged requests; it names the browser here. A desk goes
over to a new session only when its own has ended, so that two windows do not share one.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

COOKIE = "_streamlit_xsrf"
MOST = 16  # sessions whose things are held

_lock = threading.Lock()
_held: OrderedDict[str, tuple[str, Any]] = OrderedDict()  # session -> browser, thing


def token(cookie: str) -> str:
    """Take the mask off a cookie of the form version|mask|masked token|time; empty if it is another."""
    parts = cookie.split("|")
    try:
        mask, masked = (bytes.fromhex(part) for part in parts[1:3])
    except ValueError:
        return ""
    if len(mask) != 4:
        return ""
    return bytes(byte ^ mask[at % 4] for at, byte in enumerate(masked)).hex()


def found_again(make: Callable[[], Any]) -> Any:
    """Give what the last session of this browser held, if it has ended; else make something new."""
    context = get_script_run_ctx()
    browser = token(st.context.cookies.get(COOKIE, ""))
    if context is None or not browser or not st.runtime.exists():
        return make()
    return handed_over(context.session_id, browser, get_instance().is_active_session, make)


def handed_over(session: str, browser: str, active: Callable[[str], bool], make: Callable[[], Any]) -> Any:
    """Move a thing from an ended session of a browser to a new one, or make it."""
    with _lock:
        ended = [one for one, (owner, _) in _held.items() if owner == browser and not active(one)]
        thing = _held.pop(ended[-1])[1] if ended else make()
        _held[session] = browser, thing
        while len(_held) > MOST:
            _held.popitem(last=False)
        return thing
