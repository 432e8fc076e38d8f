"""Find a widget of a page that was run by `AppTest`."""

import json
import re


def held(elements, key: str):
    """Return the widget of this key, or the one that took its place when the page set its value."""
    return next(found for found in elements if re.fullmatch(rf"{re.escape(key)}(_\d+)?", found.key or ""))


def choices(menu) -> list:
    """Return what a menu chooses between: the keys of the table behind it, or the options as shown."""
    table = getattr(menu.format_func, "__self__", None)
    return list(table) if isinstance(table, dict) else list(menu.options)


def programs(app) -> list[str]:
    """Return the programs that are shown, each as it would be copied."""
    sent = (json.loads(each.proto.json) for each in app.get("bidi_component"))
    return ["".join(text for _, text in each["spans"]) for each in sent if "spans" in each]
