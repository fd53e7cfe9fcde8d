"""The seed nobody chose, as bytes: commitments, the public value's one form, and how a seed comes of both.

The organiser commits to a code by publishing its hash before the public value is drawn, and reveals the
code afterwards. Who knows the code cannot foresee the public value, who influences the public value does
not know the code (commit and reveal, Blum 1981). docs/draw-specification.md describes every byte.
Standard library only.
"""

from __future__ import annotations

import hashlib
import re
from math import prod
from typing import Any

from common.canonical import digest

CODE_BYTES = 32
LONGEST = 1000
"""Characters of a public value or of its source, after folding."""

_COMMIT, _SEED = b"zhengkao/commit/1", b"zhengkao/seed/1"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = re.compile("[\u0009-\u000d\u0020\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_OTHER = re.compile("[^\u0020-\u007e\u3400-\u4dbf\u4e00-\u9fff]")
"""What no public value holds: all but ASCII that can be seen, the blank, and Chinese characters of two blocks."""
_GROUPS = re.compile("[0-9]"), re.compile("[A-Z]"), re.compile("[a-z]")
_OPEN = re.compile("[0-9A-Za-z]")


class UnreadableError(ValueError):
    """A public value holds a character that it may not: ``place`` counts from 1, after folding; ``code`` is its code point."""

    def __init__(self, place: int, code: int) -> None:
        super().__init__(f"character {place} is U+{code:04X}, which a public value may not hold")
        self.place, self.code = place, code


def one_line(text: str) -> str:
    """Give the one form of a line that people type: one blank between words, none around.

    Raises
    ------
    ValueError
        nothing is left, it is too long, or it holds characters that nobody can see.
    """
    line = _of_a_length(_folded(text))
    if _UNSEEN.search(line):
        raise ValueError("characters that cannot be seen")
    return line


def public_value(text: str) -> str:
    """Give the one form of a public value: one line, full-width characters made half-width.

    Only what is listed in the specification is folded, so that no edition of Unicode changes it; case,
    commas and the order of digits are kept. Only characters that people can see and tell apart are taken: with others,
    values that look the same would give as many seeds as somebody likes to try.

    Raises
    ------
    ValueError
        nothing is left, or it is too long; or (``UnreadableError``) it holds other characters.
    """
    line = _of_a_length(_folded(text.translate(_FULL_WIDTH)))
    other = _OTHER.search(line)
    if other:
        raise UnreadableError(other.start() + 1, ord(other[0]))
    return line


def _folded(text: str) -> str:
    # two halves that stand side by side are one character, as they are in JSON and in other languages
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _BLANKS.sub(" ", whole).strip(" ")


def _of_a_length(line: str) -> str:
    if not line or len(line) > LONGEST:
        raise ValueError("empty or too long")
    return line


def is_form(form: str) -> bool:
    """Say whether a text can fix how a public value is written: a value itself, with something left open."""
    try:
        return public_value(form) == form and _OPEN.search(form) is not None
    except ValueError:
        return False


def values_of(form: str) -> int:
    """Give how many public values are of a form."""
    return prod(10 if one.isdigit() else 26 for one in form if _OPEN.fullmatch(one))


def is_written_as(value: str, form: str) -> bool:
    """Say whether a public value is of a form: each digit and letter of the form stands for any digit, or letter of its case."""
    return len(value) == len(form) and all(
        any(group.fullmatch(one) and group.fullmatch(due) for group in _GROUPS) or one == due
        for one, due in zip(value, form, strict=True)
    )


def code_bytes(code: object) -> bytes:
    """Read a code (the secret, or a substitute): 64 lower-case hex digits.

    Raises
    ------
    ValueError
        it is anything else.
    """
    if not isinstance(code, str) or not re.fullmatch(r"[0-9a-f]{64}", code):
        raise ValueError("a code is 32 bytes in lower-case hex")
    return bytes.fromhex(code)


def commitment(number: int, code: bytes) -> str:
    """Give what is published of a code, in hex; number 0 is the secret, k the k-th substitute."""
    return hashlib.sha256(_COMMIT + b"\x00" + number.to_bytes(8, "big") + code).hexdigest()


def combined_seed(announcement: dict[str, Any], code: bytes, public_value: str) -> str:
    """Give the seed, in hex, that comes of an announcement, the revealed secret and the public value.

    The announcement's digest is worked out here, never read, so that a changed announcement is another seed.
    """
    rest = {name: value for name, value in announcement.items() if name != "digest"}
    fixed = (announcement["plan_digest"], announcement["list_digest"], digest(rest))
    parts = [_SEED + b"\x00", code, *(bytes.fromhex(one) for one in fixed), public_value.encode("utf-8")]
    return hashlib.sha256(b"".join(parts)).hexdigest()
