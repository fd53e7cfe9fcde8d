"""One run of ``zhengkao check``: its options, its parts put together, its reports, its exit code."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from certcheck.headers import load_headers
from certcheck.journal import Journal
from certcheck.offline.context import Context, Roll
from certcheck.pipeline import Verified, read_lists, verify
from certcheck.registry.interface import CaptchaAsker, Exchange, PageReading
from certcheck.registry.lookup import LookUp
from certcheck.registry.pages import load_vocabulary, read_answer
from certcheck.report.write import Written, write_reports
from certcheck.rules import RuleBook, load_rules
from commands import settings
from common.catalogue import load_catalogue
from common.database import installation_key
from common.errors import InputError
from common.files import write_file

_DEFAULTS: dict[str, Any] = {
    "registry": "none", "captcha": "ask", "fail_on": "violation", "show_id": False, "max_age": 7,
    "sheet": None, "columns": {}, "rules": None, "gap": None,
}  # fmt: skip
_OVERRIDABLE = {"captcha", "registry", "out"}
_RUN_FILE = "run.txt"


class CheckRun:
    """A run that has a name before anything is asked, and can be resumed by it.

    Use it as a context: the database and the connections are closed at its end.
    """

    def __init__(self, name: str, options: dict[str, Any], journal: Journal) -> None:
        self.name, self.options, self.journal = name, options, journal
        self.stopped, self.exit_code, self.lines = "", 0, list[str]()
        self.asker: CaptchaAsker | None = None
        self.closing = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.close()

    @classmethod
    def started(
        cls,
        files: Sequence[Path],
        db: str | None,
        given: dict[str, Any],
        asker: CaptchaAsker | None = None,
    ) -> CheckRun:
        """Begin a run: choose its name, write it down, write ``run.txt``."""
        moment = settings.now()
        name = f"{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        options = (
            _DEFAULTS
            | {"as_of": moment.date().isoformat(), "out": str(Path(f"zhengkao-{name}").absolute())}
            | given
        )
        options["files"] = [{"path": str(path.absolute()), "sha256": _digest(path)} for path in files]
        run = cls._opened(name, db, options, asker)
        run.check_options()
        run.journal.start_run(name, moment, options)
        write_file(Path(options["out"]) / _RUN_FILE, name + "\n")
        return run

    @classmethod
    def resumed(cls, which: str, db: str | None, given: dict[str, Any]) -> CheckRun:
        """Go on with a run by its name, its folder, or ``latest``."""
        named = Path(which) / _RUN_FILE
        name = named.read_text(encoding="utf-8").strip() if named.is_file() else which
        foreign = set(given) - _OVERRIDABLE
        if foreign:
            raise InputError(f"--resume 沿用原来的选项，不能再给 --{min(foreign).replace('_', '-')}。")
        run = cls._opened("", db, {}, None)
        run.name, options = run.journal.run_options(name)
        run.options = options | given
        for file in options["files"]:
            if _digest(Path(file["path"])) != file["sha256"]:
                run.closing.close()
                raise InputError(f"{Path(file['path']).name}：文件在上次核验后改动过，不能继续。请重新核验。")
        write_file(Path(run.options["out"]) / _RUN_FILE, run.name + "\n")
        return run

    @classmethod
    def _opened(
        cls, name: str, db: str | None, options: dict[str, Any], asker: CaptchaAsker | None
    ) -> CheckRun:
        vocabulary = load_vocabulary()
        engine = settings.engine(db)
        journal = Journal(
            engine,
            installation_key(settings.home()),
            lambda exchange, question: read_answer(exchange, question, vocabulary),
        )
        run = cls(name, options, journal)
        run.asker = asker
        run.closing.callback(engine.dispose)
        return run

    def check_options(self) -> None:
        """Refuse what cannot work before anything is written."""
        if self.options["registry"] != "none":
            from certcheck.registry.site import base_address

            base_address(self.options["registry"])
        if self.options["captcha"] == "web":
            raise InputError("网页回答验证码（--captcha web）尚未提供，请用 ask 或 askpass:程序。")

    def execute(self) -> dict[str, Any]:
        """Read, judge, ask, compare, write; gives the summary."""
        options, as_of = self.options, dt.date.fromisoformat(self.options["as_of"])
        rules = load_rules(extra=Path(options["rules"]) if options["rules"] else None)
        catalogue, vocabulary = load_catalogue(), load_vocabulary()
        lists = read_lists(
            [Path(file["path"]) for file in options["files"]],
            load_headers(),
            catalogue,
            as_of,
            sheet=options["sheet"],
            overrides=options["columns"],
        )
        context = Context(as_of, rules, catalogue, Roll.of(lists.entries))
        look_up = self._look_up(rules, as_of)
        with settings.progress("核验") as told:
            verified = verify(lists.entries, context, look_up, vocabulary, told if look_up else _silent)
        written = write_reports(
            Path(options["out"]),
            self.name,
            as_of,
            lists,
            verified,
            rules,
            asked=self._asked_line(look_up),
            show_id=options["show_id"],
        )
        self._conclude(verified, written)
        return written.summary

    def _look_up(self, rules: RuleBook, as_of: dt.date) -> LookUp | None:
        if self.options["registry"] == "none":
            return None
        from certcheck.registry.pacing import Pacer
        from certcheck.registry.site import Bounds, QuerySite
        from commands.root import VERSION

        pack = rules.at("registry", as_of)
        vocabulary = load_vocabulary()
        site = QuerySite(
            self.options["registry"],
            now=settings.now,
            user_agent=f"zhengkao/{VERSION} (certificate verification; captchas are answered by a person)",
            bounds=Bounds(
                pack.number("connect_seconds"),
                pack.number("answer_seconds"),
                pack.number("most_answer_bytes"),
            ),
        )
        self.closing.callback(site.close)

        def read(exchange: Exchange, question: Any) -> PageReading:
            return read_answer(exchange, question, vocabulary)

        return LookUp(
            site, self.asker or self._captcha_asker(), self.journal,
            Pacer(self._gap(pack.number("gap_seconds"), site.host), pack.number("refusals_to_stop"),
                  monotonic=time.monotonic, sleep=time.sleep),
            read, self.name,
            settings.now() - dt.timedelta(days=self.options["max_age"]) if self.options["max_age"] else _NEVER,
            pack.number("captchas_per_question"),
        )  # fmt: skip

    def _gap(self, least: float, host: str) -> float:
        from urllib.parse import urlsplit

        from certcheck.registry.site import is_loopback

        gap = least if self.options["gap"] is None else float(self.options["gap"])
        if gap < least and not is_loopback(urlsplit(f"//{host}").hostname or ""):
            raise InputError(f"--gap 不能小于 {least} 秒：对国家平台要有节制；只有本机地址可以更短。")
        return gap

    def _captcha_asker(self) -> CaptchaAsker:
        from certcheck.registry.askpass import AskpassAsker
        from commands.terminal import TerminalAsker

        way = self.options["captcha"]
        if way == "ask":
            return TerminalAsker()
        kind, found, program = way.partition(":")
        if kind != "askpass" or not found or not program:
            raise InputError(f"--captcha 应为 ask 或 askpass:程序，现为“{way}”。")
        command = [program] if Path(program).exists() else shlex.split(program, posix=sys.platform != "win32")
        return AskpassAsker(command)

    def _asked_line(self, look_up: LookUp | None) -> str:
        if look_up is None:
            return "本次没有联网核验：没有向国家平台查询任何人，“材料无误”只指所填材料本身。"
        from certcheck.registry.site import OFFICIAL

        if f"https://{look_up.site.host}" == OFFICIAL:
            return f"已向国家平台（{look_up.site.host}）查询。"
        return f"已向 {look_up.site.host} 查询。注意：这不是国家平台，结果不能作为依据。"

    def _conclude(self, verified: Verified, written: Written) -> None:
        summary = written.summary
        self.stopped = verified.stopped
        self.lines = written.lines
        at_least = ("violation",) if self.options["fail_on"] == "violation" else ("violation", "attention")
        incomplete = summary["registry"]["no_answer"] or verified.stopped
        if incomplete:
            self.exit_code = 3
        elif any(summary["verdicts"][name] for name in at_least):
            self.exit_code = 1


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def _silent(_done: int, _total: int) -> None:
    """Tell nothing: a list without questions is done at once."""


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path.name}：打不开（{error.strerror}）。请检查路径和权限。") from error
