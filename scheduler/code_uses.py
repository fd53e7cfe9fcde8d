"""Which change each substitute code was used for, kept beside the secret: one code for two changes would be two truths."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

from common.errors import ZhengkaoError
from common.files import os_reason, writing
from scheduler.folder import json_text

_SUFFIX = ".used.json"


def uses(secret: Path) -> list[dict[str, str]]:
    """Give the uses of a secret file's codes, the first one first; none where nothing was written down, or nobody can read it."""
    return _read(_beside(secret)) or []


def _read(path: Path) -> list[dict[str, str]] | None:
    """Give what a record holds; None where it cannot be read."""
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["uses"]
        return [
            {name: str(one[name]) for name in ("number", "parent", "changes", "folder")} for one in listed
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError):
        return None


def rivals(
    secret: Path, number: int, parent: str, changes: str, announced_in: Path | None = None
) -> list[str]:
    """Give the folders of other changes that a code was used for.

    Parameters
    ----------
    number
        which code, from 1.
    parent, changes
        digests of the record that is changed, and of the table of changes: the same ones give the same result again.
    announced_in
        the folder of a change that was announced: the same table announced again has another public value, and is another change.
    """
    found = [one for one in uses(secret) if one["number"] == str(number)]
    if announced_in is not None:
        return [one["folder"] for one in found if one["folder"] != str(announced_in.absolute())]
    return [one["folder"] for one in found if (one["parent"], one["changes"]) != (parent, changes)]


def note_use(secret: Path, number: int, parent: str, changes: str, folder: Path) -> str:
    """Write down that a code was used, for the secret's owner only; gives a sentence for the reader, or "".

    A record that cannot be read is put aside, not overwritten.

    Raises
    ------
    ZhengkaoError
        it cannot be written down; the change is made all the same.
    """
    new = {"number": str(number), "parent": parent, "changes": changes, "folder": str(folder.absolute())}
    path = _beside(secret)
    if new in uses(secret):  # announced, and now drawn
        return ""
    try:
        told = _put_aside(path) if _read(path) is None else ""
        with writing(path) as file:
            file.write(json_text({"uses": [*uses(secret), new]}).encode("utf-8"))
        path.chmod(0o600)
    except (OSError, ZhengkaoError) as error:
        why = os_reason(error) if isinstance(error, OSError) else str(error)
        raise ZhengkaoError(f"变更已完成，但备用码的使用没有记下：{path}（{why}）。") from error
    return told


def _put_aside(path: Path) -> str:
    names = (path.with_name(f"{path.stem}.damaged{number}.json") for number in count(1))
    aside = next(name for name in names if not name.exists())
    path.rename(aside)
    return f"备用码的使用记录 {path} 读不了，已改名为 {aside.name} 保留。以前哪个码用于哪次变更，请人工核对。"


def _beside(secret: Path) -> Path:
    return secret.with_name(secret.stem + _SUFFIX)
