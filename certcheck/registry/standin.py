"""Stand in for the person who types captchas, at our own replica and nowhere else.

``python -m certcheck.registry.standin IMAGE`` prints the answer of a captcha picture and exits 0.

This is no recognition. The picture is not looked at: our replica writes the answer into the file
that it sends (a text chunk of the PNG), and this program reads it back. A picture of any other
site has no such chunk; for it the program exits 1, and a person is asked.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from certcheck.registry.replica.picture import ANSWER_MARK


def written_answer(image: Path) -> str | None:
    """Give the answer that our replica wrote into a picture; None for any other file."""
    try:
        with Image.open(image, formats=["PNG"]) as picture:
            answer = picture.info.get(ANSWER_MARK)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # Pillow's words for "no PNG"
        return None
    return answer if isinstance(answer, str) and answer else None


def main(arguments: list[str]) -> int:
    """Print the answer of the one picture named; give the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("用法：python -m certcheck.registry.standin 图片文件\n")
        return 1
    answer = written_answer(Path(arguments[0]))
    if answer is None:
        sys.stderr.write("这不是本机仿真站的验证码图片，请由人来看。\n")
        return 1
    sys.stdout.write(f"{answer}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
