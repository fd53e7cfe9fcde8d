"""All reports of a run, written into its folder: the outcomes pass once, and each report takes what it needs."""

from __future__ import annotations

import contextlib
import itertools
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certcheck.lists import ReadLists
from certcheck.model import Outcome
from certcheck.offline.context import Context
from certcheck.pipeline import Verified
from certcheck.report.calendar import calendar_file
from certcheck.report.deadlines import Deadlines
from certcheck.report.handback import HandBack
from certcheck.report.how_read import lines_to_check, not_read_line, unused_line
from certcheck.report.outcomes import OutcomeLines
from certcheck.report.overview import Overview
from certcheck.report.page import People, report_page
from certcheck.report.problem_file import write_problems
from certcheck.report.problems import Problem, ProblemList, told_unclear
from certcheck.report.special_operations import SpecialOperations
from certcheck.report.summary import Counts, left_line, reused_line, summary_data, unconfirmed_line
from certcheck.staff_list.profile import Profile, profile_text
from common.files import encoded, tidy, write_file, writing
from common.privacy import told_apart
from common.scratch import scratch

_MANY_PROBLEMS = 20_000  # a workbook of more is not kept in memory while it is written
PROBLEMS, PROFILE = "problems.xlsx", "profile.toml"


@dataclass(frozen=True)
class Written:
    """What was written, and the lines to tell of it; ``not_read`` tells of people who were not read, or is ""."""

    summary: dict[str, Any]
    lines: list[str]
    not_read: str = ""


class _Collected:
    """Everything that the reports gather while the outcomes pass."""

    def __init__(self, run: str, context: Context, before: Sequence[Problem], *, show_id: bool) -> None:
        self.counts, self.overview, self.people = Counts(), Overview(), People()
        self.special = SpecialOperations(context)
        self.deadlines, self.problems = Deadlines(context), ProblemList(run, before, show_id=show_id)

    def add(self, outcome: Outcome) -> None:
        """Let every report take what it needs of one outcome."""
        self.counts.add(outcome)
        self.special.add(outcome)
        self.overview.add(outcome)
        self.people.add(outcome)
        self.deadlines.add(outcome)
        self.problems.add(outcome)


@dataclass(frozen=True)
class About:
    """What reports tell of a run beside its outcomes.

    ``asked`` is one line on who was asked, ``changes`` one on what is read otherwise than last time, or "".
    ``before`` is the problem list that this one carries on, ``profile`` how the lists were read, to be kept.
    """

    run: str
    asked: str
    show_id: bool = False
    before: Sequence[Problem] = ()
    profile: Profile = field(default_factory=Profile)
    changes: str = ""


def write_reports(
    folder: Path, about: About, lists: ReadLists, verified: Verified, context: Context
) -> Written:
    """Write everything: for programs, for people, the lists handed back, the problem list, the calendar."""
    collected = _Collected(about.run, context, about.before, show_id=about.show_id)
    names = handed_back_names([part.file for part in lists.parts])
    handed_back = [folder / name for name in names]
    tidy(
        folder, [*names, "outcomes.jsonl", "summary.json", "report.html", PROBLEMS, "deadlines.ics", PROFILE]
    )
    with contextlib.ExitStack() as closing:
        backs = [
            closing.enter_context(HandBack(path, part, context))
            for path, part in zip(handed_back, lists.parts, strict=True)
        ]
        _pass_by(folder / "outcomes.jsonl", lists, verified, collected, backs, show_id=about.show_id)
        counts, coming = collected.counts, collected.deadlines.soonest_first()
        packs = counts.packs_used(context.rules, context.as_of)
        unconfirmed = unconfirmed_line(packs)
        summary = summary_data(about.run, context.as_of, lists, counts, packs)
        summary["special_operations"] = collected.special.data()
        problems = collected.problems.problems()
        not_read = not_read_line(lists.readings)
        check = lines_to_check(list(lists.readings), open_reviews=bool(counts.codes["DATE-AMBIGUOUS"]))
        left = left_line(counts)
        reused = reused_line(counts)
        told = [left, reused, unconfirmed, about.changes, *check, unused_line(lists.readings)]
        summary["notes"] = [line for line in (about.asked, verified.stopped, not_read, *told) if line]
        summary["warnings"] = [line for line in (not_read, left, *check) if line]
        page = report_page(
            summary, collected.people, collected.overview,
            unconfirmed=unconfirmed, asked=about.asked + reused, coming=coming, stopped=verified.stopped, show_id=about.show_id,
        )  # fmt: skip
        paths = [
            folder / "outcomes.jsonl",
            write_file(folder / "summary.json", json.dumps(summary, ensure_ascii=False, indent=2) + "\n"),
            write_file(folder / "report.html", page),
            _write_problems(folder / PROBLEMS, problems),
            write_file(folder / "deadlines.ics", calendar_file(coming, context.as_of)),
            write_file(folder / PROFILE, profile_text(about.profile)),
        ]
        for back in backs:
            back.wait()
    written = [str(path) for path in (*paths, *handed_back)]
    shown = written if about.show_id else told_apart(written)
    lines = _lines(summary, collected.people.words, shown, [about.asked, *told, told_unclear(problems)])
    return Written(summary, lines, not_read)


def _write_problems(path: Path, problems: Sequence[Problem]) -> Path:
    with contextlib.ExitStack() as closing:
        file = closing.enter_context(writing(path))
        long = len(problems) >= _MANY_PROBLEMS
        write_problems(file, problems, closing.enter_context(scratch(path.parent)) if long else None)
    return path


def _pass_by(
    path: Path,
    lists: ReadLists,
    verified: Verified,
    collected: _Collected,
    backs: Sequence[HandBack],
    *,
    show_id: bool,
) -> None:
    """Go through the outcomes, once: each is written, collected, and handed back beside its row."""
    outcomes, as_line = iter(verified.outcomes), OutcomeLines(show_id=show_id)
    with writing(path) as lines:
        for part, back in zip(lists.parts, backs, strict=True):
            for outcome in itertools.islice(outcomes, part.entries):
                lines.write(encoded(as_line.line(outcome)))
                collected.add(outcome)
                back.add(outcome)
            back.end()


def handed_back_names(files: Sequence[str]) -> list[str]:
    """Name the lists handed back; files that differ in folder or ending only get a count."""
    names: list[str] = []
    taken: set[str] = set()
    for file in files:
        stem, count = Path(file).stem, 1
        name = f"{stem}-核验结果.xlsx"
        while _on_disk(name) in taken:
            count += 1
            name = f"{stem}({count})-核验结果.xlsx"
        taken.add(_on_disk(name))
        names.append(name)
    return names


def _on_disk(name: str) -> str:
    """Give what two names have in common that some file systems do not tell apart: A from a, é from e and its accent."""
    return unicodedata.normalize("NFC", name).casefold()


def _lines(summary: dict[str, Any], words: Mapping[str, str], paths: list[str], told: list[str]) -> list[str]:
    rows = summary["rows"]
    counts = "；".join(f"{told} {summary['verdicts'][name]}" for name, told in words.items())
    people = f"（{summary['people']} 人）" * (summary["people"] != rows["read"])
    lines = [
        f"读取人员 {rows['read']} 行{people}，其中未填证书 {rows['without_claim']} 行，跳过非人员 {rows['skipped']} 行。",
        f"核验日期 {summary['as_of']}：{counts}。",
    ]
    if not rows["read"]:
        lines.append("名单里没有人员，没有可核验的内容。")
    return [*lines, *filter(None, told), *(f"已写出 {path}" for path in paths)]
