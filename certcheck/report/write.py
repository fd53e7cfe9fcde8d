"""All reports of a run, written into its folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certcheck.offline.context import Context
from certcheck.pipeline import ReadLists, Verified
from certcheck.report.calendar import calendar_file
from certcheck.report.deadlines import deadlines
from certcheck.report.outcomes import outcome_lines
from certcheck.report.page import report_page
from certcheck.report.problems import Problem, problem_list, problems_workbook
from certcheck.report.summary import packs_used, summary_data, unconfirmed_line
from certcheck.report.workbook import handed_back
from certcheck.verdict import VERDICTS
from common.files import write_file

PROBLEMS = "problems.xlsx"


@dataclass(frozen=True)
class Written:
    """What was written, and the lines to tell of it."""

    summary: dict[str, Any]
    lines: list[str]


def write_reports(
    folder: Path,
    run: str,
    lists: ReadLists,
    verified: Verified,
    context: Context,
    *,
    asked: str,
    show_id: bool,
    before: Sequence[Problem] = (),
) -> Written:
    """Write everything: for programs, for people, the lists handed back, the problem list, the calendar.

    ``before`` is the problem list that this one carries on.
    """
    files = [part.file for part in lists.parts]
    packs = packs_used(context.rules, verified.outcomes, context.as_of)
    unconfirmed = unconfirmed_line(packs)
    coming = deadlines(verified.outcomes, context)
    summary = summary_data(run, context.as_of, files, lists, verified.outcomes, packs)
    summary["notes"] = [line for line in (asked, verified.stopped, unconfirmed) if line]
    page = report_page(
        summary,
        verified.outcomes,
        unconfirmed=unconfirmed,
        asked=asked,
        coming=coming,
        stopped=verified.stopped,
        show_id=show_id,
    )
    paths = [
        write_file(folder / "outcomes.jsonl", outcome_lines(verified.outcomes, show_id=show_id)),
        write_file(folder / "summary.json", json.dumps(summary, ensure_ascii=False, indent=2) + "\n"),
        write_file(folder / "report.html", page),
        write_file(folder / PROBLEMS, problems_workbook(problem_list(verified.outcomes, run, before))),
        write_file(folder / "deadlines.ics", calendar_file(coming, context.as_of)),
    ]
    first = 0
    for part, name in zip(lists.parts, handed_back_names(files), strict=True):
        outcomes = verified.outcomes[first : first + part.entries]
        first += part.entries
        paths.append(write_file(folder / name, handed_back(part.sheets, part.readings, outcomes)))
    return Written(summary, _lines(summary, paths, asked, unconfirmed))


def handed_back_names(files: Sequence[str]) -> list[str]:
    """Name the lists handed back; files that differ in folder or ending only get a count."""
    names: list[str] = []
    taken: set[str] = set()
    for file in files:
        stem, count = Path(file).stem, 1
        name = f"{stem}-核验结果.xlsx"
        while name.casefold() in taken:  # some file systems do not tell A from a
            count += 1
            name = f"{stem}({count})-核验结果.xlsx"
        taken.add(name.casefold())
        names.append(name)
    return names


def _lines(summary: dict[str, Any], paths: list[Path], asked: str, unconfirmed: str) -> list[str]:
    rows = summary["rows"]
    counts = "；".join(f"{words} {summary['verdicts'][name]}" for name, words in VERDICTS.items())
    lines = [
        f"读取人员 {rows['read']} 行，其中未填证书 {rows['without_claim']} 行，跳过非人员 {rows['skipped']} 行。",
        f"核验日期 {summary['as_of']}：{counts}。",
        asked,
    ]
    if not rows["read"]:
        lines.append("名单里没有人员，没有可核验的内容。")
    return [*lines, *([unconfirmed] if unconfirmed else []), *(f"已写出 {path}" for path in paths)]
