"""Which change each substitute code was used for, kept beside the secret: one code for two changes would be two truths."""

from __future__ import annotations

import json
from pathlib import Path

from common.errors import ZhengkaoError
from common.files import os_reason, writing
from scheduler.folder import json_text

_SUFFIX = ".used.json"


def uses(secret: Path) -> list[dict[str, str]]:
    """Give the uses of a secret file's codes, the first one first; a record that cannot be read says nothing."""
    try:
        listed = json.loads(_beside(secret).read_text(encoding="utf-8"))["uses"]
        return [
            {name: str(one[name]) for name in ("number", "parent", "changes", "folder")} for one in listed
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def rivals(secret: Path, number: int, parent: str, changes: str) -> list[str]:
    """Give the folders of other changes that a code was used for.

    Parameters
    ----------
    number
        which code, from 1.
    parent, changes
        digests of the record that is changed, and of the table of changes: the same ones give the same result again.
    """
    found = [one for one in uses(secret) if one["number"] == str(number)]
    return [one["folder"] for one in found if (one["parent"], one["changes"]) != (parent, changes)]


def note_use(secret: Path, number: int, parent: str, changes: str, folder: Path) -> None:
    """Write down that a code was used, for the secret's owner only.

    Raises
    ------
    ZhengkaoError
        it cannot be written down; the change is made all the same.
    """
    new = {"number": str(number), "parent": parent, "changes": changes, "folder": str(folder.absolute())}
    path = _beside(secret)
    try:
        with writing(path) as file:
            file.write(json_text({"uses": [*uses(secret), new]}).encode("utf-8"))
        path.chmod(0o600)
    except OSError as error:
        raise ZhengkaoError(f"变更已完成，但备用码的使用没有记下（{path}：{os_reason(error)}）。") from error


def _beside(secret: Path) -> Path:
    return secret.with_name(secret.stem + _SUFFIX)
