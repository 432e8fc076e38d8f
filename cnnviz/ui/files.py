"""Files to take along, drawn when somebody asks for them."""

from collections.abc import Callable, Hashable
from functools import lru_cache

import streamlit as st


@lru_cache(maxsize=16)
def made(draw: Callable[..., bytes], *parts: Hashable) -> bytes:
    """Draw a file once for as long as it is among the last sixteen that were asked for."""
    return draw(*parts)


def offer(label: str, name: str, mime: str, draw: Callable[..., bytes], *parts: Hashable, key: str) -> None:
    """Offer a file that is made when somebody asks for it."""
    st.download_button(
        label, lambda: made(draw, *parts), name, mime, key=key, on_click="ignore", width="stretch"
    )
