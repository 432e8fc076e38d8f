"""A bare page that shows components as Streamlit's page does, from what a run without a browser has sent.

Streamlit's way is to be read in its script `BidiComponent`: style and elements are below a shadow root; the
default export is called when a component appears and whenever its data or the theme changes; what it gave
back is called when the component leaves.
"""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page
from streamlit.proto.BidiComponent_pb2 import BidiComponent

# As wide as the pages are on a desk, beside their list. What is there is read; nobody looks.
UNSEEN = {"width": "1108px", "visibility": "hidden"}
SEEN = {"margin": "16px"}
BEGIN = """(style) => {
  window.scripts = {};
  window.open = new Map();
  window.told = [];
  document.body.replaceChildren();
  Object.assign(document.body.style, style);
}"""
LEARN = """async ([name, script]) => {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  scripts[name] = (await import(address)).default;
}"""
SHOW = """([parts, background]) => {
  const appear = (style) => {
    const host = document.createElement("div");
    const sheet = document.createElement("style");
    sheet.textContent = style;
    host.attachShadow({ mode: "open" }).append(sheet);
    return { host };
  };
  const tell = (...what) => { told.push(what); };
  document.body.style.setProperty("--st-background-color", background);
  for (const [id, { host, leave }] of open) {
    if (parts.some((part) => part.id === id)) continue;
    leave?.();
    host.remove();
    open.delete(id);
  }
  parts.forEach(({ id, name, style, json }, at) => {
    if (!open.has(id)) open.set(id, appear(style));
    const shown = open.get(id);
    const after = document.body.children[at] ?? null;
    if (shown.host !== after) document.body.insertBefore(shown.host, after);
    const now = background + json;
    if (shown.now === now) return;
    shown.now = now;
    shown.leave = scripts[name]({
      name, key: id, data: JSON.parse(json), parentElement: shown.host.shadowRoot,
      setStateValue: tell, setTriggerValue: tell,
    });
  });
}"""


class Stage:
    """A page with nothing but components."""

    def __init__(self, page: Page, app: str, *, seen: bool = False) -> None:
        """Begin with an answer of the app that holds nothing, so that its rules for scripts hold here."""
        self.page = page
        self.known: set[str] = set()
        page.goto(f"{app}/_stcore/health")
        page.evaluate(BEGIN, SEEN if seen else UNSEEN)

    def show(self, sent: Sequence[BidiComponent], background: str = "#ffffff") -> None:
        """Show what was sent, and nothing else; a component that is here already is told its new data."""
        for part in sent:
            if part.component_name not in self.known:
                self.page.evaluate(LEARN, [part.component_name, part.js_content])
                self.known.add(part.component_name)
        parts = [
            {"id": part.id, "name": part.component_name, "style": part.css_content, "json": part.json}
            for part in sent
        ]
        self.page.evaluate(SHOW, [parts, background])

    def told(self) -> list[Any]:
        """Tell what the components told Python so far: names and values."""
        return self.page.evaluate("told")
