"""Whole folders of changes for the published vectors: chains that are right. Forgeries of them: vectors_forgeries.py.

Everybody in them is invented. They are planned, so another version of the solver may give other chances: what a test
repeats is the check of each folder and its draws, not the planning.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from common.canonical import digest
from scheduler.batch.batch_files import write_batch
from scheduler.batch.facts_digest import facts_digest
from scheduler.batch.kept_batch import KEPT, keep
from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.tables import csv_bytes
from scheduler.eligibility import Eligibility
from scheduler.file_names import DRAW_FILE
from scheduler.folder import json_lines
from scheduler.plan_form import plan_data
from scheduler.problem import Half, Institution, Part, PlaceRow, Problem, Room, Session, Site, Staff, Trainee
from scheduler.reading import read_batch
from scheduler.record import draw_and_write, no_documents, write_plan
from scheduler.replan.opening import draw_announced
from scheduler.replan.pipeline import announce_change, replan
from scheduler.replan.request import Request
from scheduler.rules import load_rules
from scheduler.seed.announcement import Terms, make_announcement, opened_seed, write_announcement
from scheduler.seed.seed_origin import GIVEN, announced_origin

ITEMS = ("低压电工作业", "高压电工作业")
CODES = [bytes([number]) * 32 for number in range(3)]
MOMENT = "2026-11-25T08:00:00+08:00"
FIRST, SECOND = ({"date": f"2026-12-0{day}", "half": "am"} for day in (1, 2))
NEW = {"id": "乙", "date": "2026-12-03", "half": "pm"}
RULES = "[staffing]\nexaminers_per_item = 1\ninvigilators_per_room = 1\nsubstitutes = 1\nroom_size = 4\n"

Row = dict[str, str]


def _session(site_id: str, day: int) -> Session:
    return Session(site_id, dt.date(2026, 12, day), Half.AM)


def _batch() -> Problem:
    """Give two mornings at two sites, one of which states its rooms, and staff of whom one belongs to an institution."""
    people = [
        Trainee(f"T{n:02}", f"I{n % 2 + 1}", ITEMS[n % 4 == 0], Part(("both", "theory", "practical")[n % 5 % 3]),
                class_id=f"{n % 2}班", needs=("accessible",) if n == 2 else ())
        for n in range(12)
    ]  # fmt: skip
    roles = (("invigilator", "patrol"), ("examiner",), ("invigilator", "examiner"), ("patrol", "invigilator"))
    staff = [
        Staff(f"W{n}", roles=roles[n % 4], items=ITEMS if n % 4 in (1, 2) else (), employer_id="I1" if n == 3 else "")
        for n in range(9)
    ]  # fmt: skip
    sites = [
        Site(name, f"考点{name}", "public", owner_id="", city="云州市", day_limit=limit)
        for name, limit in (("甲", None), ("乙", 9))
    ]
    return Problem(
        trainees={one.trainee_id: one for one in people},
        institutions={name: Institution(name, f"机构{name}", "training") for name in ("I1", "I2")},
        sites={one.site_id: one for one in sites},
        districts={},
        seats={_session(name, day): 5 for name in "甲乙" for day in (1, 2)},
        places=tuple(PlaceRow(name, item, 3) for name in "甲乙" for item in ITEMS),
        staff={one.staff_id: one for one in staff},
        relations=(),
        rooms=(Room("甲", "101", 3, 2, 1), Room("甲", "102", 4, 2, 0)),
        rules=load_rules(),
    )


def _given(batch: Problem, folder: Path) -> Path:
    """Write a batch as somebody hands it in."""
    folder.mkdir(parents=True)
    write_batch(batch, folder)
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    return folder


def _planned(folder: Path) -> Path:
    """Plan the batch into a folder that keeps it."""
    given, out = _given(_batch(), folder / "given"), folder / "0"
    keep(given, None, out)
    batch = read_batch(given, given / "rules.toml")
    chances = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    write_plan(out, plan_data(batch, chances, "0", facts_digest(batch)))
    return out


def _first(folder: Path) -> Path:
    out = _planned(folder)
    draw_and_write(out, "5" * 64, GIVEN, MOMENT)
    return out


def _announced(folder: Path) -> Path:
    out = _planned(folder)
    early, late = (dt.datetime(2026, 11, day, 8, tzinfo=dt.UTC) for day in (1, 3))
    write_announcement(out, make_announcement(out, CODES, Terms("某彩票第 1 期", late, "00 00"), early))
    seed, reveal = opened_seed(out, CODES[0].hex(), "03 08", late)
    draw_and_write(out, seed, announced_origin(reveal["public_value"]), late.isoformat(), reveal=reveal)
    return out


def _table(path: Path, rows: list[Row]) -> Path:
    columns = sorted({name for row in rows for name in row})
    path.write_bytes(csv_bytes(columns, [[row.get(name, "") for name in columns] for row in rows]))
    return path


def _changed(parent: Path, *rows: Row, moment: str = MOMENT) -> Path:
    """Make a change at once, and give its folder without pages, which no vector needs."""
    out = parent.parent / str(int(parent.name) + 1)
    request = Request(parent, out, _table(out.with_suffix(".csv"), list(rows)))
    replan(request, lambda _: [one.hex() for one in CODES[1:]], "0", moment, no_documents)
    return _without_pages(out)


def _announced_change(parent: Path, *rows: Row) -> Path:
    out = parent.parent / str(int(parent.name) + 1)
    request = Request(parent, out, _table(out.with_suffix(".csv"), list(rows)))
    early, late = (dt.datetime(2026, 11, day, 8, tzinfo=dt.UTC) for day in (26, 27))
    codes = [one.hex() for one in CODES[1:]]
    announce_change(request, lambda _: codes, "0", Terms("某彩票第 2 期", late, "00 00"), early)
    draw_announced(out, lambda _: codes, "11 12", late, no_documents)
    return _without_pages(out)


def _corrected(parent: Path, batch: Problem) -> Path:
    """Give a corrected batch whole: the table has a row ``facts``."""
    out = parent.parent / str(int(parent.name) + 1)
    given = _given(batch, parent.parent / f"given{out.name}")
    replan(Request(parent, out, None, given), lambda _: (), "0", MOMENT, no_documents)
    return _without_pages(out)


def _without_pages(folder: Path) -> Path:
    record = json.loads((folder / DRAW_FILE).read_text(encoding="utf-8"))
    for name in record["documents"]:
        (folder / name).unlink()
    write(folder / DRAW_FILE, record | {"documents": {}})
    return folder


def write(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    """Write a plan or a record with its digest."""
    content = {name: value for name, value in content.items() if name != "digest"}
    content["digest"] = digest(content)
    path.write_bytes(b"".join(json_lines(content)))
    return content


def files_of(folder: Path) -> dict[str, str]:
    """Give the texts of a folder by path, without the byte order mark of CSV files and without the private batch."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and KEPT not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8-sig") for path in paths}


def _sits(folder: Path, **where: str) -> list[str]:
    """Give who sits in sessions of a kind, by id."""
    text = (folder / "assignments.csv").read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [row["trainee_id"] for row in rows if all(row[name] == one for name, one in where.items())]


def at_once(work: Path) -> Path:
    """Make two changes after a draw that nobody announced: a bit of everything that a table can state."""
    first = _first(work)
    stays, leaves = _sits(first, date=SECOND["date"])[:2]
    one = _changed(
        first,
        {"change": "seats", "id": "甲", **FIRST, "value": "1", "reason": "坏了，“两排”"},
        {"change": "session_cancelled", "id": "乙", **FIRST, "reason": "停电"},
        {"change": "session_added", **NEW, "value": "6"},
        {"change": "places", **NEW, "item": ITEMS[0], "value": "4"},
        {"change": "trainee_dates", "id": stays, "earliest": SECOND["date"]},
        {"change": "trainee_withdrawn", "id": leaves},
        {"change": "trainee_added", "id": "N1", "institution_id": "I2", "item": ITEMS[1], "earliest": SECOND["date"]},
        {"change": "trainee_added", "id": "N2", "institution_id": "I1", "item": ITEMS[0], "part": "theory",
         "earliest": "2026-12-09"},
        {"change": "staff_unavailable", "id": "W0", "date": SECOND["date"]},
        {"change": "staff_added", "id": "W9", "roles": "监考、考评", "items": "；".join(ITEMS), "max_duties": "2",
         "unavailable": "2026-12-01上午；2026-12-04至2026-12-05"},
    )  # fmt: skip
    return _changed(
        one,
        {"change": "trainee_moved", "id": stays, "reason": "住院"},
        {"change": "trainee_dates", "id": "N2", "earliest": SECOND["date"]},
        {"change": "trainee_dates", "id": _sits(one, date=FIRST["date"])[0], "earliest": SECOND["date"], "reason": "出差"},
        {"change": "places", "id": "甲", "item": ITEMS[0], "value": "2", "reason": "设备送修"},
        {"change": "day_limit", "id": "甲", "value": "4"},
    )  # fmt: skip


def announced(work: Path) -> Path:
    """Make a change with a sealed code, then one with a public value of its own, after an announced draw."""
    one = _changed(_announced(work), {"change": "site_closed", "id": "乙", "date": FIRST["date"]})
    return _announced_change(one, {"change": "seats", "id": "甲", **SECOND, "value": "2"})


def corrected(work: Path) -> Path:
    """Give a corrected batch: two registrations turn out to be of one person, a room has fewer seats, somebody another part."""
    first, batch = _first(work), _batch()
    person = "000000199001010018"
    same = set([name for name in _sits(first, date=SECOND["date"]) if name != "T00"][:2])
    people = {
        name: replace(
            one, id_number=person if name in same else "", part=Part.THEORY if name == "T00" else one.part
        )
        for name, one in batch.trainees.items()
    }
    rooms = (Room("甲", "101", 1, 2, 1), Room("甲", "102", 6, 2, 0))
    return _corrected(first, replace(batch, trainees=people, rooms=rooms))


def over(work: Path) -> Path:
    """Have examiners fall out, and make a change when the first day is over: its vacant posts stay vacant, later ones are filled."""
    away = {"change": "staff_unavailable", "date": FIRST["date"], "until": SECOND["date"]}
    one = _changed(_first(work), *({**away, "id": name} for name in ("W1", "W2", "W5")))
    return _changed(
        one,
        {"change": "trainee_withdrawn", "id": _sits(one, date=FIRST["date"])[0]},
        {"change": "trainee_added", "id": "N1", "institution_id": "I2", "item": ITEMS[1]},
        {"change": "staff_added", "id": "W9", "roles": "考评", "items": "；".join(ITEMS)},
        moment="2026-12-02T08:00:00+08:00",
    )


CHAINS: tuple[Callable[[Path], Path], ...] = (at_once, announced, corrected, over)


def chains() -> Iterator[tuple[Callable[[Path], Path], Path]]:
    """Give each chain with its folder, which is gone afterwards."""
    for make in CHAINS:
        with tempfile.TemporaryDirectory() as work:
            yield make, make(Path(work))
