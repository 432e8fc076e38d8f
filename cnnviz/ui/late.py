"""Requests of a page that was left: they are not passed on.

A player tells where it stands, and a slider what it was moved to, a moment after the reader did it. Who goes
to another page in that moment asks for the new page first; then comes the request to redraw a part of the
old one. Streamlit 1.67 does as asked, and tells the browser that the old page begins anew while the new one
is drawn: the browser loses both ("Bad delta path") and shows nothing more.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg


class Visit:
    """Which page one connection asked for last, by the name that Streamlit gives it; none before a change.

    Only browsers change pages here: `st.switch_page` would do so without a word.
    """

    def __init__(self) -> None:
        self.page = ""

    def is_late(self, sent: bytes | None) -> bool:
        """Follow what a browser sends; tell whether it asks for a part of a page that it has left."""
        try:
            asked = BackMsg.FromString(sent or b"").rerun_script
        except DecodeError:  # Streamlit refuses it
            return False
        page = asked.page_script_hash
        if asked.fragment_id:
            return bool(page and self.page) and page != self.page
        self.page = page or self.page
        return False


class DropLate:
    """Keep late requests from whatever serves the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        visit = Visit()

        async def receive_in_time() -> Message:
            while visit.is_late((message := await receive()).get("bytes")):
                pass
            return message

        await self.app(scope, receive_in_time if scope["type"] == "websocket" else receive, send)
