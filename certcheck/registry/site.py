"""The query site's JSON interface (generation 2, QUERY-SITE section 2): the one file that talks HTTP.

TLS is always verified, no redirect is followed, nothing leaves for another host, proxies of the
environment are not used, and every answer is bounded in size and time. An identity number stands in
the query string because the site wants it there; no log and no error of ours repeats that string.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how large an answer may be."""

    connect_seconds: float = 10
    answer_seconds: float = 60
    most_bytes: int = 2_000_000


class _Session(requests.Session):
    """A session that does not even look at where a redirect leads, nor reads its body unbounded."""

    def get_redirect_target(self, resp: Any) -> str | None:
        """Know of no redirect."""
        return None


class QuerySite:
    """A site that speaks generation 2, the national one or its replica.

    Parameters
    ----------
    address
        ``mem`` or the address of a host that speaks the site's protocol.
    now
        the clock, giving aware times.
    user_agent
        who we say we are.
    """

    def __init__(
        self,
        address: str,
        *,
        now: Callable[[], dt.datetime],
        user_agent: str,
        bounds: Bounds | None = None,
    ) -> None:
        self._base = base_address(address)
        self._now = now
        self._bounds = bounds or Bounds()
        self._session = _Session()
        self._session.trust_env = False
        self._session.headers.update({"User-Agent": user_agent, "Accept": "application/json"})

    @property
    def host(self) -> str:
        """The host and port that are asked."""
        return urlsplit(self._base).netloc

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def challenge(self) -> Challenge | Exchange:
        """Fetch a captcha picture and its token."""
        exchange = self._get(_CODE, {})
        if exchange.error or exchange.status != requests.codes.ok:
            return exchange
        try:
            content = json.loads(exchange.body)
            image, token = _picture(content["img"]), content["uuid"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return exchange
        return Challenge(image, token) if image and token and isinstance(token, str) else exchange

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
        )

    def _get(self, path: str, query: Mapping[str, str]) -> Exchange:
        started = self._now().isoformat()
        deadline = time.monotonic() + self._bounds.answer_seconds
        try:
            with self._session.get(
                self._base + path,
                params=query,
                stream=True,
                allow_redirects=False,
                timeout=(self._bounds.connect_seconds, self._bounds.answer_seconds),
            ) as response:
                body, error = self._bounded_body(response, deadline)
                headers = tuple(sorted(response.headers.items()))
                return Exchange(started, path, response.status_code, headers, body, error)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            # the library's own text would repeat the query string, and with it the number
            return Exchange(started, path, error=_plain(error))

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


def _plain(error: Exception) -> str:
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (requests.exceptions.SSLError, "TLS 证书验证失败"),
        (requests.exceptions.ConnectTimeout, "连接超时"),
        (requests.exceptions.Timeout, "等待答复超时"),
        (urllib3.exceptions.TimeoutError, "等待答复超时"),
        (urllib3.exceptions.DecodeError, "答复无法解压"),
        (urllib3.exceptions.ProtocolError, "答复中断"),
        (requests.exceptions.ConnectionError, "连接失败或中断"),
    )
    return next((told for kind, told in kinds if isinstance(error, kind)), "网络错误")
