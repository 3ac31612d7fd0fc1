"""Photos: decoded and drawn anew, so that nothing hidden in the file survives.

`work` is called in the limited process; the server never decodes a picture.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from PIL import (
    Image,
    ImageCms,
    ImageColor,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from pulih.files.intake.answers import say

MAX_PIXELS = 40_000_000
MAX_SIDE = 3000
THUMBNAIL_SIDE = 320
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
# Loaded now, since the process can open no file any more once it has the picture.
LOADED = (
    ImageCms,
    ImageColor,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
Image.preinit()

Image.MAX_IMAGE_PIXELS = MAX_PIXELS

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    EOFError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class ImageRefusedError(ValueError):
    """The picture is too large, or is not a picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew, and a small one of it."""

    content: bytes
    thumbnail: bytes


def work(file: BinaryIO, out: BinaryIO, arguments: Sequence[str]) -> None:
    """Answer with the picture drawn anew and a small one of it, or with a refusal."""
    try:
        picture = redraw(file.read(), arguments[0])
    except (ImageRefusedError, MemoryError):
        say(out, {"refused": "picture"})
    else:
        say(out, {}, (picture.content, picture.thumbnail))


def redraw(content: bytes, content_type: str) -> Picture:
    """Decode a picture and encode it again without metadata, at most 3000 pixels wide.

    Raises:
        ImageRefusedError: it has too many pixels, or cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[content_type]]) as image:
            # Asked before any pixel is unpacked: the header is enough to know a bomb.
            if image.width * image.height > MAX_PIXELS:
                raise ImageRefusedError("too many pixels")
            plain = _small_enough(image)
    except UNREADABLE as fault:
        raise ImageRefusedError(str(fault)) from fault
    small = plain.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(_encode(plain, FORMATS[content_type]), _encode(small, "JPEG"))


def _small_enough(image: Image.Image) -> Image.Image:
    """Upright, in plain colours, and made small before it is copied, so that memory suffices."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    way = TURNS.get(image.getexif().get(ORIENTATION, 1))
    if image.mode not in {"RGB", "RGBA", "L"}:
        image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    upright = image.transpose(way) if way is not None else image
    return upright.convert("RGBA" if has_alpha else "RGB")


def _encode(image: Image.Image, form: str) -> bytes:
    """Write only pixels: a new canvas carries none of the old one's comments and profiles."""
    if form == "JPEG" and image.mode == "RGBA":
        clean = Image.new("RGB", image.size, "white")
        clean.paste(image, mask=image.getchannel("A"))
    else:
        clean = Image.new(image.mode, image.size)
        clean.paste(image)
    target = io.BytesIO()
    clean.save(target, form, quality=88)
    return target.getvalue()
