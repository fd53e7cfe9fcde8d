"""Is a bundle as it was signed? Checked offline, without the holder's key.

Every byte counts: the file is made anew from its entries and must be the same; the entries must be
those of the manifest, hash by hash; the manifest must carry the signature.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certcheck.evidence import archive
from certcheck.evidence.bundle import (
    FORMAT,
    KEY,
    MANIFEST,
    MARK,
    READ_ME,
    SIGNATURE,
    STAMP,
    Chain,
    signed_text,
)
from certcheck.evidence.keys import is_signed
from certcheck.evidence.naming import entry_name, sealed_name
from common.errors import InputError
from common.files import os_reason

_HASH_BYTES = 32
_RUN, _NAME = re.compile("[0-9A-Za-z-]{1,64}"), re.compile("[0-9a-z./-]{1,64}")


@dataclass(slots=True)
class Verified:
    """A bundle as read, and what is wrong with it; ``problems`` is empty where nothing is.

    ``stamped`` is the chain's value before a time-stamp, which the stamp is about.
    """

    entries: dict[str, bytes] = field(repr=False)
    manifest: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    stamped: bytes = b""

    @property
    def public_key(self) -> bytes:
        """The key that the bundle itself says it was signed with."""
        return _hex(self.manifest.get("public_key"))

    @property
    def exchanges(self) -> int:
        """How many exchanges it holds."""
        return sum(name.endswith(".sealed") for name in self.entries)


def verify(data: bytes, pinned: bytes | None = None) -> Verified:
    """Check a bundle; ``pinned`` is the public key that it must be signed with.

    Raises
    ------
    InputError
        it is no bundle at all.
    """
    if MARK not in data:
        raise InputError("这不是证据包（evidence.zip）。请检查文件。")
    entries = archive.read(data)
    found = Verified(dict(entries))
    _check_bytes(data, entries, found)
    names = [name for name, _ in entries]
    if names[-2:] != [MANIFEST, SIGNATURE]:
        found.problems.append(f"末尾没有 {MANIFEST} 和 {SIGNATURE}：文件被截断，或被改动过。")
        return found
    _read_manifest(entries[-2][1], found)
    _check_signature(entries[-2][1], entries[-1][1], pinned, found)
    if found.manifest:
        _check_entries(entries[:-2], found)
    return found


def stamp_of(path: Path) -> bytes | None:
    """Give the time-stamp of an earlier bundle, if there is one in this place."""
    try:
        return dict(archive.read(path.read_bytes())).get(STAMP)
    except OSError:
        return None


def run_of(path: Path) -> str:
    """Name the run whose bundle lies in a place, fit for the name of a file; "" where there is none to be read."""
    found = Verified({})
    try:
        _read_manifest(dict(archive.read(path.read_bytes()))[MANIFEST], found)
    except (OSError, KeyError):
        return ""
    return str(found.manifest["run"]["name"]) if found.manifest else ""


def read_bundle(path: Path) -> bytes:
    """Read the file of a bundle.

    Raises
    ------
    InputError
        it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name}：打不开（{os_reason(error)}）。请检查路径和权限。") from error


def _check_bytes(data: bytes, entries: list[tuple[str, bytes]], found: Verified) -> None:
    place = archive.difference(data, entries)
    if place is not None:
        found.problems.append(f"从第 {place + 1} 个字节起，文件不是写成时的样子：被改动、截断或添加过。")


def _read_manifest(written: bytes, found: Verified) -> None:
    try:
        manifest = json.loads(written)
        good = _is_manifest(manifest)
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if good:
        found.manifest = manifest
    else:
        found.problems.append(f"{MANIFEST} 读不懂：内容被改动过，或由更新的版本写成。")


def _is_manifest(read: Any) -> bool:
    """Say whether everything is there that is looked at; what is shown must be plain text."""
    run = read["run"]
    return (
        read["format"] == FORMAT
        and _RUN.fullmatch(run["name"]) is not None
        and dt.datetime.fromisoformat(run["started_at"]).isoformat() == run["started_at"]
        and all(isinstance(one["name"], str) for one in read["entries"])
        and bool(_hex(read["public_key"]) and _hex(read["chain"]))
    )


def _check_signature(manifest: bytes, signature: bytes, pinned: bytes | None, found: Verified) -> None:
    key = pinned or found.public_key
    if pinned and found.manifest and pinned != found.public_key:
        found.problems.append("包内写明的公钥不是指定的公钥：不是那个安装签的，或被另签过。")
    if not is_signed(key, signature, signed_text(manifest)):
        found.problems.append("签名不对：清单被改动过，或不是用这个公钥对应的密钥签的。")


def _check_entries(entries: list[tuple[str, bytes]], found: Verified) -> None:
    listed = found.manifest["entries"]
    names = [name for name, _ in entries]
    if names != [one["name"] for one in listed]:
        found.problems.append("条目与清单不符：有的被去掉、添加或调换了次序。")
    expected = {one["name"]: one for one in listed}
    chain = Chain(found.manifest["run"]["name"])
    for name, content in entries:
        digest = hashlib.sha256(content)
        if name == STAMP:
            found.stamped = chain.head
        chain.add(name, digest.digest())
        stated = expected.get(name, {})
        if (stated.get("sha256"), stated.get("size")) != (digest.hexdigest(), len(content)):
            shown = name if _NAME.fullmatch(name) else "名称陌生的一个条目"
            found.problems.append(f"{shown}：内容与清单不符，被改动过。")
    if chain.head != _hex(found.manifest.get("chain")):
        found.problems.append("哈希链对不上：条目或它们的次序被改动过。")
    count = (len(entries) - 2) // 2
    pairs = [name for number in range(1, count + 1) for name in (entry_name(number), sealed_name(number))]
    if names not in ([READ_ME, KEY, *pairs], [READ_ME, KEY, *pairs, STAMP]):
        found.problems.append("条目不是证据包应有的那些：编号有缺，或多了别的文件。")


def _hex(written: object) -> bytes:
    try:
        read = bytes.fromhex(str(written))
    except ValueError:
        return b""
    return read if len(read) == _HASH_BYTES else b""
