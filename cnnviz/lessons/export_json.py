"""A network as JSON and back: input and nodes with their layers, checked like everything from outside."""

import json
from dataclasses import fields

from cnnviz.model.graph import Graph, Node
from cnnviz.model.merges import MERGES
from cnnviz.model.records import from_plain, to_plain
from cnnviz.presets.stack_text import LAYER_KINDS

FORMAT, VERSION = "cnnviz network", 1
LONGEST = 1_000_000  # characters
MOST_NODES = 2_000
MOST_DIGITS = 8
_FIELDS = tuple(field.name for field in fields(Node))


def write_json(graph: Graph) -> bytes:
    """Write a network as a file: one line for each node."""
    nodes = [to_plain(node) for node in graph.nodes]
    rows = [json.dumps({name: node[name] for name in _FIELDS}, ensure_ascii=False) for node in nodes]
    head = f'{{"format": "{FORMAT}", "version": {VERSION}, "input_shape": {json.dumps(graph.input_shape)},'
    listed = ",\n  ".join(rows)
    return f'{head}\n "nodes": [\n  {listed}\n ]}}\n'.encode()


def read_json(raw: bytes) -> Graph:
    """Read a network that somebody saved.

    Raises
    ------
    ValueError
        With one sentence, if the file is foreign, damaged or too large, or a layer does not fit.
    """
    if len(raw) > LONGEST:
        raise ValueError(f"file must have at most {LONGEST:,} bytes, got {len(raw):,}")
    try:
        told = json.loads(raw, parse_int=_small, parse_constant=_refuse)
        known = told["format"] == FORMAT and isinstance(told["nodes"], list) and told["input_shape"]
    except (ValueError, KeyError, TypeError, RecursionError):
        known = False
    if not known:
        raise ValueError("file must be a network saved by this page, got another one")
    if told.get("version") != VERSION:
        raise ValueError(f"file must be of version {VERSION}, got {told.get('version')!r:.20}")
    if len(told["nodes"]) > MOST_NODES:
        raise ValueError(f"network must have at most {MOST_NODES:,} layers, got {len(told['nodes']):,}")
    kinds = {**LAYER_KINDS, **MERGES}
    try:
        nodes = [_node(plain, kinds) for plain in told["nodes"]]
        return Graph(tuple(told["input_shape"]), tuple(nodes))
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("file must list whole layers, got a damaged one") from None


def _small(digits: str) -> int:
    """Read a whole number that can still be counted with."""
    return int(digits) if len(digits) <= MOST_DIGITS else _refuse(digits)


def _refuse(text: str) -> int:
    """Refuse what no network has."""
    raise ValueError(f"number must be one that a network has, got {text:.20}")


def _node(plain: dict, kinds: dict) -> Node:
    """Read one node."""
    name, inputs, stage = plain["name"], plain["inputs"], plain.get("stage", "")
    if not all(isinstance(text, str) for text in (name, stage, *inputs)):
        raise TypeError
    return Node(name[:80], from_plain(plain["layer"], kinds), tuple(inputs), stage[:80])
