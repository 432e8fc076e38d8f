"""The only decoder of untrusted files: any bytes in, an upright 8-bit RGB picture or one sentence out.

The content decides what a file is, never its name. The size is checked from the header, before any
pixel is decoded. To read another format, add its Pillow name to `FORMATS` and a case to the tests.
"""

import io
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
ACCEPTED = "PNG, JPEG, WebP, GIF, BMP and TIFF"
SUFFIXES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff"]
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 30_000

# What other files begin with, so that they can be refused by name.
SIGNATURES = (
    (rb"%PDF", "a PDF document"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript file"),
    (rb"8BPS", "a Photoshop file"),
    (rb"\x00\x00[\x01\x02]\x00", "a Windows icon"),
    (rb"....ftyp(?:heic|heix|hevc|mif1|msf1|heim|heis)", "a HEIC picture"),
    (rb"....ftypavi[fs]", "an AVIF picture"),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "a video"),
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (rb"\x00\x00\x00\x0cJXL |\xff\x0a", "a JPEG XL picture"),
    (rb"P[1-7fF]\s", "a Netpbm picture"),
    (rb"qoif", "a QOI picture"),
    (rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg", "an SVG drawing"),
    (rb"\s*<(?:!doctype html|html)", "a web page"),
    (rb"PK\x03\x04", "a ZIP archive"),
    (rb"\x1f\x8b", "a gzip archive"),
)
# EXIF orientation -> how to turn the picture upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_one_at_a_time = threading.Lock()


class UploadError(ValueError):
    """Why a file is not a picture we can show, in one sentence for the reader."""


def read_image(raw: bytes) -> np.ndarray:
    """Decode a file of unknown origin.

    Parameters
    ----------
    raw : bytes
        The whole file.

    Returns
    -------
    ndarray of uint8, shape (H, W, 3)
        Upright; transparent pixels on white; values of 16 bits and floats scaled; NaN black; the first
        frame of an animation.

    Raises
    ------
    UploadError
        With one sentence, if the file is not a picture, is damaged or is too large.
    """
    return read_reduced(raw, None)[0]


def read_reduced(raw: bytes, side: int | None) -> tuple[np.ndarray, tuple[int, int]]:
    """Decode a file as `read_image` does, no longer than ``side``, and tell its own height and width.

    A JPEG is decoded at a half, a quarter or an eighth where that is enough: several times as fast.
    """
    with _quiet(), _opened(raw) as picture:
        width, height = picture.size
        _refuse_if_too_large(width, height)
        try:
            if side and picture.format in ("JPEG", "MPO"):
                picture.draft(picture.mode, (side, side))
            picture.load()
            orientation = _orientation(picture)
            image = _on_white(_eight_bits(picture))
            if side and max(image.size) > side:
                image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2)
            if orientation in UPRIGHT:
                image = image.transpose(UPRIGHT[orientation])
        except Exception as error:  # Pillow raises nearly every kind on damaged files
            raise UploadError("This picture is damaged or cut off, so it cannot be shown.") from error
    return np.array(image), (height, width) if orientation < 5 else (width, height)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Pillow's warnings in; one file at a time, because warning filters belong to the whole process."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(raw: bytes) -> Image.Image:
    """Read the header, or say what the file is instead."""
    if not raw:
        raise UploadError("This file is empty.")
    try:
        return Image.open(io.BytesIO(raw), formats=FORMATS)
    except UnidentifiedImageError:
        raise UploadError(_refusal(raw)) from None
    except Image.DecompressionBombError as error:
        found = re.search(r"\d{6,}", str(error))
        raise UploadError(_too_many(int(found[0]) if found else 10 * MOST_PIXELS)) from None
    except Exception as error:
        raise UploadError("This picture is damaged: its first bytes make no sense.") from error


def _refusal(raw: bytes) -> str:
    """Name what the file is by its first bytes."""
    for pattern, name in SIGNATURES:
        if re.match(pattern, raw[:1024], re.DOTALL | re.IGNORECASE):
            return f"This is {name}; only {ACCEPTED} pictures can be read."
    return f"This is not a picture that can be read; {ACCEPTED} can."


def _refuse_if_too_large(width: int, height: int) -> None:
    """Compare the size in the header with the limits, before anything is decoded."""
    if width < 1 or height < 1:
        raise UploadError("This picture is damaged: it has no pixels.")
    if width * height > MOST_PIXELS:
        raise UploadError(_too_many(width * height, f" ({width} × {height})"))
    if max(width, height) > LONGEST_SIDE:
        raise UploadError(
            f"This picture is {width} × {height} pixels; neither side may be longer than {LONGEST_SIDE}."
        )


def _too_many(pixels: int, size: str = "") -> str:
    """Say how many pixels there are and how many there may be."""
    return f"This picture has {pixels / 1e6:.1f} megapixels{size}; the limit is {MOST_PIXELS // 10**6}."


def _orientation(picture: Image.Image) -> int:
    """How the camera was held, from 1 (upright) to 8; upright if the entry is missing or damaged."""
    try:
        orientation = picture.getexif().get(0x0112, 1)
    except Exception:  # damaged EXIF must not cost the picture
        return 1
    return orientation if orientation in UPRIGHT else 1


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scale values of more than 8 bits to 0..255; Pillow's own conversion would clip them to white."""
    if picture.mode[0] not in "IF":
        return picture
    values = np.array(picture, dtype=np.float32)
    values[np.isnan(values)] = 0
    low, high = _range(values[np.isfinite(values)], usual=(1, 255) if picture.mode == "F" else (65535,))
    shares = (values.clip(low, high) - low) / ((high - low) or 1)
    return Image.fromarray(np.rint(shares * 255).astype(np.uint8))


def _range(values: np.ndarray, usual: tuple[int, ...]) -> tuple[float, float]:
    """Which values mean black and white: 0 and a usual maximum if they fit, else the smallest and largest."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    fitting = [most for most in usual if low >= 0 and high <= most]
    return (0.0, float(fitting[0])) if fitting else (low, high)


def _on_white(picture: Image.Image) -> Image.Image:
    """Turn any 8-bit mode into RGB, with a white background under transparent pixels."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    solid = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid).convert("RGB")
