"""Half a key as text for paper and telephone: eight groups of five letters, a typing error told by its group.

Two parts together make the secret, one XOR the other; each is random by itself, so that one alone tells
nothing. Letters are those of base32 (RFC 4648: no 0, 1, 8 and 9). Of a group, four letters carry 20 bits
and the fifth is a check over them, the number of the group and whose part it is, in the field of 32
elements with weights that all differ: one wrong letter, or two that changed places, is always found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from common.errors import InputError

PART_BYTES = 20
"""160 bits: more than anybody can try, and still read aloud in a minute."""
PARTS = ("A", "B")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_ALIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})  # no letters of ours: only one thing can be meant
_GROUPS, _CARRIED = 8, 4
_BETWEEN = re.compile(r"[\s\-–—_.,;:、，；：]+")
_BITS, _MASK, _POLYNOMIAL = 5, 31, 0b100101  # x^5 + x^2 + 1


def joined(part_a: bytes, part_b: bytes) -> bytes:
    """Give the secret that two parts make."""
    return bytes(a ^ b for a, b in zip(part_a, part_b, strict=True))


def as_text(part: bytes, whose: str) -> str:
    """Write a part, ``whose`` is A or B, in groups."""
    number = int.from_bytes(part, "big")
    values = [number >> _BITS * place & _MASK for place in reversed(range(_GROUPS * _CARRIED))]
    groups = [values[start : start + _CARRIED] for start in range(0, len(values), _CARRIED)]
    return " ".join(
        "".join(_LETTERS[value] for value in (*group, _check(group, place, whose)))
        for place, group in enumerate(groups)
    )


def from_text(text: str, whose: str) -> bytes:
    """Read a part as people type it: case, blanks, hyphens and full-width letters do not matter.

    Raises
    ------
    InputError
        it cannot be that part; tells which group is wrong, and never repeats what was typed.
    """
    groups = _groups(text, whose)
    wrong = _wrong(groups, whose)
    if wrong:
        other = PARTS[1 - PARTS.index(whose)]
        if not _wrong(groups, other):
            raise InputError(f"钥匙 {whose}：给出的是钥匙 {other}。两把钥匙请不要弄反。")
        told = "、".join(f"第 {place + 1} 组" for place in wrong)
        raise InputError(f"钥匙 {whose}：{told}有误（读错、打错或次序不对），请只核对{told}。")
    number = 0
    for group in groups:
        for letter in group[:_CARRIED]:
            number = number << _BITS | _LETTERS.index(letter)
    return number.to_bytes(PART_BYTES, "big")


def _groups(text: str, whose: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).upper().translate(_ALIKE)
    groups = [group for group in _BETWEEN.split(plain) if group]
    size = _CARRIED + 1
    if len(groups) != _GROUPS:  # read on without blanks, or with blanks elsewhere
        whole = "".join(groups)
        groups = [whole[start : start + size] for start in range(0, len(whole), size)]
        if len(whole) != _GROUPS * size:
            raise InputError(
                f"钥匙 {whose}：应为 {_GROUPS} 组，每组 {size} 个字符；给出的共 {len(whole)} 个字符。"
            )
    return groups


def _wrong(groups: Sequence[str], whose: str) -> list[int]:
    return [place for place, group in enumerate(groups) if not _good(group, place, whose)]


def _good(group: str, place: int, whose: str) -> bool:
    if len(group) != _CARRIED + 1 or any(letter not in _LETTERS for letter in group):
        return False
    *values, check = (_LETTERS.index(letter) for letter in group)
    return check == _check(values, place, whose)


def _check(values: Sequence[int], place: int, whose: str) -> int:
    """Give the check of a group: weights 16, 8, 4, 2 for its letters, 1 for the check itself."""
    found = 0
    for value in values:
        found = _doubled(found ^ value)
    return found ^ place ^ _GROUPS * PARTS.index(whose)


def _doubled(value: int) -> int:
    shifted = value << 1
    return shifted ^ _POLYNOMIAL if shifted > _MASK else shifted
