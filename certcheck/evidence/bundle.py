"""The evidence of a run as one file: exchanges, a manifest over all of them, a signature over that.

Nothing in it depends on when it is written: a run that is resumed and asks nothing new gives the
same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from certcheck.evidence.archive import Entries, pieces
from certcheck.evidence.exchanges import entries_of
from certcheck.evidence.keys import EvidenceKeys
from certcheck.evidence.sealing import BundleKey
from certcheck.journal import Read
from certcheck.store.sealing import Asked
from common.canonical import canonical_bytes

EVIDENCE = "evidence.zip"
"""The file's name in the folder of a run."""
FORMAT = "zhengkao-evidence/1"
MARK = b"zhengkao-evidence"
"""Stands in every bundle, so that a damaged one is told from what never was one."""
READ_ME, KEY, STAMP = "zhengkao-evidence.txt", "key.wrapped", "timestamp.tsr"
MANIFEST, SIGNATURE = "manifest.json", "signature"
Stamp = Callable[[bytes], bytes | None]
"""Gives a time-stamp of a chain's value, or None."""
_TOLD = f"""{FORMAT}

这是一次核验的证据包：向查询平台问了什么、何时问、答复是什么。
exchanges/NNNN.json 是可以公开的部分，exchanges/NNNN.sealed 是加密的部分（姓名、证件号码、原始答复、供阅读的页面）。
manifest.json 写明每个条目的 SHA-256 和整条哈希链，signature 是对它的 Ed25519 签名。
检查是否被改动：zhengkao evidence verify evidence.zip
打开加密的部分（只有持有人可以）：zhengkao evidence open evidence.zip --out 文件夹
"""


@dataclass(frozen=True, slots=True)
class AboutRun:
    """What a bundle says of its run: name and start, the program's version, the rule packs used."""

    name: str
    started_at: str
    as_of: str
    version: str
    rules: list[dict[str, Any]]


class Chain:
    """A hash over entries in their order: an earlier bundle of a run is the beginning of a later one."""

    def __init__(self, run: str) -> None:
        self.head = hashlib.sha256(f"{FORMAT}\n{run}".encode()).digest()

    def add(self, name: str, content_hash: bytes) -> None:
        """Go on by one entry."""
        named = hashlib.sha256(name.encode()).digest()
        self.head = hashlib.sha256(self.head + named + content_hash).digest()


def bundle(
    about: AboutRun, exchanges: Iterable[Asked], read: Read, keys: EvidenceKeys, stamp: Stamp
) -> Iterator[bytes]:
    """Give the bundle of a run, piece by piece."""
    return pieces(_signed(about, _content(about, exchanges, read, keys), keys, stamp))


def no_stamp(_head: bytes) -> None:
    """Ask nobody for a time-stamp."""


def signed_text(manifest: bytes) -> bytes:
    """Give what is signed: a manifest, told apart from anything else that a key may ever sign."""
    return FORMAT.encode() + b"\n" + manifest


def _signed(
    about: AboutRun, entries: Entries, keys: EvidenceKeys, stamp: Stamp
) -> Iterator[tuple[str, bytes]]:
    listed: list[dict[str, Any]] = []
    chain = Chain(about.name)
    for name, content in _stamped(entries, chain, stamp):
        digest = hashlib.sha256(content)
        listed.append({"name": name, "size": len(content), "sha256": digest.hexdigest()})
        chain.add(name, digest.digest())
        yield name, content
    manifest = {
        "format": FORMAT,
        "run": {"name": about.name, "started_at": about.started_at, "as_of": about.as_of},
        "program": {"name": "zhengkao", "version": about.version},
        "rules": about.rules,
        "public_key": keys.public.hex(),
        "entries": listed,
        "chain": chain.head.hex(),
    }
    written = canonical_bytes(manifest) + b"\n"
    yield MANIFEST, written
    yield SIGNATURE, keys.sign(signed_text(written))


def _stamped(entries: Entries, chain: Chain, stamp: Stamp) -> Iterator[tuple[str, bytes]]:
    """Give the entries, and behind them a stamp of the chain as it is after all of them."""
    yield from entries
    if token := stamp(chain.head):
        yield STAMP, token


def _content(
    about: AboutRun, exchanges: Iterable[Asked], read: Read, keys: EvidenceKeys
) -> Iterator[tuple[str, bytes]]:
    key = BundleKey.for_run(keys.holder, about.name)
    yield READ_ME, _TOLD.encode()
    yield KEY, key.wrapped(keys.holder)
    for number, asked in enumerate(exchanges, start=1):
        yield from entries_of(number, asked, read, key)
