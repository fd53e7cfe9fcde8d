"""A change whose plan and table lie in their folder is drawn: result files, documents, and the record that names them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from common.canonical import digest
from common.files import remove, sha256_of, tidy, write_file
from scheduler.documents.difference import difference_page
from scheduler.documents.remedies import remedy_files
from scheduler.duties.files import DutySummary
from scheduler.file_names import CHANGES, DIFFERENCE, DIFFERENCE_PAGE, DRAW_FILE, PLAN_FILE, REMEDIES
from scheduler.folder import json_text
from scheduler.problem import Problem
from scheduler.record import Documents, digests_of
from scheduler.replan.announced_words import changed_lines
from scheduler.replan.chain.parent import Parent, chain_files, parsed
from scheduler.replan.helping import remedies_after
from scheduler.replan.redraw import redraw
from scheduler.schedule import Schedule
from scheduler.seats.summary import seating_summary
from scheduler.seed.seed_origin import change_origin


class Changed(NamedTuple):
    """A changed schedule; ``remedies`` says who has no place and what would help, None where everybody has one.

    ``lines`` say what the change changes, ``remarks`` what the files hold and nobody read.
    """

    plan: Mapping[str, Any]
    record: dict[str, Any]
    schedule: Schedule
    duties: DutySummary
    remedies: dict[str, Any] | None
    lines: Sequence[str] = ()
    remarks: tuple[str, ...] = ()


class Code(NamedTuple):
    """The code of a change, 64 hex digits, and whether it was committed to when the first draw was announced."""

    code: str
    committed: bool


class Seed(NamedTuple):
    """The seed of a change, in hex, and of an announced one what is revealed, and when it was announced and its public value known."""

    seed: str
    reveal: Mapping[str, str] | None = None
    moments: tuple[str, str] | None = None


def draw_change(
    folder: Path, parent: Parent, plan: Mapping[str, Any], facts: Problem | None, code: Code, seed: Seed,
    moment: str, documents: Documents,
) -> Changed:  # fmt: skip
    """Draw the change that a folder holds and write result, documents and record.

    Parameters
    ----------
    facts
        the changed batch; None where it is not there: then nobody can say what would help those without a place.
    moment
        when it is drawn, ISO 8601 with its zone.
    """
    drawn = redraw(plan, seed.seed)
    record = _record(parent, plan, code, seed, moment) | {
        "result_digest": digest(digests_of(drawn.files)),
        "files": digests_of(drawn.files),
        "placed": len(drawn.schedule.placements),
        "unplaced": len(drawn.schedule.unplaced),
        "vacant": drawn.duties.vacant,
        "seating": seating_summary(plan, drawn.schedule),
        "plan_file": sha256_of(folder / PLAN_FILE),
    }
    tidy(folder, [*drawn.files, DRAW_FILE])  # what a run that was killed left half-written
    for name, content in drawn.files.items():
        write_file(folder / name, content)
    remedies = None
    if drawn.schedule.unplaced and facts is not None:
        remedies = remedies_after(parsed(folder, plan, record), facts)
    table, moments = (folder / CHANGES).read_bytes(), seed.moments or (moment, moment)
    lines = changed_lines(plan, parent.plan, table, *moments, drawn.schedule.unplaced)
    made = {
        **documents(plan, record, drawn.schedule),
        DIFFERENCE_PAGE: difference_page(plan, parent.plan, record, drawn.files[DIFFERENCE], lines),
        **(remedy_files(remedies) if remedies else {}),
    }
    record["documents"] = digests_of(made)
    record["chain_files"] = chain_files(folder)
    record["digest"] = digest(record)
    tidy(folder, made)
    for name in REMEDIES:  # of the plan before it was drawn: no record would name them
        remove(folder / name)
    for name, content in made.items():
        write_file(folder / name, content)
    write_file(folder / DRAW_FILE, json_text(record))
    return Changed(plan, record, drawn.schedule, drawn.duties, remedies, lines)


def _record(parent: Parent, plan: Mapping[str, Any], code: Code, seed: Seed, moment: str) -> dict[str, Any]:
    """Give what a record says before anything is drawn."""
    change = plan["change"]
    value = None if seed.reveal is None else seed.reveal["public_value"]
    return {
        "format": parent.record["format"],
        "plan_digest": plan["digest"],
        "seed": seed.seed,
        "seed_origin": change_origin(change["number"], value, committed=code.committed),
        **({} if seed.reveal is None else {"reveal": dict(seed.reveal)}),
        "change_number": change["number"],
        "parent": change["parent"],
        "changes_digest": change["changes_digest"],
        "code": code.code,
        "committed": code.committed,
        "drawn_at": moment,
    }
