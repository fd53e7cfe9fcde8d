"""Pictures shown inside a terminal, where the environment says for certain that it can show them.

iTerm2's protocol (iterm2.com/documentation-images.html) and kitty's
(sw.kovidgoyal.net/kitty/graphics-protocol). Inside tmux or screen, and in any terminal that does not
name itself, nothing is written: garbage on the screen is worse than a file name.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping

_PNG = b"\x89PNG\r\n\x1a\n"
_ITERM_PROGRAMS = ("iTerm.app", "WezTerm")
_KITTY_TERMS = ("xterm-kitty", "xterm-ghostty")
_CHUNK = 4096  # characters; kitty's limit
_LARGEST = 1_000_000  # bytes; a captcha has some thousand


def inline(image: bytes, environment: Mapping[str, str]) -> str | None:
    """Give what shows a picture in this terminal when written to it; None where it cannot.

    Parameters
    ----------
    image
        the picture's file as bytes, from the site: not to be trusted.
    environment
        the environment's variables.
    """
    if len(image) > _LARGEST or _multiplexed(environment):
        return None
    if environment.get("TERM") in _KITTY_TERMS or environment.get("KITTY_WINDOW_ID"):
        png = image if image.startswith(_PNG) else _as_png(image)
        return None if png is None else _kitty(png)
    if environment.get("TERM_PROGRAM") in _ITERM_PROGRAMS or environment.get("LC_TERMINAL") == "iTerm2":
        return _iterm(image)
    return None


def _multiplexed(environment: Mapping[str, str]) -> bool:
    """Say whether a program stands between us and the terminal that swallows such pictures."""
    term = environment.get("TERM", "")
    return (
        "TMUX" in environment or "STY" in environment or term.startswith(("tmux", "screen")) or term == "dumb"
    )


def _iterm(image: bytes) -> str:
    content = base64.b64encode(image).decode("ascii")
    return f"\x1b]1337;File=inline=1;size={len(image)};preserveAspectRatio=1:{content}\a\n"


def _kitty(png: bytes) -> str:
    content = base64.b64encode(png).decode("ascii")
    parts = [content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK)]
    written = []
    for number, part in enumerate(parts):
        control = "f=100,a=T,q=2," if number == 0 else ""  # q=2: the terminal answers nothing
        more = int(number < len(parts) - 1)
        written.append(f"\x1b_G{control}m={more};{part}\x1b\\")
    return "".join(written) + "\n"


def _as_png(image: bytes) -> bytes | None:
    """Turn another format into PNG; None for what is no picture."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(image), formats=["JPEG", "GIF", "BMP"]) as picture:
            if picture.width * picture.height > _LARGEST:
                return None
            made = io.BytesIO()
            picture.convert("RGB").save(made, "PNG")
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):  # Pillow's words for "no picture"
        return None
    return made.getvalue()
