"""What a page shows, kept for the session and told to the address bar, the same way for every page.

A page hands over two functions, from a link to its state and from its state to a link. Widgets ask for
changes; what cannot be is refused with one sentence, and what was there before stays.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from cnnviz.ui.following import start_over
from cnnviz.ui.frame import came_from_another_page, went_back_or_forward
from cnnviz.ui.state import asked_for, publish

State = TypeVar("State")
Address = Mapping[str, list[str]]
MOST_TOLD = 32  # addresses that a browser may not have heard of when it sends what a widget holds


@dataclass(frozen=True)
class Memory(Generic[State]):
    """The state of one page.

    Parameters
    ----------
    prefix : str
        Of the page's parameters and of its keys in the session.
    read : callable
        From the parameters of a link to a state and a sentence about what was left out, or none.
    write : callable
        From a state to the parameters of its link.
    """

    prefix: str
    read: Callable[[Mapping[str, list[str]]], tuple[State, str]]
    write: Callable[[State], dict[str, str]]

    def arrive(self) -> None:
        """Start a run of the whole page: follow the address bar if it was changed from outside."""
        asked = asked_for(self.prefix)
        if f"{self.prefix}shown" not in st.session_state or self._changed_from_outside(asked):
            self._heard(asked)
            shown, complaint = self.read(asked)
            start_over()
            self.put(shown)
            self.complain(complaint)

    def _changed_from_outside(self, asked: Address) -> bool:
        """Tell whether somebody else than this page wrote the address: a link, or back and forward.

        What a widget sends was written before the browser knew the last address, if one is quick: then it
        comes with one that we told earlier. Only back and forward mean such an address.
        """
        told = self._told()
        if came_from_another_page():
            return bool(asked) and asked not in told[-1:]
        return asked not in (told[-1:] if went_back_or_forward() else told)

    def now(self) -> State:
        """Give what the page shows."""
        return st.session_state[f"{self.prefix}shown"]

    def note(self, shown: State) -> None:
        """Keep what the page shows by now."""
        st.session_state[f"{self.prefix}shown"] = shown

    def put(self, shown: State) -> None:
        """Show something else from scratch."""
        self.note(shown)
        st.session_state[f"{self.prefix}turn"] = self.turn() + 1

    def turn(self) -> int:
        """Count how often the page started from scratch."""
        return st.session_state.get(f"{self.prefix}turn", 0)

    def change(self, alter: Callable[[State], State]) -> None:
        """Change what is shown, or refuse it with a sentence."""
        try:
            self.note(alter(self.now()))
            self.complain("")
        except ValueError as problem:
            self.complain(sentence(problem))

    def complain(self, complaint: str) -> None:
        """Keep a sentence for the page to show."""
        st.session_state[f"{self.prefix}complaint"] = complaint

    def complaint(self) -> str:
        """Give the sentence about what was refused last; empty if nothing was."""
        return st.session_state.get(f"{self.prefix}complaint", "")

    def tell(self) -> dict[str, str]:
        """Put what is shown into the address bar, and give the parameters.

        The address is noted first, since the run may be stopped while it is told; then the next one tells it.
        """
        written = self.write(self.now())
        address = {name: [text] for name, text in written.items()}
        if asked_for(self.prefix) != address or self._told()[-1:] != [address]:
            self._note_address(address)
            publish(self.prefix, written)
        return written

    def _told(self) -> list[Address]:
        """Give the addresses that this page had lately, the present one last."""
        return st.session_state.get(f"{self.prefix}told", [])

    def _note_address(self, address: Address) -> None:
        """Note what the address of this page is from now on."""
        st.session_state[f"{self.prefix}told"] = [*self._told(), address][-MOST_TOLD:]

    def _heard(self, asked: Address) -> None:
        """Note an address that is followed among those before, so that what comes of it will be told."""
        told = self._told()
        st.session_state[f"{self.prefix}told"] = [*told[:-1], asked, *told[-1:]]


def sentence(problem: object) -> str:
    """Make a sentence of an error's message."""
    text = str(problem)
    return f"{text[:1].upper()}{text[1:]}."


def quoted(text: str) -> str:
    """Let a sentence that repeats somebody's text appear as it is written: no links, pictures or colours."""
    return re.sub(r"([\\`*_\[\]<>$~]|:(?=//)|(?<=www)\.)", r"\\\1", text)
