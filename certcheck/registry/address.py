"""The address in the text of a QR code: which host would be opened, and whether it is written to deceive.

An address is read as browsers read it (the URL standard of WHATWG: backslashes are slashes, line ends inside
are dropped, what stands before @ is nobody's host, percent signs and wide letters are resolved). Where another
reading gives another host, that alone is suspicious. Nothing is visited.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from certcheck.registry.whose import Hosts, Owner, is_number
from common.text import fold

_WEB = re.compile(r"(?i)(?:https?|ftp|wss?):")
_STARTS = re.compile(  # an address inside another one is that one's path
    r"(?i)(?<![a-z0-9+.\-=/?&%_~@#\\])(?:https?|ftp|wss?):(?=[/\\]|[^\s:/\\]+\.)"
)
_APP = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*://|(?:javascript|data|vbscript|blob|intent):)")
_BARE = re.compile(
    r"(?://)?((?:[^\s/?#@\\:.,，。；;、]+\.)+[^\s/?#@\\:.,，。；;、]+)\.?(?::\d{1,5})?(?:[/?#\\]\S*)?"
)
_WORDS_BEHIND = re.compile("[，；、！？：（）【】《》“”]")  # a sentence goes on behind an address
_BREAKS = re.compile(r"[\t\r\n]+")
_NEW_WORDS = re.compile(r"[\t\r\n]+(?=[^\x21-\x7e])")  # a line of Chinese behind an address is none of it
_PORT = re.compile(r":\d*$")
_HOST = re.compile(r"[^\s/?#@\\<>^|%:\[\]]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
_LONGEST = 8_000  # a QR code holds less


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one address; ``host`` is as a browser would take it, "" where there is none.

    ``reason`` is for the reader. ``odd`` says that the address is written so that people, or programs,
    may take it for another.
    """

    owner: Owner
    host: str
    reason: str
    odd: bool = False

    @property
    def suspicious(self) -> bool:
        """Say whether a certificate's code should not lead there."""
        return self.odd or self.owner not in (Owner.OFFICIAL, Owner.OLD, Owner.OTHER_BODY)


def judge(text: str, hosts: Hosts) -> tuple[Judgement, ...]:
    """Judge every address in a text, each host once; empty where the text is no address."""
    found = {(one.host, one.odd): one for one in _judged(text[:_LONGEST], hosts)}
    return tuple(found.values())


def _judged(text: str, hosts: Hosts) -> Iterator[Judgement]:
    text = text.strip().strip("\x00")
    starts = [match.start() for match in _STARTS.finditer(text)]
    for start, end in itertools.pairwise([*starts, len(text)]):
        yield _web(text[start:end], hosts)
    if starts:
        return
    bare = _BARE.fullmatch(text)
    if bare and _is_a_name(bare[1], hosts):
        yield _web("http:" + text if text.startswith("//") else f"http://{text}", hosts)
    elif _APP.match(text):
        scheme = text.partition(":")[0]
        yield Judgement(Owner.STRANGER, "", f"不是网址，而是会打开其他程序的链接（{scheme[:20]}）", odd=True)


def _is_a_name(written: str, hosts: Hosts) -> bool:
    """Say whether words with dots between them are the name of a host: 0.5 and a.b.c are none."""
    last = unicodedata.normalize("NFKC", written).rpartition(".")[2].lower()
    in_numbers = is_number(written) and written.count(".") == 3
    return last in hosts.ends or in_numbers


def _web(address: str, hosts: Hosts) -> Judgement:
    """Judge one address that begins with its scheme."""
    rest = _NEW_WORDS.sub(" ", _WEB.sub("", address, count=1))
    host, tricks = _host(_authority(_BREAKS.sub("", rest)))
    if _host(_authority(_BREAKS.split(rest)[0]))[0] != host:
        tricks.append("网址中间断行")
    if _backslashed(rest):
        tricks.append("含有反斜杠")
    if not _HOST.fullmatch(host):
        return Judgement(Owner.STRANGER, "", "网址残缺，看不出域名", odd=True)
    owner, reason = hosts.owner(host)
    if tricks:
        return Judgement(
            owner, host, f"网址写法异常（{'、'.join(tricks)}），容易看错，实际指向 {host}", odd=True
        )
    return Judgement(owner, host, reason)


def _authority(rest: str) -> str:
    """Give what stands between the slashes in front and the path."""
    authority = re.split(r"[/?#]", rest.replace("\\", "/").lstrip("/"), maxsplit=1)[0]
    return _WORDS_BEHIND.split(authority, maxsplit=1)[0].split(" ")[0]


def _backslashed(rest: str) -> bool:
    """Say whether a backslash stands before the path, where programs differ on what it means."""
    return "\\" in re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0]


def _host(authority: str) -> tuple[str, list[str]]:
    """Give the host, and by which tricks it is hidden."""
    tricks = []
    before, at, behind = authority.rpartition("@")
    written = _PORT.sub("", behind)
    if at and before:
        tricks.append("“@”前面的字样不是域名")
    plain = unquote(written) if "%" in written else written
    if plain != written:
        tricks.append("域名用 % 编码")
    host = fold(plain).replace("。", ".").lower().removesuffix(".")
    if host != plain.lower().removesuffix("."):
        tricks.append("域名含全角或看不见的字符")
    return host, tricks
