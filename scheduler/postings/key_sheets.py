"""The sheets that the parts of keys are written on: all parts A for the exam body, parts B a sheet for each site.

A line of a sheet begins with the number of its sealed file, then comes the part; everything else is for people.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from common.errors import InputError, ZhengkaoError
from common.files import os_reason, write_private
from scheduler.postings.keys import PARTS, as_text, from_text

_RULES = """\
一份密封文件须用钥匙 A 和钥匙 B 同时打开，只有一把什么也看不到。两把钥匙由两个人分别保管，到打开之前不得放在一起，
不得拍照、转发。考试当天只报当天那一行。每组 5 个字符，最后一个是校验；电话里一组一组地报，打错哪一组程序会指出来。
字符只有字母 A—Z 和数字 2—7，没有 0、1、8、9。"""
_HOLDERS = {"A": "考试机构保管", "B": "考点负责人（巡考员）保管"}
Parts = Mapping[str, tuple[bytes, bytes]]


def write_sheets(folder: Path, sealed: Sequence[Mapping[str, str]], parts: Parts) -> list[Path]:
    """Write the sheets of sealed postings into a folder, for its owner only; none is ever overwritten.

    Parameters
    ----------
    sealed
        what stands on the sealed files in the clear.
    parts
        parts A and B by the number of the posting.

    Raises
    ------
    InputError
        a sheet is there already: it may be the only one that opens what was sealed before.
    ZhengkaoError
        the place cannot be written to.
    """
    texts = {"key-a.txt": _sheet("A", sealed, parts)}
    for site in dict.fromkeys(one["posting"].partition("-")[0] for one in sealed):
        own = [one for one in sealed if one["posting"].partition("-")[0] == site]
        texts[f"key-b-{site}.txt"] = _sheet("B", own, parts)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        there = [name for name in texts if (folder / name).exists()]
        if there:
            raise InputError(f"{folder / there[0]} 已经存在，不会覆盖。请用 --keys 指定别处。")
        for name, text in texts.items():
            write_private(folder / name, text.encode("utf-8-sig"))
    except OSError as error:
        raise ZhengkaoError(
            f"写不了钥匙文件（{os_reason(error)}）：{folder}。请用 --keys 指定别处。"
        ) from error
    return [folder / name for name in texts]


def _sheet(whose: str, sealed: Iterable[Mapping[str, str]], parts: Parts) -> str:
    lines = [f"密封考务安排的钥匙 {whose}　　{_HOLDERS[whose]}", "", _RULES, ""]
    for one in sealed:
        part = parts[one["posting"]][PARTS.index(whose)]
        opens = dt.datetime.fromisoformat(one["opens_at"])
        lines += [
            f"考点 {one['site_id']}　{one['site']}　{one['date']}　{opens:%m-%d %H:%M} 起可以打开",
            f"{one['posting']}  {as_text(part, whose)}",
            "",
        ]
    return "\r\n".join("\r\n".join(lines).splitlines()) + "\r\n"


def read_part(given: str, whose: str, posting: str) -> bytes:
    """Give a part from what was given: the text of a part, or the path of a sheet.

    Raises
    ------
    InputError
        it is neither, the sheet has no line for this posting, or the part is mistyped.
    """
    with contextlib.suppress(OSError, ValueError):  # too long for a path, or with characters no path has
        if Path(given).is_file():
            return from_text(_line(Path(given), whose, posting), whose)
    if any(sign in given for sign in "/\\") or given.endswith(".txt"):
        raise InputError(f"--key-{whose.lower()}：没有这个钥匙文件。请给出钥匙文件，或直接给出 8 组字符。")
    return from_text(given, whose)


def _line(path: Path, whose: str, posting: str) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"--key-{whose.lower()}：钥匙文件读不了，应为 UTF-8 文本。") from None
    for line in text.splitlines():
        first, _, rest = line.strip().partition(" ")
        if first == posting:
            return rest
    raise InputError(f"--key-{whose.lower()}：这份钥匙文件里没有编号 {posting} 的钥匙。请核对考点和日期。")
