"""The files of a draw's folder that are read again, and whether they are as they were written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from common.canonical import digest
from common.errors import InputError
from common.files import encoded, sha256_of
from scheduler.checks import Check
from scheduler.file_names import ASSIGNMENTS, DRAW_FILE, PAGES, PLAN_FILE, REMEDIES, RESULTS, UNDECIDED

_BEFORE = (*REMEDIES, UNDECIDED)
"""What is written when a plan is made, beside it."""


def read_json(path: Path, advice: str) -> dict[str, Any]:
    """Read a file that holds one JSON object.

    Parameters
    ----------
    advice
        what to do where there is no such file, in Chinese.

    Raises
    ------
    InputError
        it is missing, cannot be read, or holds something else; its content is never repeated.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if path.name == PLAN_FILE else None
        # in a file as we write it no key stands twice: the plans of very many people are not read the slow way
        if not (isinstance(content, dict) and holds(path, content)):
            content = json.loads(text, object_pairs_hook=_once, parse_int=_whole)
    except FileNotFoundError:
        raise InputError(f"{path}：没有这个文件。{advice}") from None
    except NotADirectoryError:
        raise InputError(f"{path.parent}：不是文件夹。{advice}") from None
    except _TwiceError:
        raise InputError(
            f"{path.name}：读不了，有一处把同一个键写了两次，人和程序会读出不同的内容。"
        ) from None
    except (OSError, ValueError, RecursionError):
        raise InputError(f"{path.name}：读不了，文件可能已损坏。") from None
    if not isinstance(content, dict):
        raise InputError(f"{path.name}：内容不对。{advice}")
    return content


class _TwiceError(ValueError):
    """A key is there twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that is there twice: a person would read the first, a program the last.

    Raises
    ------
    _TwiceError
        there is one.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError
    return found


def _whole(text: str) -> int:
    """Refuse the number -0, of which one language makes 0 and another makes -0.

    Raises
    ------
    ValueError
        it is that, or longer than any number of ours.
    """
    if text == "-0":
        raise ValueError("0 has no sign")
    return int(text)


def json_text(content: Mapping[str, Any]) -> str:
    """Give the text that an announcement or a record is written as."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def json_lines(content: Mapping[str, Any]) -> Iterator[bytes]:
    """Give the text of a plan in pieces: a line for each key, and for each member of a list, however many."""
    yield b"{"
    for number, (name, value) in enumerate(content.items()):
        yield b"%b\n %b: " % (b"," if number else b"", _line(name))
        if isinstance(value, list) and value:
            for place, member in enumerate(value):
                yield b"%b\n  %b" % (b"," if place else b"[", _line(member))
            yield b"\n ]"
        else:
            yield _line(value)
    yield b"\n}\n"


def _line(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # a number beyond 64 bits, which the standard library writes all the same
        return encoded(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def holds(path: Path, content: Mapping[str, Any]) -> bool:
    """Say whether a file is, byte for byte, a plan as ``json_lines`` writes it."""
    try:
        with path.open("rb") as file:
            return all(file.read(len(piece)) == piece for piece in json_lines(content)) and not file.read(1)
    except OSError:
        return False


def page_checks(
    folder: Path, documents: Mapping[str, Any], known: Collection[str], names: Sequence[str] = PAGES
) -> Iterator[Check]:
    """Hold the pages of a folder against the digests that its record has of them; they are not made again.

    Parameters
    ----------
    known
        what the record may name.
    names
        what nothing in the folder may be called that the record does not name.
    """
    for name in sorted(documents.keys() - set(known)):
        yield Check(False, f"记录把 {name} 写成抽签时写出的页面，这次抽签没有这种页面")
    for name, stated in documents.items():
        path = folder / Path(str(name)).name
        same = path.is_file() and sha256_of(path) == stated
        yield Check(same, f"{name} {'与记录中的摘要相同' if same else '不是抽签时写出的文件'}")
    for name in names:
        if name not in documents and (folder / name).exists():
            yield Check(False, f"{name} 不是抽签时写出的文件：记录里没有它")


def strangers(folder: Path, files: Collection[str], names: Sequence[str] = RESULTS) -> Iterator[Check]:
    """Tell files of a folder that bear the name of a result and that the draw did not write: papers would be printed from them."""
    for name in names:
        if name not in files and (folder / name).exists():
            yield Check(False, f"{name} 不是这次抽签写出的：记录里没有它，请移走")


def is_unfinished(folder: Path) -> bool:
    """Say whether a folder has a plan and who sits where and no record: its draw was killed."""
    return (
        all((folder / name).is_file() for name in (PLAN_FILE, ASSIGNMENTS))
        and not (folder / DRAW_FILE).exists()
    )


def leftovers(folder: Path) -> Iterator[Check]:
    """Tell results and pages in a folder that is not drawn: of a draw that was killed, or of nobody knows what."""
    for name in (*RESULTS, *PAGES):
        if (folder / name).exists():
            yield Check(
                False,
                f"还没有抽签，却有 {name}：是中断的抽签留下的，或与抽签无关，不要采用（抽签时会重写）",
            )


def beyond_pages(folder: Path, documents: Mapping[str, Any]) -> list[str]:
    """Say in words that the pages prove nothing by themselves, and what of the folder the record does not cover."""
    told = []
    named = [name for name in PAGES if name in documents]
    if named:
        told.append(
            f"{'、'.join(named)} 供人阅读，程序只核对摘要，没有重做：与 CSV 文件不一致时，以 CSV 文件为准。"
        )
    unnamed = [name for name in _BEFORE if name not in documents and (folder / name).exists()]
    if unnamed:
        told.append(f"{'、'.join(unnamed)} 是做计划时写出的，抽签记录里没有摘要，程序不能核对。")
    return told


def is_whole(content: Mapping[str, Any]) -> bool:
    """Say whether a plan, announcement or record is as its own digest says."""
    rest = {name: value for name, value in content.items() if name != "digest"}
    try:
        return bool(content.get("digest") == digest(rest))
    except (TypeError, UnicodeEncodeError):  # a number with a decimal point, half a character: not ours
        return False
