"""Folders of changes altered and made anew, as somebody would who holds the code: only the alteration can be seen."""

import hashlib
import json
import shutil
from dataclasses import replace

from common.canonical import digest
from scheduler.documents.tables import csv_bytes
from scheduler.duties.files import drawn_duties
from scheduler.folder import json_text
from scheduler.problem import Room
from scheduler.record import digests_of, plainly
from scheduler.replan.changes.table import COLUMNS
from scheduler.replan.codes import change_seed
from scheduler.replan.redraw import redraw
from scheduler.seats.summary import seating_summary
from tests.scheduler.builders import at, places, problem, site, staff, trainee
from tests.scheduler.replan.drawn import rows
from tests.scheduler.replan.test_chain import failures
from tests.scheduler.test_second_draw import second_draw

FIRST = {"date": "2026-12-01", "half": "am"}
A_FIRST = {"id": "A", **FIRST}


def batch(**more):
    """Two mornings at two sites, with room for everybody at three of the four; W1 works for an institution of trainees."""
    trainees = [trainee(f"T{n}", f"I{n % 2 + 1}", class_id=f"{n % 2 + 1}班") for n in range(8)]
    people = [
        staff("W1", roles=("invigilator", "patrol"), employer_id="I1"),
        staff("W2", roles=("invigilator",)),
        staff("W3", roles=("invigilator",)),
    ]
    sites = [site("A", kind="public"), site("B", kind="public")]
    seats = {at(name, when): 4 for name in "AB" for when in ("1am", "2am")}
    made = problem(trainees, sites, seats=seats, rows=[places("A", 4), places("B", 4)], people=people, **more)
    rules = replace(made.rules, examiners_per_item=0, substitutes=1)
    return replace(made, rooms=(Room("A", "1", 4, 2, 1),), rules=rules)


def remade(folder, alter=lambda plan: None, table=None, record=None):
    """Alter plan, table or record, and draw anew, as somebody would who holds the code."""
    plan, told = (
        json.loads((folder / name).read_text(encoding="utf-8")) for name in ("plan.json", "draw.json")
    )
    given = rows(folder / "changes.csv")
    if table is not None:
        given = table(given)
        (folder / "changes.csv").write_bytes(
            csv_bytes(COLUMNS, [[row[name] for name in COLUMNS] for row in given])
        )
    alter(plan)
    changes = hashlib.sha256((folder / "changes.csv").read_bytes()).hexdigest()
    plan["change"]["changes_digest"] = changes
    plan["digest"] = digest({name: value for name, value in plan.items() if name != "digest"})
    (folder / "plan.json").write_text(json_text(plan), encoding="utf-8")
    seed = change_seed(told["code"], plan["change"]["parent"], plan["digest"], changes)
    done = redraw(plan, seed)
    for name, content in done.files.items():
        (folder / name).write_bytes(content)
    for name in told["documents"]:
        (folder / name).unlink()
    told |= {
        "plan_digest": plan["digest"],
        "changes_digest": changes,
        "seed": seed,
        "files": digests_of(done.files),
        "result_digest": digest(digests_of(done.files)),
        "documents": {},
        "placed": len(done.schedule.placements),
        "unplaced": len(done.schedule.unplaced),
        "vacant": done.duties.vacant,
        "seating": seating_summary(plan, done.schedule),
        "plan_file": hashlib.sha256((folder / "plan.json").read_bytes()).hexdigest(),
        **(record or {}),
    }
    told["digest"] = digest({name: value for name, value in told.items() if name != "digest"})
    (folder / "draw.json").write_text(json_text(told), encoding="utf-8")


def as_first(folder, *, change):
    """Have the folder of a change pass for a first draw, with or without the plan's ``change``."""
    plan, told = (
        json.loads((folder / name).read_text(encoding="utf-8")) for name in ("plan.json", "draw.json")
    )
    if not change:
        del plan["change"]
    plan["digest"] = digest({name: value for name, value in plan.items() if name != "digest"})
    (folder / "plan.json").write_text(json_text(plan), encoding="utf-8")
    told = {name: told[name] for name in ("format", "drawn_at", "seed", "seed_origin")}
    schedule, files, seating = plainly(plan, told["seed"])
    duties, summary = drawn_duties(plan, schedule, told["seed"])
    files = {**files, **duties}
    for path in folder.glob("*.csv"):
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    told |= {
        "plan_digest": plan["digest"],
        "files": digests_of(files),
        "result_digest": digest(digests_of(files)),
        "documents": {},
        "placed": len(schedule.placements),
        "unplaced": len(schedule.unplaced),
        "vacant": summary.vacant,
        "seating": seating,
    }
    told["digest"] = digest(told)
    (folder / "draw.json").write_text(json_text(told), encoding="utf-8")
    shutil.rmtree(folder / "chain")
    for path in folder.glob("*.html"):
        path.unlink()


def refused(folder, what):
    """Say that this and nothing else is what both implementations find wrong."""
    failed = failures(folder)
    assert [what in told for told in failed] == [True], failed
    ran = second_draw(folder)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    different = [line for line in ran.stdout.splitlines() if line.startswith("不同")]
    assert [what in line for line in different] == [True], different


def kept(plan):
    return next(group for group in plan["groups"] if "kept" in group)


def entry(plan, kind):
    return next(one for one in plan["change"]["touched"] if one["kind"] == kind)
