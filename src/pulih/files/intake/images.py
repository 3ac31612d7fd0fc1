"""Photos: decoded and drawn anew, so that nothing hidden in the file survives."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
MAX_SIDE = 3000
THUMBNAIL_SIDE = 320
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS

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
            upright = ImageOps.exif_transpose(image)
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            plain = upright.convert("RGBA" if has_alpha else "RGB")
    except UNREADABLE as fault:
        raise ImageRefusedError(str(fault)) from fault
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    small = plain.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(_encode(plain, FORMATS[content_type]), _encode(small, "JPEG"))


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
