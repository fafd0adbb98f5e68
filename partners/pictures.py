"""Pictures as people send them, made small, square and silent: no place, no camera, no date."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

EDGE = 320  # pixels
QUALITY = 82
MOST_BYTES = 15 << 20
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


class NoPicture(ValueError):
    """Nothing that we can read, or far too large."""


def face(file: IO[bytes]) -> bytes:
    """The middle of a picture, upright, as a small JPEG without anything else in it."""
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NoPicture
            picture.draft("RGB", (2 * EDGE, 2 * EDGE))
            upright = ImageOps.exif_transpose(picture)
            small = ImageOps.fit(flat(upright), (EDGE, EDGE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    written = BytesIO()
    small.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def flat(picture: Image.Image) -> Image.Image:
    """On white, where it is transparent."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
