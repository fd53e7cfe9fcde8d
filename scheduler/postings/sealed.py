"""A sealed posting: who is on duty at one site on one day, readable with two parts of a key together.

What stands in the clear (which draw, site and day, from when it may be opened) is bound to what is sealed:
a changed letter of either, and nothing opens. The draw is named by the digest of its record, which covers
result and seed: the result's own digest could be tried out where few people have few duties.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from common.canonical import canonical_bytes
from common.errors import InputError, ZhengkaoError
from common.vault import Entropy, Vault, key_name
from scheduler.folder import read_json
from scheduler.postings.keys import PART_BYTES, PARTS, joined

FORMAT = "zhengkao-sealed-posting/1"
_USE = b"zhengkao sealed posting 1\n"
_PADDED_TO = 4096  # bytes: how many people are on duty should not show more than it must
_STATED = (
    "format", "notice", "posting", "plan_digest", "draw_digest", "site_id", "site", "date", "opens_at",
    "key_a", "key_b",
)  # fmt: skip
_POSTING = re.compile(r"[0-9]{3,}-[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LISTS = {"csv", "xlsx"}
_NOTICE = "密封的考务安排：须两把钥匙（A、B）同时在场，于 opens_at 之后打开；打开留有记录。"


def seal(
    about: Mapping[str, str], lists: Mapping[str, bytes], parts: tuple[bytes, bytes], entropy: Entropy
) -> dict[str, str]:
    """Seal the lists of one posting.

    Parameters
    ----------
    about
        what stands in the clear: posting, digests of plan and draw record, site, date, ``opens_at``.
    lists
        files by the end of their names.
    parts
        parts A and B, used for nothing else.
    """
    stated = {"format": FORMAT, "notice": _NOTICE, **about}
    stated |= {"key_a": key_name(parts[0]), "key_b": key_name(parts[1])}
    text = json.dumps({name: base64.b64encode(one).decode() for name, one in sorted(lists.items())}).encode()
    padded = text + b" " * (-len(text) % _PADDED_TO)
    sealed = Vault(_cipher_key(*parts), entropy).seal(padded, _place(stated))
    return {**stated, "sealed": base64.b64encode(sealed).decode()}


def part_bytes(entropy: Entropy) -> tuple[bytes, bytes]:
    """Give two new parts: the secret is what they are together, and nobody has it before."""
    return entropy(PART_BYTES), entropy(PART_BYTES)


def unseal(content: Mapping[str, str], part_a: bytes, part_b: bytes) -> dict[str, bytes]:
    """Open a posting; gives its files by the end of their names.

    Raises
    ------
    InputError
        a part belongs to another posting, or the file was changed.
    """
    for whose, part in zip(PARTS, (part_a, part_b), strict=True):
        if key_name(part) != content[f"key_{whose.lower()}"]:
            raise InputError(
                f"钥匙 {whose} 不是这份密封文件的（文件编号 {content['posting']}）："
                "请核对考点和日期。没有写出任何内容。"
            )
    try:
        sealed = base64.b64decode(content["sealed"], validate=True)
        text = Vault(_cipher_key(part_a, part_b), _no_entropy).unseal(sealed, _place(content))
    except (ZhengkaoError, ValueError):
        raise InputError(
            "密封文件解不开：钥匙是对的，文件却被改动过，或已损坏。请另取一份原件。没有写出任何内容。"
        ) from None
    return {name: base64.b64decode(one) for name, one in json.loads(text).items() if name in _LISTS}


def read_sealed(path: Path) -> dict[str, str]:
    """Read a sealed file; whether it is genuine only the keys can tell.

    Raises
    ------
    InputError
        it is none.
    """
    content = read_json(path, "请给出密封的考务安排文件。")
    names = set(_STATED) | {"sealed"}
    whole = set(content) == names and all(isinstance(one, str) for one in content.values())
    if not whole or content["format"] != FORMAT or not _POSTING.fullmatch(content["posting"]):
        raise InputError(f"{path.name}：不是密封的考务安排（{FORMAT}），或内容不全。")
    return content


def _place(content: Mapping[str, Any]) -> list[str]:
    return [canonical_bytes({name: content[name] for name in _STATED}).decode()]


def _cipher_key(part_a: bytes, part_b: bytes) -> bytes:
    return hashlib.sha256(_USE + joined(part_a, part_b)).digest()


def _no_entropy(_count: int) -> bytes:
    raise AssertionError("nothing is sealed here")
