"""One run of ``zhengkao check``: its options, its parts put together, its reports, its exit code."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from certcheck.journal import Journal, Read
from certcheck.lists import ReadLists
from certcheck.model import Question
from certcheck.offline.context import Context
from certcheck.pipeline import Verified, verify
from certcheck.registry.interface import CaptchaAsker, Exchange, PageReading
from certcheck.registry.lookup import LookUp
from certcheck.registry.pages import load_vocabulary
from certcheck.registry.reading import read_exchange
from certcheck.report.problems import Problem
from certcheck.report.write import About, Written, write_reports
from certcheck.rules import load_rules
from certcheck.store.opening import Store
from certcheck.waivers import read_waivers
from commands import cycles, settings
from commands.asking import asked_line, check_asking, look_up
from commands.handed_in import HandedIn, digests, problems_before, refuse_changes
from commands.purge import reminder
from commands.run_lists import read_run_lists
from commands.runs import RUN_FILE, run_name
from commands.sealing import Sealing, check_timestamp, set_aside
from common.catalogue import load_catalogue
from common.errors import InputError
from common.files import make_folder, os_reason, sha256_of, write_file
from common.own_posts import read_own_posts
from common.privacy import mask_in_name

_DEFAULTS: dict[str, Any] = {
    "registry": "none", "captcha": "ask", "fail_on": "violation", "show_id": False, "max_age": 7,
    "sheet": None, "columns": {}, "rules": None, "gap": None, "posts": None, "waivers": None, "problems": None,
    "profile": None, "saved": None, "photos": None, "timestamp": "", "proxy": "none", "contact": "",
}  # fmt: skip
_OVERRIDABLE = {"captcha", "registry", "out"}


class _Judged(NamedTuple):
    """What came of asking and judging, and what reports need of it beside; ``earlier`` is the problem list to carry on."""

    earlier: list[Problem]
    live: LookUp | None
    sealing: Sealing | None
    verified: Verified


class CheckRun:
    """A run that has a name before anything is asked, and can be resumed by it.

    Use it as a context: the database and the connections are closed at its end.
    """

    def __init__(self, store: Store, read: Read) -> None:
        self.name, self.started_at = "", settings.now()
        self.options: dict[str, Any] = {}
        self.store, self.journal, self.read = store, Journal(store, read), read
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
        check_asking(options)
        check_timestamp(options["timestamp"])
        for option in ("rules", "posts", "waivers", "problems", "profile"):
            if options[option]:
                _digest(Path(options[option]))  # a file that is missing is told before a run begins
        options |= digests(options)
        run = cls._opened(db)
        run.name, run.started_at, run.options, run.asker = name, moment, options, asker
        with run.closed_on_error():
            make_folder(Path(options["out"]))
            run.journal.start_run(name, moment, options)  # a name in a folder must be one that is known
            write_file(Path(options["out"]) / RUN_FILE, name + "\n")
        return run

    @classmethod
    def resumed(cls, which: str, db: str | None, given: dict[str, Any]) -> CheckRun:
        """Go on with a run by its name, its folder, or ``latest``."""
        foreign = set(given) - _OVERRIDABLE
        if foreign:
            raise InputError(f"--resume 沿用原来的选项，不能再给 --{min(foreign).replace('_', '-')}。")
        name = run_name(which)
        run = cls._opened(db)
        with run.closed_on_error():
            run.name, run.started_at, options = run.journal.run_options(name)
            run.options = _DEFAULTS | options | given
            if given.get("registry") == "none":  # what was answered stays answered; only asking ends
                run.options |= {"registry": options["registry"], "ask_no_more": True}
            check_asking(run.options)
            for file in options["files"]:
                if _digest(Path(file["path"])) != file["sha256"]:
                    told = f"{Path(file['path']).name}：文件在上次核验后改动过，不能继续。请重新核验。"
                    raise InputError(told)
            refuse_changes(run.options)
            write_file(Path(run.options["out"]) / RUN_FILE, run.name + "\n")
        return run

    @classmethod
    def _opened(cls, db: str | None) -> CheckRun:
        vocabulary = load_vocabulary()

        def read(exchange: Exchange, question: Question) -> PageReading:
            return read_exchange(exchange, question, vocabulary)

        engine = settings.engine(db)
        try:
            run = cls(settings.open_store(engine), read)
        except BaseException:
            engine.dispose()
            raise
        run.closing.callback(engine.dispose)
        return run

    @contextlib.contextmanager
    def closed_on_error(self) -> Iterator[None]:
        """Close everything if what is done here fails."""
        try:
            yield
        except BaseException:
            self.closing.close()
            raise

    def execute(self) -> dict[str, Any]:
        """Read, judge, ask, compare, write; gives the summary."""
        cycles.seldom()
        options, as_of = self.options, dt.date.fromisoformat(self.options["as_of"])
        rules = load_rules(extra=Path(options["rules"]) if options["rules"] else None)
        catalogue = load_catalogue()
        if options["posts"]:
            catalogue.use_own_posts(read_own_posts(Path(options["posts"]), catalogue))
        lists, profile, changes = read_run_lists(options, catalogue, as_of)
        handed_in = HandedIn()
        photos = handed_in.read_photos(options, lists.entries)
        context = Context(as_of, rules, catalogue, lists.roll, photos=photos)
        earlier, live, sealing, verified = self._judged(lists, context, handed_in)
        asked = asked_line(live) + handed_in.told(lists.readings)
        about = About(self.name, asked, options["show_id"], earlier, profile, changes)
        written = write_reports(Path(options["out"]), about, lists, verified, context)
        tables = handed_in.write_tables(Path(options["out"]))
        written.lines.extend(f"已写出 {path}" for path in tables)
        if sealing:
            written.lines.extend(sealing.write(written.summary))
        self._conclude(verified, written)
        self.lines += reminder(self.store, rules, settings.today())
        if not options["show_id"]:
            self.lines = list(map(mask_in_name, self.lines))  # the folder of a person may be called so
        return written.summary

    def _judged(self, lists: ReadLists, context: Context, handed_in: HandedIn) -> _Judged:
        """Ask and judge; what else is given is read before anybody is asked."""
        options, run, vocabulary = self.options, (self.name, self.started_at), load_vocabulary()
        live = look_up(
            options, run, context.rules.at("registry", context.as_of),
            self.journal, self.store.engine, self.read, self.asker, self.closing,
        )  # fmt: skip
        asking = handed_in.before(live, options, lists.entries, context, vocabulary)
        sealing = Sealing(run, self.journal, self.read, options) if live else None
        if not sealing:
            set_aside(Path(options["out"]))
        waivers = read_waivers(Path(options["waivers"])) if options["waivers"] else ()
        earlier = problems_before(options)
        typing = self.asker is None and options["captcha"] == "ask"  # a bar would redraw over the prompt
        with settings.progress("核验", plain=typing, effort=live.effort if live else None) as told:
            verified = verify(
                lists.entries, context, asking, vocabulary, told if asking else _silent, waivers,
                sealing.named if sealing else None,
            )  # fmt: skip
        return _Judged(earlier, live, sealing, verified)

    def _conclude(self, verified: Verified, written: Written) -> None:
        summary = written.summary
        self.lines, self.stopped = (
            written.lines,
            "\n".join(filter(None, (written.not_read, verified.stopped))),
        )
        at_least = ("violation",) if self.options["fail_on"] == "violation" else ("violation", "attention")
        if summary["registry"]["no_answer"] or verified.stopped:
            self.exit_code = 3
            self.lines.append(f"核验尚未完成，{self._how_to_go_on()}")
        elif written.not_read:
            self.exit_code = 3
        elif any(summary["verdicts"][name] for name in at_least):
            self.exit_code = 1

    def _how_to_go_on(self) -> str:
        resume = f"zhengkao check --resume {self.name}"
        if self.options["saved"] and self.options["registry"] == "none":
            return f"请补存网页后重新核验，或联网查询没有答复的人：{resume} --registry mem"
        return f"继续请运行：{resume}"


def _silent(_done: int, _total: int) -> None:
    """Tell nothing: a list without questions is done at once."""


def _digest(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise InputError(f"{path.name}：打不开（{os_reason(error)}）。请检查路径和权限。") from error
