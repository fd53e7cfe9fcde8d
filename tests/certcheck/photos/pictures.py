"""Pictures with QR codes on them, made here."""

import io

import segno
from PIL import Image


def code(text, *, scale=4, dark="black", light="white"):
    """A picture of one QR code."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="png", scale=scale, dark=dark, light=light)
    with Image.open(buffer) as picture:
        return picture.convert("RGBA" if light is None else "RGB")


def on_a_card(*pictures, size=(1600, 1000)):
    """Codes side by side on a large blank card."""
    card = Image.new("RGB", size, "#d8e4f0")
    for number, picture in enumerate(pictures):
        card.paste(picture, (100 + 500 * number, 300))
    return card


def saved(picture, kind="PNG", **options):
    """The bytes of a picture file."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
