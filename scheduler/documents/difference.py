"""The difference that a change made, as a page for people: their ids, no names of theirs; sites by name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from common.templates import environment
from scheduler.documents.site_names import site_names
from scheduler.exam_words import say_exceptions

_EXCEPTIONS = "例外："
_IN_GROUP = re.compile(r"第(\d+)组(\d+)号工位")
_PLACE = re.compile(r"(.+) (\d{4}-\d\d-\d\d \S+)(.*)")
"""A place as ``replan.difference`` says it; a site's id may hold spaces."""


def difference_page(
    plan: Mapping[str, Any],
    before: Mapping[str, Any],
    record: Mapping[str, Any],
    table: bytes,
    lines: Sequence[str],
) -> bytes:
    """Give the page of a difference.

    Parameters
    ----------
    before
        the plan that was changed.
    table
        difference.csv of the change.
    lines
        what the change changes, in sentences.
    """
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    kept = sum(len(group["trainees"]) for group in plan["groups"] if "kept" in group)
    names = site_names(before) | site_names(plan)  # of a site that is gone the plan says nothing
    told = [{**row, "from": _parts(row["from"], names), "to": _parts(row["to"], names)} for row in rows]
    template = environment().get_template("difference.html")
    return template.render(
        record=record,
        kept=kept,
        lines=lines,
        trainees=[row for row in told if row["kind"] == "trainee"],
        duties=[row for row in told if row["kind"] == "duty"],
    ).encode("utf-8")


def _parts(place: str, names: Mapping[str, str]) -> list[str]:
    """Give a place or duty of the table in words, part by part: the table has ids and codes, for programs."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return []
    site, when, where = found.groups()
    return [names.get(site, site), when, *map(_part, where.split())]


def _part(text: str) -> str:
    """Give one part of a place: the specification of the draw fixes the table's words, papers speak of a 顺序号."""
    if found := _IN_GROUP.fullmatch(text):
        return f"第{found[1]}组 顺序号{found[2]}"
    if not text.startswith(_EXCEPTIONS):
        return text
    codes = text.removeprefix(_EXCEPTIONS).split("、")
    return _EXCEPTIONS + say_exceptions(codes)
