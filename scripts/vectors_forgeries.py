"""Forgeries of a change, drawn anew as somebody would who holds the code: only what was altered is wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vectors_changes import chains, files_of, write

from common.canonical import digest
from common.files import sha256_of
from scheduler.documents.tables import csv_bytes
from scheduler.file_names import DRAW_FILE, PLAN_FILE
from scheduler.record import digests_of
from scheduler.replan.chain.published import COLUMNS, published_rows
from scheduler.replan.codes import change_seed
from scheduler.replan.redraw import redraw
from scheduler.seats.summary import seating_summary

Row = dict[str, str]
Alter = Callable[[dict[str, Any], list[Row]], Any]


class Forgery(NamedTuple):
    """What is said of a forgery, what is altered, and in which chain."""

    about: str
    alter: Alter
    chain: int = 0


def _kept(plan: dict[str, Any]) -> dict[str, Any]:
    return next(group for group in plan["groups"] if "kept" in group)


def _row(rows: list[Row], change: str) -> Row:
    return next(row for row in rows if row["change"] == change)


def _somebody(plan: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in plan["change"]["touched"] if one["kind"] == kind)


def _no_place(plan: dict[str, Any], rows: list[Row]) -> None:
    """Have the table leave just the places that the kept need where somebody is drawn."""
    group = next(one for one in plan["groups"] if "kept" not in one)
    number, item = group["cells"][0]["session"], group["item"]
    kept = sum(
        len(one["trainees"])
        for one in plan["groups"]
        if "kept" in one
        and (one["item"], one["cells"][0]["session"]) == (item, number)
        and one["part"] != "theory"
    )
    for one in plan["change"]["places"]:
        if (one["session"], one["item"]) == (number, item):
            one["places"] = kept
    session = plan["sessions"][number]
    where = {"id": session["site_id"], "date": session["date"], "half": session["half"]}
    _more(plan, rows, change="places", **where, item=item, value=str(kept))


def _more(plan: dict[str, Any], rows: list[Row], **cells: str) -> None:
    rows.append(dict.fromkeys(COLUMNS, "") | cells)


FORGERIES = (
    Forgery("a session has more seats than the table says", lambda plan, _: plan["sessions"][0].update(seats=9)),
    Forgery("somebody kept is said to belong to another institution",
            lambda plan, _: _kept(plan)["institution"].__setitem__(0, 1 - _kept(plan)["institution"][0])),
    Forgery("a reason is not that of the table", lambda plan, _: _somebody(plan, "moved").update(reason="本人不能参加原场次（出差）")),
    Forgery("somebody is moved to what was impossible", lambda plan, _: plan["change"]["impossible"].clear()),
    Forgery("the table states a date that somebody kept does not keep to",
            lambda plan, rows: _more(plan, rows, change="trainee_dates", id=_kept(plan)["trainees"][0], earliest="2026-12-09")),
    Forgery("the table leaves no place where somebody is drawn", _no_place),
    Forgery("a cell that the change does not have", lambda _, rows: _row(rows, "trainee_moved").update(date="2026-12-01")),
    Forgery("what nobody can see in a reason", lambda _, rows: _row(rows, "places").update(reason="设备\u202e送修")),
    Forgery("a key that no plan has", lambda plan, _: plan["change"].update(note="")),
    Forgery("the staff stand in another order", lambda plan, _: plan["staff"].reverse(), 2),
    Forgery("the digest of a corrected batch is another one", lambda plan, _: plan.update(list_digest="0" * 64), 2),
    Forgery("a session that is over is not told as such", lambda plan, _: plan["change"]["over"].pop(), 3),
    Forgery("a session that is still ahead is told as over",
            lambda plan, _: plan["change"].update(over=list(range(len(plan["sessions"])))), 3),
)  # fmt: skip


def forged(folder: Path, alter: Alter) -> None:
    """Alter plan and table of a change drawn at once, and draw it anew."""
    plan, record = (
        json.loads((folder / name).read_text(encoding="utf-8")) for name in (PLAN_FILE, DRAW_FILE)
    )
    rows = [dict(row) for row in published_rows((folder / "changes.csv").read_bytes())]
    alter(plan, rows)
    table = csv_bytes(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
    (folder / "changes.csv").write_bytes(table)
    plan["change"]["changes_digest"] = changes = hashlib.sha256(table).hexdigest()
    plan = write(folder / PLAN_FILE, plan)
    seed = change_seed(record["code"], record["parent"], plan["digest"], changes)
    drawn = redraw(plan, seed)
    for name, content in drawn.files.items():
        (folder / name).write_bytes(content)
    told = {
        "plan_digest": plan["digest"],
        "changes_digest": changes,
        "seed": seed,
        "files": digests_of(drawn.files),
        "result_digest": digest(digests_of(drawn.files)),
        "placed": len(drawn.schedule.placements),
        "unplaced": len(drawn.schedule.unplaced),
        "vacant": drawn.duties.vacant,
        "seating": seating_summary(plan, drawn.schedule),
        "plan_file": sha256_of(folder / PLAN_FILE),
    }
    write(folder / DRAW_FILE, record | told)


def _folders() -> Iterator[dict[str, Any]]:
    """Give the chains, then each forgery with the files that are other ones than in its chain."""
    forgeries = []
    for number, (make, folder) in enumerate(chains()):
        files = files_of(folder)
        yield {"about": make.__doc__, "good": True, "files": files}
        for one in FORGERIES:
            if one.chain == number:
                with tempfile.TemporaryDirectory() as work:
                    copy = shutil.copytree(folder, Path(work) / "copy")
                    forged(copy, one.alter)
                    other = {name: text for name, text in files_of(copy).items() if text != files.get(name)}
                    forgeries.append({"about": one.about, "good": False, "of": number, "files": other})
    yield from forgeries


def change_vectors() -> str:
    """Give the text of the file, a line for each folder."""
    lines = [json.dumps(one, ensure_ascii=False) for one in _folders()]
    return '{"folders": [\n' + ",\n".join(lines) + "\n]}\n"
