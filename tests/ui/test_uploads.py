"""Whatever bytes arrive: a correct picture or one clear sentence."""

import io
import struct
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from cnnviz.ui.uploads import FORMATS, MOST_PIXELS, UploadError, read_image, read_reduced
from tests.each import each

CORNERS = np.zeros(
    (24, 32, 3), np.uint8
)  # red top left, green top right, blue bottom left, white bottom right
CORNERS[:12, :16] = 255, 0, 0
CORNERS[:12, 16:] = 0, 255, 0
CORNERS[12:, :16] = 0, 0, 255
CORNERS[12:, 16:] = 255, 255, 255


def saved(picture, kind="PNG", **options):
    """Encode a picture or an array in memory."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_header(width, height, bits=8, colour=2):
    """Make a PNG that claims a size and holds next to nothing."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0")),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def is_picture(image):
    return image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3 and image.size > 0


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read(kind):
    options = {"WEBP": {"lossless": True}, "JPEG": {"quality": 95, "subsampling": 0}}.get(kind, {})
    image = read_image(saved(CORNERS, kind, **options))
    assert image.shape == CORNERS.shape
    assert image.dtype == np.uint8
    assert np.abs(image.astype(int) - CORNERS).max() <= (0 if kind != "JPEG" else 12)


@each("orientation", range(1, 9))
@each("kind", ["PNG", "WEBP", "TIFF", "JPEG"])
def test_a_turned_camera_gives_an_upright_picture(orientation, kind):
    stored = {
        1: CORNERS,
        2: CORNERS[:, ::-1],
        3: CORNERS[::-1, ::-1],
        4: CORNERS[::-1],
        5: CORNERS.transpose(1, 0, 2),
        6: np.rot90(CORNERS, 1),
        7: np.rot90(CORNERS, 2).transpose(1, 0, 2),
        8: np.rot90(CORNERS, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"WEBP": {"lossless": True}, "JPEG": {"quality": 95, "subsampling": 0}}.get(kind, {})
    image = read_image(saved(np.ascontiguousarray(stored), kind, exif=exif, **options))
    assert image.shape == CORNERS.shape
    assert np.abs(image.astype(int) - CORNERS).max() <= (0 if kind != "JPEG" else 12)


@pytest.mark.parametrize("exif", [b"Exif\0\0nonsense", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"\0" * 40])
def test_damaged_exif_does_not_cost_the_picture(exif):
    assert read_image(saved(CORNERS, "JPEG", exif=exif)).shape == CORNERS.shape


def test_an_orientation_that_does_not_exist_is_passed_over():
    exif = Image.Exif()
    exif[0x0112] = 77
    assert read_image(saved(CORNERS, "JPEG", exif=exif)).shape == CORNERS.shape


def test_cmyk_becomes_rgb():
    image = read_image(saved(Image.fromarray(CORNERS).convert("CMYK"), "JPEG", quality=95))
    assert np.abs(image[18, 24].astype(int) - 255).max() < 12
    assert image[6, 8, 0] > 200
    assert image[6, 8, 1] < 60


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_not_clipped(kind):
    ramp = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    image = read_image(saved(Image.fromarray(ramp), kind))
    assert np.array_equal(image[..., 0], np.rint(ramp / 257).astype(np.uint8))
    assert np.array_equal(image[..., 0], image[..., 2])


def test_sixteen_bits_of_colour_are_scaled():
    row = b"\0" + struct.pack(">6H", 65535, 0, 32768, 256, 65535, 0)
    body = b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in [
            (b"IHDR", struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(row)),
            (b"IEND", b""),
        ]
    )
    image = read_image(b"\x89PNG\r\n\x1a\n" + body)
    assert np.array_equal(image, [[[255, 0, 128], [1, 255, 0]]])


def test_whole_numbers_of_thirty_two_bits_are_stretched():
    values = np.array([[-1000, 0], [1000, 100_000]], np.int32)
    image = read_image(saved(Image.fromarray(values), "TIFF"))
    assert np.array_equal(image[..., 0], [[0, 3], [5, 255]])


@pytest.mark.parametrize(("top", "expected"), [(1.0, 128), (255.0, 128), (5000.0, 128)])
def test_floats_are_scaled_and_nan_is_black(top, expected):
    values = np.array([[0, top / 2], [top, np.nan]], np.float32)
    image = read_image(saved(Image.fromarray(values), "TIFF"))
    assert np.array_equal(image[..., 1], [[0, expected], [255, 0]])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -7.0, 1e30])
def test_floats_without_a_range_still_make_a_picture(value):
    assert is_picture(read_image(saved(Image.fromarray(np.full((3, 4), value, np.float32)), "TIFF")))


def test_infinite_floats_are_black_and_white():
    values = np.array([[-np.inf, np.inf], [0, 200]], np.float32)
    image = read_image(saved(Image.fromarray(values), "TIFF"))
    assert np.array_equal(image[..., 0], [[0, 255], [0, 200]])


def test_a_palette_is_looked_up():
    image = read_image(saved(Image.fromarray(CORNERS).convert("P", palette=Image.Palette.ADAPTIVE), "PNG"))
    assert np.array_equal(image, CORNERS)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_transparent_pixels_lie_on_white(kind):
    rgba = np.dstack([CORNERS, np.full(CORNERS.shape[:2], 255, np.uint8)])
    rgba[:12, :16, 3] = 0
    rgba[12:, :16, 3] = 128
    options = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    image = read_image(saved(rgba, kind, **options))
    assert np.array_equal(image[0, 0], [255, 255, 255])
    assert np.abs(image[20, 4].astype(int) - [127, 127, 255]).max() <= 1
    assert np.array_equal(image[0, 30], [0, 255, 0])


def test_a_transparent_palette_entry_lies_on_white():
    paletted = Image.fromarray(CORNERS).convert("P", palette=Image.Palette.ADAPTIVE)
    hidden = paletted.getpixel((0, 0))
    for options in (
        {"transparency": hidden},
        {"transparency": bytes([0 if i == hidden else 255 for i in range(9)])},
    ):
        image = read_image(saved(paletted, "PNG", **options))
        assert np.array_equal(image[0, 0], [255, 255, 255])
        assert np.array_equal(image[0, 30], [0, 255, 0])


def test_a_transparent_colour_and_grey_with_alpha_lie_on_white():
    image = read_image(saved(CORNERS, "PNG", transparency=(255, 0, 0)))
    assert np.array_equal(image[0, 0], [255, 255, 255])
    grey = Image.merge("LA", [Image.new("L", (4, 4), 0), Image.new("L", (4, 4), 0)])
    assert read_image(saved(grey, "PNG")).min() == 255


def test_grey_and_one_bit_pictures_get_three_channels():
    grey = np.arange(64, dtype=np.uint8).reshape(8, 8) * 4
    assert np.array_equal(read_image(saved(grey)), np.dstack([grey] * 3))
    dots = np.indices((8, 8)).sum(axis=0) % 2 == 0
    assert np.array_equal(read_image(saved(Image.fromarray(dots)))[..., 1], dots * np.uint8(255))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_an_animation_shows_its_first_frame(kind):
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "lime", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    image = read_image(saved(frames[0], kind, save_all=True, append_images=frames[1:], **options))
    assert np.array_equal(image, np.full((6, 8, 3), (255, 0, 0)))


@pytest.mark.parametrize(
    "raw", [b"", b"\0", b"hello", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"\xff\xd8\xff"]
)
def test_what_is_no_picture_is_refused_in_one_sentence(raw):
    with pytest.raises(UploadError, match=r"^This [^\n]*\.$"):
        read_image(raw)


def test_an_empty_file_is_called_empty():
    with pytest.raises(UploadError, match="empty"):
        read_image(b"")


@each(
    ("raw", "name"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"8BPS\0\1", "Photoshop"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"PK\x03\x04....", "ZIP"),
        (saved(CORNERS, "PPM"), "Netpbm"),
        (saved(CORNERS, "JPEG2000"), "JPEG 2000"),
        (saved(CORNERS, "ICO"), "icon"),
        (saved(CORNERS, "EPS"), "PostScript"),
    ],
)
def test_other_formats_are_refused_by_name(raw, name):
    with pytest.raises(UploadError, match=f"This is .*{name}.*PNG, JPEG, WebP, GIF, BMP and TIFF"):
        read_image(raw)


@pytest.mark.parametrize(
    ("width", "height"), [(6000, 4001), (9000, 9000), (20_000, 20_000), (2**31 - 1, 2**31 - 1), (100_000, 3)]
)
def test_a_decompression_bomb_is_refused_before_decoding(width, height):
    with pytest.raises(UploadError, match=r"24\.$|30000\.$") as refusal:
        read_image(png_header(width, height))
    assert f"{width} × {height}" in str(refusal.value) or f"{width * height / 1e6:.1f}" in str(refusal.value)


def test_a_real_bomb_is_refused_quickly():
    bomb = saved(Image.new("1", (9_000, 9_000)), "PNG")
    assert len(bomb) < 20_000
    with pytest.raises(UploadError, match=r"81\.0 megapixels \(9000 × 9000\); the limit is 24\."):
        read_image(bomb)


def test_the_largest_picture_is_read():
    image = read_image(saved(Image.new("L", (6000, MOST_PIXELS // 6000), 7), "PNG"))
    assert image.shape == (4000, 6000, 3)
    assert image.max() == image.min() == 7


def test_a_picture_of_one_row_is_read():
    assert read_image(saved(np.full((1, 30_000, 3), 9, np.uint8))).shape == (1, 30_000, 3)
    image, size = read_reduced(saved(np.full((1, 30_000, 3), 9, np.uint8)), 1200)
    assert image.shape == (1, 1200, 3)
    assert size == (1, 30_000)


@each("kind", FORMATS)
@each("orientation", [1, 6])
def test_a_reduced_picture_is_the_picture_made_small(kind, orientation):
    large = np.kron(CORNERS, np.ones((20, 20, 1), np.uint8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"exif": exif} if kind in ("JPEG", "PNG", "WEBP", "TIFF") else {}
    turned = bool(options) and orientation == 6
    image, size = read_reduced(saved(large, kind, **options), 64)
    assert size == ((640, 480) if turned else (480, 640))
    assert image.shape == ((64, 48, 3) if turned else (48, 64, 3))
    upright = np.rot90(image) if turned else image
    assert np.abs(upright[8, 8].astype(int) - [255, 0, 0]).max() < 12
    assert np.abs(upright[40, 8].astype(int) - [0, 0, 255]).max() < 12


def test_a_small_picture_is_not_enlarged():
    image, size = read_reduced(saved(CORNERS), 1200)
    assert np.array_equal(image, CORNERS)
    assert size == (24, 32)


def test_no_warning_escapes():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for raw in (saved(Image.new("1", (12_000, 9_000)), "PNG"), saved(CORNERS, "TIFF")[:-40], b"GIF89a"):
            with pytest.raises(UploadError):
                read_image(raw)
    assert not caught


SMALL = np.kron(CORNERS[::4, ::4], np.ones((2, 2, 1), np.uint8))
VALID = {
    **{kind: saved(SMALL, kind) for kind in FORMATS},
    "palette": saved(Image.fromarray(SMALL).convert("P"), "PNG", transparency=3),
    "float": saved(Image.fromarray(SMALL[..., 0].astype(np.float32)), "TIFF"),
    "deflated": saved(SMALL, "TIFF", compression="tiff_adobe_deflate"),
    "animated": saved(
        Image.fromarray(SMALL), "GIF", save_all=True, append_images=[Image.new("RGB", (16, 12))]
    ),
}


def shows_or_refuses(raw):
    """Hold the reader to its contract: a picture or UploadError, nothing else."""
    for read in (read_image, lambda file: read_reduced(file, 8)[0]):
        try:
            assert is_picture(read(raw))
        except UploadError as refusal:
            sentence = str(refusal)
            assert sentence.startswith("This ")
            assert sentence.endswith(".")
            assert "\n" not in sentence


@pytest.mark.parametrize("name", VALID)
def test_a_file_cut_anywhere_is_shown_or_refused(name):
    for length in range(len(VALID[name])):
        shows_or_refuses(VALID[name][:length])


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "BMP", "TIFF", "deflated"])
def test_a_file_cut_in_half_is_refused(name):
    with pytest.raises(UploadError):
        read_image(VALID[name][: len(VALID[name]) // 2])


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(VALID)), st.data())
def test_a_file_with_flipped_bits_is_shown_or_refused(name, draw):
    raw = bytearray(VALID[name])
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.one_of(st.integers(0, min(120, len(raw) - 1)), st.integers(0, len(raw) - 1)))
        raw[at] ^= 1 << draw.draw(st.integers(0, 7))
    shows_or_refuses(bytes(raw))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"II*\0", b"RIFF\0\0\0\0WEBP"]
    ),
    st.binary(max_size=300),
)
def test_random_bytes_are_shown_or_refused(start, rest):
    shows_or_refuses(start + rest)


def test_a_damaged_orientation_tag_of_a_tiff_is_passed_over():
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[0x0112] = 0
    assert is_picture(read_image(saved(CORNERS, "TIFF", tiffinfo=tags)))
