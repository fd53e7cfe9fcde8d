"""The query site as it was until about 2022 (generation 1, QUERY-SITE section 1), for archives and old hosts.

An HTML form and not an interface. It knows special operation certificates only. A captcha belongs to
the session of its cookie, and a new picture spoils the one before in the same session: so each picture
is fetched without a cookie, and the one that comes with it is its token.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from urllib.parse import quote

from certcheck.model import Question
from certcheck.registry.interface import Challenge, Exchange
from certcheck.registry.site import Connection, Reply
from common.catalogue import Kind

FIRST_GENERATION = "gen1+"
"""Before an address: the host speaks generation 1."""
PATH = "/cms/html/certQuery/certQuery.do"
_IMAGE = "/GetImg"
_CERTIFICATE_TYPE = "720"  # every known program sends this; what it stands for is undecided
_PICTURES = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM")


class FirstGenerationSite:
    """A site that speaks generation 1.

    Parameters
    ----------
    connection
        to the host; it keeps no cookies.
    now
        the clock, giving aware times.
    """

    kinds = frozenset({Kind.SPECIAL})

    def __init__(self, connection: Connection, now: Callable[[], dt.datetime]) -> None:
        self._connection, self._now = connection, now

    @property
    def host(self) -> str:
        """The host and port that are asked."""
        return self._connection.host

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def challenge(self) -> Challenge | Exchange:
        """Fetch a captcha picture in a session of its own."""
        reply = self._connection.send(_IMAGE, {"date": str(int(self._now().timestamp()))})
        cookies = "; ".join(f"{name}={value}" for name, value in sorted(reply.cookies.items()))
        image = reply.exchange.body
        return Challenge(image, cookies) if reply.good and image.startswith(_PICTURES) else reply.exchange

    def query(self, question: Question, challenge: Challenge, answer: str) -> Exchange:
        """Ask one question: fetch the server's time, and send it back as the session's number."""
        asked = self._send("POST", {"method": "getServerTime"}, challenge)
        moment = _server_time(asked)
        if moment is None:
            told = asked.exchange.error or ("没有取到服务器时间" if asked.good else "")
            return dataclasses.replace(asked.exchange, error=told)
        return self._send(
            "GET",
            {
                "method": "getCertQueryResult",
                "ref": "ch",
                "certtype_code": _CERTIFICATE_TYPE,
                "certnum": question.id_number,
                "stu_name": quote(question.name, safe=""),  # and once more on the way
                "passcode": answer,
                "sessionId": moment,
            },
            challenge,
        ).exchange

    def _send(self, method: str, query: dict[str, str], challenge: Challenge) -> Reply:
        session = {"Cookie": challenge.token} if challenge.token else None
        return self._connection.send(PATH, query, method=method, headers=session)


def _server_time(reply: Reply) -> str | None:
    """Give the field ``time`` of the answer; None where it has none."""
    if not reply.good:
        return None
    try:
        moment = json.loads(reply.exchange.body)["time"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return str(moment) if isinstance(moment, str | int) and moment != "" else None
