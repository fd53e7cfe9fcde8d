"""Captchas inside the terminal: only where the environment says for certain that it can."""

import base64
import io
import re

import pytest
from PIL import Image

from certcheck.registry.replica.picture import draw_captcha
from commands.pictures import inline

PNG = draw_captcha("4071", b"seed" * 8)
KITTY = {"TERM": "xterm-kitty"}
ITERM = {"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}


def picture(kind):
    made = io.BytesIO()
    Image.new("RGB", (160, 60), "white").save(made, kind)
    return made.getvalue()


def kitty_content(drawn):
    """Read back what kitty would read: every part but the last says that more follow."""
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", drawn)
    assert drawn == "".join(f"\x1b_G{control};{content}\x1b\\" for control, content in parts) + "\n"
    assert parts[0][0].startswith("f=100,a=T,q=2,m=")
    assert [control[-1] for control, _ in parts] == ["1"] * (len(parts) - 1) + ["0"]
    assert all(len(content) <= 4096 for _, content in parts)
    return base64.b64decode("".join(content for _, content in parts))


@pytest.mark.parametrize(
    "environment",
    [
        KITTY,
        {"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"},
        {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"},
    ],
)
def test_kitty(environment):
    assert kitty_content(inline(PNG, environment)) == PNG
    noise = Image.effect_noise((200, 100), 90)
    large = io.BytesIO()
    noise.save(large, "PNG")
    assert kitty_content(inline(large.getvalue(), environment)) == large.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "BMP"])
def test_kitty_gets_png_of_other_formats(kind):
    with Image.open(io.BytesIO(kitty_content(inline(picture(kind), KITTY)))) as shown:
        assert (shown.format, shown.size) == ("PNG", (160, 60))


@pytest.mark.parametrize(
    "environment", [ITERM, {"TERM_PROGRAM": "WezTerm"}, {"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}]
)
def test_iterm(environment):
    image = picture("JPEG")
    found = re.fullmatch(
        rf"\x1b\]1337;File=inline=1;size={len(image)};preserveAspectRatio=1:([^\x07]+)\x07\n",
        inline(image, environment),
    )
    assert base64.b64decode(found[1]) == image


NOT_CERTAIN = [
    {}, {"TERM": "xterm-256color"}, {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, {"TERM": "linux"},
    {"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, KITTY | {"TMUX": "tmux-1"}, ITERM | {"STY": "1"},
    ITERM | {"TERM": "screen.xterm"}, ITERM | {"TERM": "tmux-256color"}, {"TERM": "dumb", "LC_TERMINAL": "iTerm2"},
]  # fmt: skip


@pytest.mark.parametrize("environment", NOT_CERTAIN, ids=range(len(NOT_CERTAIN)))
def test_nothing_where_it_is_not_certain(environment):
    assert inline(PNG, environment) is None


@pytest.mark.parametrize(
    "image", [b"", b"no picture", b"\xff\xd8\xff", b"GIF89a" + b"\xff" * 20, b"x" * 1_000_001]
)
def test_what_is_no_picture_is_not_written(image):
    assert inline(image, KITTY) is None


def test_bomb_is_not_unpacked():
    made = io.BytesIO()
    Image.new("1", (3000, 3000)).save(made, "BMP")
    assert inline(made.getvalue(), KITTY) is None
