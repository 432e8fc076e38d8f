"""What lies below a receptive field: a picture as a network reads it, and how much each pixel counts."""

import io
from base64 import b64encode

import numpy as np
from PIL import Image

from cnnviz.figures.photo import data_url
from cnnviz.figures.theme import Theme, rgb

FAINT = 0.35  # the exponent that lets weak pixels be seen beside strong ones
MOST_OPAQUE = 235
SMALL = 10_000  # pixels up to which a picture is sent without loss


def as_read(image: np.ndarray, shape: tuple[int, ...]) -> str:
    """Cut the middle of a picture and make it the size of an input, grey if that has one channel.

    Parameters
    ----------
    image : ndarray of uint8 of shape (H, W, 3)
        Any picture.
    shape : tuple of int
        (C, H, W) of the input.

    Returns
    -------
    str
        A data URL.
    """
    channels, height, width = shape
    picture = Image.fromarray(image)
    scale = max(height / picture.height, width / picture.width)
    size = max(width, round(picture.width * scale)), max(height, round(picture.height * scale))
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    picture = picture.crop((left, top, left + width, top + height))
    if channels == 1:
        picture = picture.convert("L")
    if width * height <= SMALL:
        return data_url(picture)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return "data:image/jpeg;base64," + b64encode(file.getvalue()).decode()


def strength_overlay(strength: np.ndarray, theme: Theme) -> str:
    """Lay the far end of the one-sided scale over a picture, the denser the stronger a pixel counts.

    Parameters
    ----------
    strength : ndarray of shape (H, W)
        From 0 to 1.
    theme : Theme
        Whose colour is laid on.

    Returns
    -------
    str
        A data URL of a picture with transparency.
    """
    layer = np.empty((*strength.shape, 4), np.uint8)
    layer[..., :3] = rgb(theme.high)
    layer[..., 3] = np.rint(MOST_OPAQUE * np.clip(strength, 0, 1) ** FAINT)
    file = io.BytesIO()
    Image.fromarray(layer).save(file, "PNG")
    return "data:image/png;base64," + b64encode(file.getvalue()).decode()
