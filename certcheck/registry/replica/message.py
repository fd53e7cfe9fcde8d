"""What goes in and out of the replica: a request, a reply, and the way a reply is delivered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Payload = dict[str, Any]
"""The JSON answer of the site: code, msg and, for a query, data."""

REPLICA_HEADER = "X-Zhengkao-Replica"
BANNER = "本机仿真站，不是国家平台"


class Delivery(Enum):
    """How the bytes of a reply reach the client; all but WHOLE belong to a fault."""

    WHOLE = "at once"
    LATE = "after a long pause"
    DRIP = "a few bytes at a time"
    TRUNCATED = "half of what Content-Length promises"
    RESET = "not at all: the connection is reset"


@dataclass(frozen=True, slots=True)
class Request:
    """One request, decoded once; ``repr`` shows no field that may hold a name or number."""

    method: str
    path: str = field(repr=False)
    query: dict[str, str] = field(default_factory=dict, repr=False)
    form: dict[str, str] = field(default_factory=dict, repr=False)
    cookies: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply; ``is_query`` marks the answer to a certificate query."""

    body: bytes = field(repr=False)
    content_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delivery: Delivery = Delivery.WHOLE
    is_query: bool = False


def json_reply(payload: Payload) -> Reply:
    """Give the JSON form of a payload; every one says that it comes from a replica."""
    text = json.dumps({**payload, "replica": True}, ensure_ascii=False)
    return Reply(text.encode("utf-8"), "application/json;charset=UTF-8")


def html_reply(html: str, status: int = 200) -> Reply:
    """Give the reply that carries a page."""
    return Reply(html.encode("utf-8"), "text/html;charset=UTF-8", status)
