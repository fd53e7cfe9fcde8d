"""Drawn folders for tests of changes, and random changes; everybody in them is invented."""

import csv
import io
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from scheduler.batch_files import write_batch
from scheduler.kept_batch import keep
from scheduler.problem import Institution, Problem
from scheduler.record import draw_and_write, no_documents, write_plan
from scheduler.replan.pipeline import Request, replan
from scheduler.replan.table import COLUMNS
from tests.scheduler.builders import planned, seed, staff
from tests.scheduler.seated_batches import seated_batches
from tests.scheduler.strategies import ITEMS, ORGANISATIONS

MOMENT = "2026-11-25T08:00:00+08:00"
HEADER = (*COLUMNS[:-1], "name", "id_number", "needs", "reason")
ROLES = ("invigilator", "examiner", "patrol")


def rules_toml(problem: Problem) -> str:
    """Give the rules of a batch as rules.toml."""

    def value(one) -> str:
        if isinstance(one, bool):
            return "true" if one else "false"
        if isinstance(one, list):
            return "[" + ", ".join(f'"{part}"' for part in one) + "]"
        return str(one) if isinstance(one, int) else f'"{one}"'

    lines = []
    for section, values in problem.rules.as_data().items():
        if isinstance(values, dict):
            lines.append(f"[{section}]")
            lines += [f"{key} = {value(one)}" for key, one in values.items()]
        else:
            lines.insert(0, f"{section} = {value(values)}")
    return "\n".join(lines) + "\n"


def drawn(problem: Problem, folder: Path, number: int = 1, *, kept: bool = True) -> Path:
    """Plan and draw a batch into ``folder/0``, with the batch kept beside it."""
    batch, out = folder / "given", folder / "0"
    batch.mkdir(parents=True)
    out.mkdir()
    write_batch(problem, batch)
    (batch / "rules.toml").write_text(rules_toml(problem), encoding="utf-8")
    if kept:
        keep(batch, None, out)
    write_plan(out, planned(problem))
    draw_and_write(out, seed(number), "试用", MOMENT)
    return out


def table(path: Path, *changes: dict) -> Path:
    """Write a table of changes."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(changes)
    return path


def changed(parent: Path, out: Path, *changes: dict, batch: Path | None = None, secrets=None, documents=no_documents):
    """Make changes; gives plan, record and schedule."""
    path = table(out.with_suffix(".csv"), *changes) if changes else None
    return replan(Request(parent, out, path, batch), secrets or (lambda _: ()), "0", MOMENT, documents)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@st.composite
def drawable_batches(draw) -> Problem:
    """Draw a batch with seats and staff whose ids are all defined and whose rooms take everybody."""
    batch = draw(seated_batches())
    people = [
        staff(
            f"W{number}",
            roles=tuple(draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=3, unique=True))),
            items=tuple(draw(st.lists(st.sampled_from(ITEMS), max_size=3, unique=True))),
            employer_id=draw(st.sampled_from(["", "", "I1", "G1"])),
            max_duties=draw(st.sampled_from([None, None, 1, 2])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    names = {*ORGANISATIONS, "I4"}
    return replace(
        batch,
        rooms=(),
        institutions={name: Institution(name, f"机构{name}", "training") for name in sorted(names)},
        staff={one.staff_id: one for one in people},
    )


def random_changes(draw, problem: Problem, sitting: set[str], step: int) -> list[dict]:
    """Draw one to three changes that can be made on a batch, each about something else."""
    found = []
    sessions, names = sorted(problem.seats), sorted(problem.trainees)
    for number in range(draw(st.integers(1, 3))):
        kinds = ["trainee_added", "staff_added", "day_limit", "places"]
        if sessions:
            kinds += ["seats", "session_cancelled", "site_closed"]
        if names:
            kinds += ["trainee_withdrawn", "trainee_dates"]
        if sitting & set(names):
            kinds += ["trainee_moved", "trainee_moved"]
        if problem.staff:
            kinds += ["staff_unavailable", "staff_unavailable"]
        kind = draw(st.sampled_from(kinds))
        site = draw(st.sampled_from(sorted(problem.sites)))
        row = {"change": kind, "reason": draw(st.sampled_from(["", "原因甲"]))}
        if kind in ("seats", "session_cancelled"):
            one = draw(st.sampled_from(sessions))
            row |= {"id": one.site_id, "date": one.day.isoformat(), "half": str(one.half)}
            if kind == "seats":
                row["value"] = draw(st.integers(0, 8))
            else:
                sessions.remove(one)
        elif kind == "site_closed":
            one = draw(st.sampled_from(sessions))
            row |= {"id": one.site_id, "date": one.day.isoformat()}
            sessions = [other for other in sessions if other[:2] != one[:2]]
        elif kind == "day_limit":
            row |= {"id": site, "value": draw(st.integers(0, 9))}
        elif kind == "places":
            item = draw(st.sampled_from(sorted({one.item for one in problem.places}) or [""]))
            if not item:
                continue
            row |= {"id": site, "item": item, "value": draw(st.integers(0, 6))}
        elif kind == "trainee_added":
            row |= {
                "id": f"N{step}{number}", "institution_id": draw(st.sampled_from(["I1", "I4"])),
                "item": draw(st.sampled_from(ITEMS)), "part": draw(st.sampled_from(["", "theory", "practical"])),
                "district": draw(st.sampled_from(sorted(problem.districts) or [""])),
            }  # fmt: skip
        elif kind == "staff_added":
            row |= {"id": f"V{step}{number}", "roles": "invigilator;patrol"}
        elif kind == "staff_unavailable":
            row |= {"id": draw(st.sampled_from(sorted(problem.staff)))}
            if draw(st.booleans()):
                row |= {"date": "2026-12-01", "half": draw(st.sampled_from(["", "am"]))}
        else:
            pool = sorted(sitting & set(names)) if kind == "trainee_moved" else names
            name = draw(st.sampled_from(pool))
            names.remove(name)
            row["id"] = name
            if kind == "trainee_dates":
                row |= {"earliest": draw(st.sampled_from(["2026-12-01", "2026-12-02"])), "latest": "2026-12-03"}
        found.append(row)
    return found or [{"change": "staff_added", "id": f"V{step}9", "roles": "patrol", "reason": ""}]
