"""Which change each substitute code was used for, kept beside the secret: one code for two changes would be two truths."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import NamedTuple

from common.errors import ZhengkaoError
from common.files import move, os_reason, writing
from scheduler.folder import json_text

_SUFFIX = ".used.json"
_KEYS = ("number", "parent", "changes", "folder")


class Use(NamedTuple):
    """What a code is used for; the same use gives the same result again.

    ``number`` is which code, from 1; the others are the digests of the record that is changed, of the table of changes, and
    of the change's own announcement ("" where it has none).
    """

    number: int
    parent: str
    changes: str
    announcement: str = ""

    def data(self) -> dict[str, str]:
        """Give it as it is written down, but for the folder."""
        return {
            "number": str(self.number),
            "parent": self.parent,
            "changes": self.changes,
            "announcement": self.announcement,
        }


def uses(secret: Path) -> list[dict[str, str]]:
    """Give the uses of a secret file's codes, the first one first; none where nothing was written down, or nobody can read it."""
    return _read(_beside(secret)) or []


def _read(path: Path) -> list[dict[str, str]] | None:
    """Give what a record holds; None where it cannot be read."""
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["uses"]
        return [
            {name: str(one[name]) for name in _KEYS} | {"announcement": str(one.get("announcement", ""))}
            for one in listed
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError):
        return None


def rivals(secret: Path, use: Use) -> list[str]:
    """Give the folders of other changes that a code was used for."""
    same = use.data()
    found = [one for one in uses(secret) if one["number"] == same["number"]]
    others = (one["folder"] for one in found if any(one[name] != same[name] for name in same))
    return list(dict.fromkeys(others))


def note_use(secret: Path, use: Use, folder: Path) -> str:
    """Write down that a code was used, for the secret's owner only; gives a sentence for the reader, or "".

    A record that cannot be read is put aside, not overwritten.

    Raises
    ------
    ZhengkaoError
        it cannot be written down; what was done is done all the same.
    """
    path = _beside(secret)
    if any(one.items() >= use.data().items() for one in uses(secret)):  # announced, and now drawn
        return ""
    new = use.data() | {"folder": str(folder.absolute())}
    try:
        told = _put_aside(path) if _read(path) is None else ""
        with writing(path) as file:
            file.write(json_text({"uses": [*uses(secret), new]}).encode("utf-8"))
        path.chmod(0o600)
    except (OSError, ZhengkaoError) as error:
        why = os_reason(error) if isinstance(error, OSError) else str(error)
        raise ZhengkaoError(f"结果已写出，但备用码的使用没有记下：{path}（{why}）。") from error
    return told


def _put_aside(path: Path) -> str:
    names = (path.with_name(f"{path.stem}.damaged{number}.json") for number in count(1))
    aside = next(name for name in names if not name.exists())
    move(path, aside)
    return f"备用码的使用记录 {path} 读不了，已改名为 {aside.name} 保留。以前哪个码用于哪次变更，请人工核对。"


def _beside(secret: Path) -> Path:
    return secret.with_name(secret.stem + _SUFFIX)
