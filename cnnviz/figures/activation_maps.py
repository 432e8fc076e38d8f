"""A feature map and its activation map as pictures on one signed scale, for the page and to take along."""

import io

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.figures import photo
from cnnviz.figures.lettering import write
from cnnviz.figures.theme import Theme

STILL = (1600, 900)
BAR = (240, 22)
MOST = 0.98  # of the pixels are within the scale; the rest takes its last colours


def shared_limit(features: np.ndarray, activated: np.ndarray) -> float:
    """Choose one end of the scale for both maps: a round number that most of their sizes stay below."""
    ends = (np.quantile(np.abs(values), MOST) for values in (features, activated))
    return photo.signed_limit(np.array([[max(ends)]]))


def draw(values: np.ndarray, limit: float, theme: Theme) -> Image.Image:
    """Colour a map."""
    return photo.signed_picture(photo.signed_shades(values, limit), theme)


def map_addresses(
    image: np.ndarray, features: np.ndarray, activated: np.ndarray, theme: Theme
) -> tuple[tuple[str, str, str], float]:
    """Draw a photo and its two maps for the browser; give their addresses, and where the scale ends."""
    limit = shared_limit(features, activated)
    first, second = (photo.data_url(draw(values, limit, theme)) for values in (features, activated))
    return (photo.data_url(Image.fromarray(image)), first, second), limit


def maps_png(maps: tuple[np.ndarray, np.ndarray], titles: tuple[str, str], theme: Theme) -> bytes:
    """Draw both maps side by side, each under its title, as a picture for a slide."""
    sheet = Image.new("RGB", STILL, theme.background)
    pen = ImageDraw.Draw(sheet)
    limit = shared_limit(*maps)
    room = (STILL[0] // 2 - 60, STILL[1] - 190)
    for at, (values, title, role) in enumerate(zip(maps, titles, (theme.input, theme.output), strict=True)):
        height, width = values.shape
        scale = min(room[0] / width, room[1] / height)
        size = (round(width * scale), round(height * scale))
        picture = draw(values, limit, theme).convert("RGB").resize(size, Image.Resampling.BILINEAR)
        left = 40 + at * STILL[0] // 2 + (room[0] - size[0]) // 2
        sheet.paste(picture, (left, 110))
        write(pen, (left + size[0] / 2, 66), title, 36, role)
    bar = draw(np.tile(np.linspace(-limit, limit, BAR[0]), (BAR[1], 1)), limit, theme).convert("RGB")
    left, top = (STILL[0] - BAR[0]) // 2, STILL[1] - 56
    sheet.paste(bar, (left, top))
    for x, align, text in ((left - 16, "right", f"−{limit:g}"), (left + BAR[0] + 16, "left", f"{limit:g}")):
        write(pen, (x, top + BAR[1] / 2), text, 28, theme.muted, align)
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()
