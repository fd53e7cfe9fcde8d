"""The file that keeps the secret and the substitute codes until they are revealed; its owner reads it only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from common.errors import InputError, ZhengkaoError
from common.files import os_reason, write_private
from scheduler.folder import json_text, read_json
from scheduler.seed.commitment import code_bytes

_FORMAT = "zhengkao-secret/1"
_WARNING = "抽签之前不得给任何人看，不得公布；抽签之后仍须保存，其中的备用码还没有公开。"


def write_secret(path: Path, announcement_digest: str, codes: list[str]) -> None:
    """Write the codes down, the secret first, in a new file for its owner only, through to the disk.

    On Windows the file is as private as the folder it lies in.

    Raises
    ------
    InputError
        there is such a file: it may hold the codes of another announcement.
    ZhengkaoError
        the place cannot be written to.
    """
    content: dict[str, Any] = {
        "format": _FORMAT,
        "warning": _WARNING,
        "announcement_digest": announcement_digest,
        "secret": codes[0],
        "substitutes": codes[1:],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(path, json_text(content).encode("utf-8"))
    except OSError as error:
        raise ZhengkaoError(
            f"写不了密封码文件 {path}（{os_reason(error)}）。请用 --secret 指定别处。"
        ) from error


def _write_new(path: Path, content: bytes) -> None:
    try:
        write_private(path, content)
    except FileExistsError:
        raise InputError(f"{path} 已经存在，不会覆盖。请用 --secret 指定别处。") from None


def read_substitutes(path: Path) -> list[str]:
    """Give the substitute codes of a file, in order.

    Raises
    ------
    InputError
        the file is missing or holds no codes; its content is never repeated.
    """
    content = read_json(path, "备用码与密封码存在同一个文件里；如在别处，请用 --secret 指出。")
    try:
        listed = [code_bytes(one).hex() for one in content["substitutes"]]
    except (KeyError, TypeError, ValueError):
        raise InputError(f"{path.name}：不是密封码文件，或已损坏。") from None
    return listed


def read_secret(path: Path) -> str:
    """Give the secret of a file.

    Raises
    ------
    InputError
        the file is missing or holds no secret; its content is never repeated.
    """
    content = read_json(
        path, "密封码文件在做公告时写出；如在别处，请用 --secret 指出。没有它就不能按公告抽签。"
    )
    try:
        code_bytes(content.get("secret"))
    except ValueError:
        raise InputError(f"{path.name}：不是密封码文件，或已损坏。") from None
    return str(content["secret"])
