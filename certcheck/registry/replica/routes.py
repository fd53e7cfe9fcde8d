"""Which address answers what: requests in, replies out, no sockets."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from certcheck.registry.replica import generation1, pages
from certcheck.registry.replica.audit import Audit, Visit
from certcheck.registry.replica.captcha import Captcha, Captchas
from certcheck.registry.replica.faults import FAULTS, Faults
from certcheck.registry.replica.message import Payload, Reply, Request, html_reply, json_reply
from certcheck.registry.replica.people import People
from certcheck.registry.replica.query import Ask, answer_query, ask_from

_CAPTCHA = "/prod-api/certsearch/code"
_QUERY = "/prod-api/certsearch/certInfo/netQuery"
_IMAGE = "/GetImg"
_FIRST_GENERATION = "/cms/html/certQuery/certQuery.do"
_PAGES = {"/special": pages.SPECIAL, "/safety": pages.SAFETY}
_PATHS = frozenset({"/", _CAPTCHA, _QUERY, _IMAGE, _FIRST_GENERATION, *_PAGES})

Handler = Callable[[Request], Reply]
Render = Callable[[Payload], Reply]


class Routes:
    """The site behind its addresses.

    Parameters
    ----------
    people, captchas, audit
        whom it knows, its captchas, and where it notes what happened.
    faults
        what is made to go wrong.
    clock
        seconds, as ``time.time``.
    """

    def __init__(
        self, people: People, captchas: Captchas, audit: Audit, faults: Faults, clock: Callable[[], float]
    ) -> None:
        self._people, self._captchas, self._audit = people, captchas, audit
        self._faults, self._clock = faults, clock

    def answer(self, request: Request) -> Reply:
        """Answer one request; after a reply with ``is_query`` is delivered, call ``delivered``."""
        handlers: dict[tuple[str, str], Handler] = {
            ("GET", "/"): self._home,
            ("GET", _CAPTCHA): self._captcha_json,
            ("GET", _QUERY): self._json_query,
            ("GET", _IMAGE): self._image,
            ("GET", _FIRST_GENERATION): self._first_generation,
            ("POST", _FIRST_GENERATION): self._first_generation,
        }
        handlers |= {("GET", path): self._form for path in _PAGES}
        handlers |= {("POST", path): self._sent_form for path in _PAGES}
        return handlers.get((request.method, request.path), self._unknown)(request)

    def delivered(self, reply: Reply) -> None:
        """Note that a reply has left, or that its client has."""
        if reply.is_query:
            self._audit.leave()

    def _query(self, path: str, ask: Ask, render: Render) -> Reply:
        """Answer a query with the faults that are due, and note it before it is delivered."""
        visit = self._audit.arrive()
        try:
            return replace(self._answer_visit(path, ask, render, visit), is_query=True)
        except BaseException:
            self._audit.leave()
            raise

    def _answer_visit(self, path: str, ask: Ask, render: Render, visit: Visit) -> Reply:
        result = answer_query(ask, self._people, self._captchas)
        due = self._faults.due(visit.nth)
        payload = result.payload
        for name in due:
            payload = FAULTS[name].payload(payload, ask)
        reply = render(payload)
        for name in due:
            reply = FAULTS[name].reply(reply)
        details: dict[str, Any] = {"outcome": result.outcome, "reason": result.reason, "count": result.count}
        details |= {"person": self._audit.hashed(ask.number), "faults": list(due)}
        details |= {"nth": visit.nth, "gap": visit.gap, "concurrent": visit.concurrent}
        self._audit.write(path, "query", **details)
        return reply

    def _json_query(self, request: Request) -> Reply:
        return self._query(_QUERY, ask_from(request.query), json_reply)

    def _home(self, _request: Request) -> Reply:
        self._audit.write("/", "page")
        return html_reply(pages.home_page())

    def _form(self, request: Request) -> Reply:
        return html_reply(pages.form_page(_PAGES[request.path], self._issue(request.path)))

    def _sent_form(self, request: Request) -> Reply:
        """Answer a form that was sent: the form again with a new captcha, or a result."""
        page = _PAGES[request.path]
        typed = pages.typed_from(request.form)
        if "refresh" in request.form:
            return html_reply(pages.form_page(page, self._issue(request.path), typed))

        def render(payload: Payload) -> Reply:
            if payload["code"] == 200:
                return html_reply(pages.result_page(page, payload))
            return html_reply(pages.form_page(page, self._issue(request.path), typed, payload["msg"]))

        return self._query(request.path, pages.ask_from_form(page, request.form), render)

    def _first_generation(self, request: Request) -> Reply:
        match request.method, request.query.get("method"):
            case "POST", "getServerTime":
                self._audit.write(request.path, "time")
                return generation1.time_reply(self._clock())
            case "GET", "getCertQueryIndex":
                return self._home(request)
            case "GET", "getCertQueryResult":
                ask = generation1.ask_from_first_generation(request)
                return self._query(request.path, ask, lambda payload: generation1.result_reply(payload, ask))
        return self._unknown(request)

    def _image(self, _request: Request) -> Reply:
        return generation1.captcha_reply(self._issue(_IMAGE))

    def _captcha_json(self, _request: Request) -> Reply:
        captcha = self._issue(_CAPTCHA)
        image = base64.b64encode(captcha.png).decode("ascii")
        return json_reply({"code": 200, "msg": "操作成功", "img": image, "uuid": captcha.uuid})

    def _issue(self, path: str) -> Captcha:
        self._audit.write(path, "captcha")
        return self._captchas.issue()

    def _unknown(self, request: Request) -> Reply:
        """Refuse an address; one that is not ours may hold anything, so it is not noted down."""
        known = request.path in _PATHS
        self._audit.write(request.path if known else "(其他地址)", "unknown")
        return html_reply(pages.notice_page("404", "没有这个页面"), 404)
