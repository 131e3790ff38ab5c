"""`python -m rihma.base.files.examine.picture jpeg|png|webp`: a picture drawn anew, and a little one of it.

Nothing but its pixels stays: no place, no camera, no comment, and no other file that was hidden in it.
"""

import io
import sys
from typing import Any

from PIL import Image, ImageCms

from rihma.base.files.examine.child import Found, Unfit, run

MOST_PIXELS = 50_000_000
LONGEST_SIDE, SMALL_SIDE = 2560, 480
ORIENTATION = 0x0112
HOW: dict[str, dict[str, Any]] = {"JPEG": {"quality": 86, "progressive": True}, "WEBP": {"quality": 84}, "PNG": {}}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def examine(content: bytes) -> Found:
    kind = sys.argv[1].upper()
    # Counted below instead, so that what is too large is told apart from what is damaged.
    Image.MAX_IMAGE_PIXELS = None
    opened = Image.open(io.BytesIO(content), formats=[kind])
    if opened.width * opened.height > MOST_PIXELS:
        raise Unfit("pixels")
    # So that a JPEG is never decoded much larger than it is kept.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.load()
    turn = TURNS.get(opened.getexif().get(ORIENTATION, 1))
    image = _in_plain_colours(opened)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    image = image if turn is None else image.transpose(turn)
    little = image.copy()
    little.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return {"width": image.width, "height": image.height}, _written(image, kind), _written(little, kind)


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Colours as every screen means them, since the profile that told of others does not stay."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            plain = None
        image = plain or image
    return image.convert(mode)


def _written(image: Image.Image, kind: str) -> bytes:
    if kind == "JPEG":
        image = image.convert("RGB")
    # Because encoders copy what stands here: profile, comment, EXIF.
    image.info = {}
    out = io.BytesIO()
    image.save(out, kind, **HOW[kind])
    return out.getvalue()


if __name__ == "__main__":
    run(examine)
