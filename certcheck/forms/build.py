"""The three forms, filled as far as runs allow: self-check, summary, inspection statistics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from certcheck.forms.form import Form, templates
from certcheck.forms.runs import PastRun


def self_check(run: PastRun, filled_on: dt.date) -> Form:
    """Fill attachment 1 for one enterprise; only the item on certificates is known from the list."""
    wording = templates()["self_check"]
    rows = []
    for number, item in enumerate(wording["items"], start=1):
        known = number == wording["from_data"]
        mending = "见问题清单" if known and run.certificate_problems else ""
        rows.append((item, run.told() if known else "", mending))
    contents = (run.enterprise, "", _day(filled_on))
    return Form(
        wording["title"],
        tuple(zip(wording["head"], contents, strict=True)),
        tuple(wording["columns"]),
        tuple(rows),
        wording["note"],
        (4, 5, 4),
    )


def summary(runs: Sequence[PastRun], filled_on: dt.date) -> Form:
    """Fill attachment 2 over many enterprises: how many checked themselves, had problems, mended them."""
    wording, items = templates()["summary"], templates()["self_check"]["items"]
    known = templates()["self_check"]["from_data"]
    with_problems = [run for run in runs if run.certificate_problems]
    counts = (str(len(runs)), str(len(with_problems)), str(sum(run.mended for run in with_problems)))
    rows = [
        (item, *(counts if number == known else ("", "", ""))) for number, item in enumerate(items, start=1)
    ]
    rows.append((wording["total"], "", "", ""))
    return Form(
        wording["title"],
        tuple(zip(wording["head"], ("", _day(filled_on)), strict=True)),
        tuple(wording["columns"]),
        tuple(rows),
        wording["note"],
        (5, 2, 2, 2),
    )


def statistics(runs: Sequence[PastRun], filled_on: dt.date) -> Form:
    """Fill attachment 3: the number of enterprises inspected; penalties are for a person to fill in."""
    wording = templates()["statistics"]
    rows = [(str(len(runs)), "", ""), *[("", "", "")] * wording["blank_rows"], (wording["total"], "", "")]
    return Form(
        wording["title"],
        tuple(zip(wording["head"], ("", _day(filled_on), ""), strict=True)),
        tuple(wording["columns"]),
        tuple(rows),
        wording["note"],
        (3, 5, 3),
    )


def _day(day: dt.date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
