"""The server: Streamlit's own, with kernels compiled from the start and nothing loaded from elsewhere.

``python -m cnnviz.ui.server`` is what ``make run`` starts. ``streamlit run app.py`` shows the same pages;
its kernels are compiled when the first visitor comes.
"""

import base64
import hashlib
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cnnviz.kernels.warmup import warm_up_in_background
from cnnviz.ui.frame import ROOT, leave_directory_mode
from cnnviz.ui.late import DropLate
from cnnviz.ui.leased import lease_files


def _own_scripts() -> str:
    """Name, by their digests, the scripts that Streamlit writes into its page."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (
        hashlib.sha256(text.encode()).digest() for text in re.findall(r"<script>(.*?)</script>", page, re.S)
    )
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


HEADERS = {
    # Scripts of components arrive as blobs; styles of charts and components are inline.
    "content-security-policy": f"default-src 'self'; script-src 'self' blob: {_own_scripts()}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class SafeHeaders:
    """Add the headers that keep a page from loading anything of somebody else's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; answers to HTTP requests get the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Start compiling as soon as the server starts, beside it."""
    leave_directory_mode()
    warm_up_in_background()
    yield


lease_files()
app = st.App(ROOT / "app.py", lifespan=lifespan, middleware=[Middleware(SafeHeaders), Middleware(DropLate)])

if __name__ == "__main__":
    app.run(config={"server.port": int(os.environ.get("PORT", "8501"))})
