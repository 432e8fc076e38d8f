"""What the pad and the switches send back is hostile; what the scripts are sent is plain."""

import json
from base64 import b64decode, b64encode

import numpy as np

from cnnviz.lessons.digits import SHEET
from cnnviz.ui.components.drawing_pad import Group
from cnnviz.ui.components.drawing_pad.reading import read_drawing, read_switch
from tests.each import each

PIXELS = b64encode(bytes(range(256)) * 49).decode()


def sent(**other) -> dict:
    return {"turn": 3, "serial": 1, "drawing": True, "pixels": PIXELS, **other}


def test_a_drawing_is_read_row_by_row():
    drawing = read_drawing(sent(), 3)
    assert drawing.sheet.shape == (SHEET, SHEET)
    assert drawing.sheet[0, :3].tolist() == [0, 1, 2]
    assert drawing.sheet[1, 0] == 112
    assert (drawing.drawing, drawing.serial) == (True, 1)


def test_strokes_come_along():
    assert read_drawing(sent(strokes="FBACA"), 3).strokes == "FBACA"


def test_an_empty_sheet_is_nothing():
    assert read_drawing(sent(pixels="", drawing=False), 3) == (None, False, 1, "")


@each(
    "message",
    [
        None,
        7,
        [],
        {},
        sent(turn=2),
        sent(turn=True),
        sent(serial=0),
        sent(serial=True),
        sent(serial=1 << 60),
        sent(serial=1.5),
        sent(drawing=1),
        sent(pixels=None),
        sent(pixels=[0] * SHEET * SHEET),
        sent(pixels=PIXELS[:-4]),
        sent(pixels=PIXELS + "AAAA"),
        sent(pixels="é" + PIXELS[1:]),
        sent(pixels="!" + PIXELS[1:]),
        sent(pixels=PIXELS[:-2] + "AA"),
        sent(pixels="=" * len(PIXELS)),
        sent(strokes=7),
        sent(strokes="x" * 4000),
    ],
)
def test_anything_else_is_no_drawing(message):
    assert read_drawing(message, 3) is None


def test_a_switch_names_a_step():
    assert read_switch({"step": "crop", "on": False}) == ("crop", False)
    for message in (
        None,
        {},
        {"step": "crop"},
        {"step": "sheet", "on": True},
        {"step": ["crop"], "on": True},
    ):
        assert read_switch(message) is None
    assert read_switch({"step": "crop", "on": 1}) is None


def test_signed_values_share_a_scale_whose_middle_is_zero():
    values = np.array([[-2.0, 0, 1, np.nan, np.inf]])
    group = Group("Map", "", [(values, "", "a map"), (np.zeros((1, 5)), "", "nothing")])
    written = group.written()
    json.dumps(written, allow_nan=False)
    assert group.limit == 2
    assert list(b64decode(written["tiles"][0]["pixels"])) == [1, 128, 192, 0, 255]
    assert set(b64decode(written["tiles"][1]["pixels"])) == {128}


def test_greys_go_up_to_the_peak():
    written = Group("", "", [(np.array([[0, 8, 16]]), "", "")], signed=False, peak=16).written()
    assert list(b64decode(written["tiles"][0]["pixels"])) == [0, 128, 255]
    assert written["limit"] == ""
    assert written["tiles"][0]["size"] == [1, 3]
