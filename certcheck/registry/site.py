"""The query site: the one file that talks HTTP, and the site's JSON interface (generation 2).

TLS is always verified, no redirect is followed, nothing leaves for another host, proxies are used only
where one is configured, and every answer is bounded in size and time. An identity number stands in the
query string because the site wants it there; no log and no error of ours repeats that string.
Generation 1 is in ``first_generation``; it speaks through the same ``Connection``.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

from certcheck.model import Question
from certcheck.registry.hosts import is_loopback
from certcheck.registry.interface import Challenge, Exchange
from common.catalogue import Kind
from common.errors import InputError

OFFICIAL = "https://cx.mem.gov.cn"
_CODE, _QUERY = "/prod-api/certsearch/code", "/prod-api/certsearch/certInfo/netQuery"
_PERSON_TYPES = {Kind.SPECIAL: "03", Kind.SAFETY: "02"}
_RESIDENT = "01"
_CHUNK = 16_384
_OK = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how large an answer may be."""

    connect_seconds: float = 10
    answer_seconds: float = 60
    most_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """An exchange, and the cookies that came with it."""

    exchange: Exchange
    cookies: Mapping[str, str]

    @property
    def good(self) -> bool:
        """Say whether it came whole and with status 200."""
        return not self.exchange.error and self.exchange.status == _OK


class _Session(requests.Session):
    """A session that does not even look at where a redirect leads, nor reads its body unbounded."""

    def get_redirect_target(self, resp: Any) -> str | None:
        """Know of no redirect."""
        return None


class Connection:
    """HTTP to one address and no other, used by one thread at a time.

    Parameters
    ----------
    address
        see ``base_address``.
    now
        the clock, giving aware times.
    user_agent
        who we say we are.
    proxies
        a proxy for each scheme; none are used but these.
    keep_cookies
        whether what the site sets is sent back by itself.
    """

    def __init__(
        self,
        address: str,
        *,
        now: Callable[[], dt.datetime],
        user_agent: str,
        bounds: Bounds | None = None,
        proxies: Mapping[str, str] | None = None,
        keep_cookies: bool = True,
    ) -> None:
        self._base = base_address(address)
        self._now = now
        self._bounds = bounds or Bounds()
        self._session = _Session()
        self._session.trust_env = False
        self._session.proxies.update(proxies or {})
        self._session.headers.update({"User-Agent": user_agent})
        if not keep_cookies:
            self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    @property
    def host(self) -> str:
        """The host and port that are asked."""
        return urlsplit(self._base).netloc

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def send(
        self,
        path: str,
        query: Mapping[str, str],
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request; whatever the network or the site does becomes part of the exchange."""
        started = self._now().isoformat()
        deadline = time.monotonic() + self._bounds.answer_seconds
        try:
            with self._session.request(
                method,
                self._base + path,
                params=query,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(self._bounds.connect_seconds, self._bounds.answer_seconds),
            ) as response:
                body, error = self._bounded_body(response, deadline)
                sent = tuple(sorted(response.headers.items()))
                exchange = Exchange(started, path, response.status_code, sent, body, error)
                return Reply(exchange, response.cookies.get_dict())
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            # the library's own text would repeat the query string, and with it the number
            return Reply(
                Exchange(started, path, error=_plain(error), reached=not _is_no_connection(error)), {}
            )

    def _bounded_body(self, response: requests.Response, deadline: float) -> tuple[bytes, str]:
        """Read piece by piece as they arrive, so that drops of a slow answer meet the deadline, too."""
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > self._bounds.most_bytes:
                return bytes(body[: self._bounds.most_bytes]), "答复过大，已中止读取"
            if time.monotonic() > deadline:
                return bytes(body), "答复太慢，已中止读取"
        return bytes(body), ""


class QuerySite:
    """A site that speaks generation 2 (QUERY-SITE section 2), the national one or its replica."""

    kinds = frozenset(_PERSON_TYPES)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def host(self) -> str:
        """The host and port that are asked."""
        return self._connection.host

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def challenge(self) -> Challenge | Exchange:
        """Fetch a captcha picture and its token."""
        reply = self._get(_CODE, {})
        if not reply.good:
            return reply.exchange
        try:
            content = json.loads(reply.exchange.body)
            image, token = _picture(content["img"]), content["uuid"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return reply.exchange
        return Challenge(image, token) if image and token and isinstance(token, str) else reply.exchange

    def query(self, question: Question, challenge: Challenge, answer: str) -> Exchange:
        """Ask one question with one answered captcha."""
        return self._get(
            _QUERY,
            {
                "name": question.name,
                "searchType": "1",
                "idcardNum": question.id_number,
                "idcardTypeCode": _RESIDENT,
                "code": answer,
                "uuid": challenge.token,
                "personTypeCode": _PERSON_TYPES[question.kind],
            },
        ).exchange

    def _get(self, path: str, query: Mapping[str, str]) -> Reply:
        return self._connection.send(path, query, headers={"Accept": "application/json"})


def base_address(address: str) -> str:
    """Give the address that queries go to; only HTTPS, and plain HTTP on this machine.

    Raises
    ------
    InputError
        the address is none, or not safe to send personal data to.
    """
    if address == "mem":
        return OFFICIAL
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets without end, a port that is none
        good = False
    if not good or parts.query or parts.fragment or parts.username or parts.password:
        raise InputError("--registry 应为 mem、none 或网址，例如 http://127.0.0.1:8850；请检查所给的值。")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise InputError("个人信息只能经 https 发送；http 只可用于本机（127.0.0.1）。请检查 --registry。")
    return address.rstrip("/")


def _picture(encoded: str) -> bytes:
    """Give the picture of a base64 text, with or without ``data:`` before it and line ends in it."""
    return base64.b64decode("".join(encoded.rpartition(",")[2].split()), validate=True)


def _is_no_connection(error: Exception) -> bool:
    """Say whether no connection came about: refused, no such host, no answer to the call, a bad proxy or certificate."""
    if isinstance(
        error,
        requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError | requests.exceptions.SSLError,
    ):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def _plain(error: Exception) -> str:
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (requests.exceptions.SSLError, "TLS 证书验证失败"),
        (requests.exceptions.ProxyError, "代理无法连接"),
        (requests.exceptions.ConnectTimeout, "连接超时"),
        (requests.exceptions.Timeout, "等待答复超时"),
        (urllib3.exceptions.TimeoutError, "等待答复超时"),
        (urllib3.exceptions.DecodeError, "答复无法解压"),
        (urllib3.exceptions.ProtocolError, "答复中断"),
        (requests.exceptions.ConnectionError, "连接失败或中断"),
    )
    return next((told for kind, told in kinds if isinstance(error, kind)), "网络错误")
