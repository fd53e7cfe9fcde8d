"""The difference that a change made, as a page for people: ids only, no names."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from common.templates import environment


def difference_page(plan: Mapping[str, Any], record: Mapping[str, Any], table: bytes) -> bytes:
    """Give the page of a difference.

    Parameters
    ----------
    table
        difference.csv of the change.
    """
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    kept = sum(len(group["trainees"]) for group in plan["groups"] if "kept" in group)
    template = environment().get_template("difference.html")
    return template.render(
        record=record,
        kept=kept,
        trainees=[row for row in rows if row["kind"] == "trainee"],
        duties=[row for row in rows if row["kind"] == "duty"],
    ).encode("utf-8")
