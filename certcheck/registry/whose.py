"""Whose a host is: the table ``data/registry/hosts.toml`` and what follows from a name alone.

Nothing is ever looked up or visited: a page behind an address proves nothing, only the host does.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from common.errors import DataError
from common.resources import DATA

_PARTS = re.compile(r"[a-z]+")
_NUMERIC = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_LONGEST_HOST = 253


class Owner(StrEnum):
    """Whose a host is, or what it looks like."""

    OFFICIAL = "official"
    OLD = "old"  # the ministry's, no longer in use
    ABANDONED = "abandoned"  # was official once; whose it is now, nobody knows
    OTHER_BODY = "other_body"
    NUMERIC = "numeric"
    SHORT = "short"
    LOOKALIKE = "lookalike"
    GOVERNMENT = "government"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Hosts:
    """The table of hosts; ``old`` and ``other`` give what the reader is told of each."""

    official: tuple[str, ...]
    old: Mapping[str, str]
    other: Mapping[str, str]
    words: tuple[str, ...]
    parts: tuple[str, ...]
    short: tuple[str, ...]
    ends: tuple[str, ...]

    def is_official(self, host: str) -> bool:
        """Say whether a host belongs to the ministry's domain, by its name alone."""
        return any(_within(_plain(host), domain) for domain in self.official)

    def owner(self, host: str) -> tuple[Owner, str]:
        """Say whose a host is, and why, in words for the reader.

        ``host`` is a name or a number without port; case and one dot at its end do not count.
        """
        name = _plain(host)
        if name in self.old:
            return Owner.OLD if self.is_official(name) else Owner.ABANDONED, self.old[name]
        if name in self.other:
            return Owner.OTHER_BODY, self.other[name]
        if self.is_official(name):
            return Owner.OFFICIAL, "应急管理部的域名"
        if is_number(name):
            return Owner.NUMERIC, "是数字地址，没有域名，看不出属于谁"
        if any(_within(name, short) for short in self.short):
            return Owner.SHORT, "是短链接，看不出指向哪里"
        return self._by_its_words(name)

    def _by_its_words(self, name: str) -> tuple[Owner, str]:
        if not name.isascii() or any(label.startswith("xn--") for label in name.split(".")):
            return Owner.LOOKALIKE, "域名里有非英文字母，可能是形近字"
        if ".gov.cn." in f".{name}.".removesuffix(".gov.cn."):
            return Owner.LOOKALIKE, "“.gov.cn”在域名的中间，真正的域名是后面那一段"
        if name == "gov.cn" or name.endswith(".gov.cn"):
            return Owner.GOVERNMENT, "是其他政府网站，不是国家平台"
        held = [word for word in self.words if word in name]
        held += [part for part in self.parts if part in _PARTS.findall(name)]
        if held:
            return Owner.LOOKALIKE, f"不是应急管理部的域名，却含有官方网址的字样“{held[0]}”"
        return Owner.STRANGER, "不是应急管理部的域名"


def is_number(host: str) -> bool:
    """Say whether a host is an address in numbers, in any form that a browser takes (0x7f.1 too)."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return _NUMERIC.fullmatch(host.rpartition(".")[2]) is not None
    return True


def _plain(host: str) -> str:
    return host.lower().removesuffix(".")[:_LONGEST_HOST]


def _within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


@lru_cache(maxsize=4)
def load_hosts(path: Path = DATA / "registry" / "hosts.toml") -> Hosts:
    """Load the table.

    Raises
    ------
    DataError
        the file is no TOML, or a part of it is missing or of another form.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise DataError(path.name, "打不开，或不是合格的 TOML") from error
    return Hosts(
        _words(path, content, "official", "domains"),
        _told(path, content, "old"),
        _told(path, content, "other"),
        _words(path, content, "lookalike", "words"),
        _words(path, content, "lookalike", "parts"),
        _words(path, content, "short", "hosts"),
        _words(path, content, "bare", "ends"),
    )


def _words(path: Path, content: Mapping[str, Any], section: str, field: str) -> tuple[str, ...]:
    words = content.get(section, {}).get(field)
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise DataError(path.name, "应为文字列表", field=f"{section}.{field}")
    return tuple(word.lower() for word in words)


def _told(path: Path, content: Mapping[str, Any], section: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for number, row in enumerate(content.get(section, []), start=1):
        for field in ("host", "told", "confidence"):
            if not isinstance(row.get(field), str) or not row[field]:
                raise DataError(path.name, "应为文字", row=f"第 {number} 个 [[{section}]]", field=field)
        told[row["host"].lower()] = row["told"]
    return told
