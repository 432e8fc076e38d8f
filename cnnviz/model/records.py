"""Frozen records as plain values and back: how architectures and recipes become JSON.

A record is written as its fields with the name of its class; only classes that are asked for are made, and
each checks its own fields.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def to_plain(value: Any) -> Any:
    """Write a record as dicts, lists, numbers and texts.

    Parameters
    ----------
    value : Any
        A frozen dataclass, a tuple, or what JSON knows.

    Returns
    -------
    Any
        What `from_plain` reads.
    """
    if is_dataclass(value):
        written = {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
        return {"kind": type(value).__name__, **written}
    return [to_plain(part) for part in value] if isinstance(value, tuple) else value


def from_plain(plain: Any, kinds: Mapping[str, type]) -> Any:
    """Make records of what `to_plain` wrote.

    Parameters
    ----------
    plain : Any
        As read from JSON.
    kinds : mapping of str to type
        The classes that may be made, by name.

    Returns
    -------
    Any
        Records, tuples, numbers and texts.

    Raises
    ------
    ValueError
        If a kind or a field is unknown or missing, or a record refuses a value.
    """
    if isinstance(plain, list):
        return tuple(from_plain(part, kinds) for part in plain)
    if not isinstance(plain, dict):
        return plain
    kind = plain.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        raise ValueError(f"kind must be one of {', '.join(kinds)}, got {kind!r}")
    names = {field.name for field in fields(kinds[kind])}
    if plain.keys() != names | {"kind"}:
        wrong = sorted(plain.keys() ^ (names | {"kind"}))
        raise ValueError(f"fields of {kind} must be {', '.join(sorted(names))}, got {', '.join(wrong)} amiss")
    return kinds[kind](**{name: from_plain(plain[name], kinds) for name in names})


def one_of(name: str, value: Any, kinds: tuple[type, ...]) -> None:
    """Refuse a value that is not a record of one of some classes."""
    if not isinstance(value, kinds):
        known = " or ".join(kind.__name__ for kind in kinds)
        raise ValueError(f"{name} must be a {known}, got {value!r:.80}")
