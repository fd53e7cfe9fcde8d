"""Drawn folders for tests of changes, and random changes; everybody in them is invented."""

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from scheduler.batch.batch_files import write_batch
from scheduler.batch.kept_batch import keep
from scheduler.problem import Institution, Problem
from scheduler.record import draw_and_write, no_documents, write_plan
from scheduler.replan.changes.table import COLUMNS
from scheduler.replan.pipeline import replan
from scheduler.replan.request import Request
from scheduler.seed.seed_origin import GIVEN
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
    draw_and_write(out, seed(number), GIVEN, MOMENT)
    return out


def table(path: Path, *changes: dict) -> Path:
    """Write a table of changes."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(changes)
    return path


def changed(
    parent: Path, out: Path, *changes: dict, batch: Path | None = None, secrets=None, documents=no_documents,
    take_back=False, moment=None,
):  # fmt: skip
    """Make changes; gives plan, record and schedule."""
    path = table(out.with_suffix(".csv"), *changes) if changes else None
    return replan(
        Request(parent, out, path, batch, take_back=take_back),
        secrets or (lambda _: ()),
        "0",
        moment or MOMENT,
        documents,
    )


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
        sites={name: replace(one, suspended_to=None) for name, one in batch.sites.items()},
        relations=tuple(dict.fromkeys(replace(one, until=None) for one in batch.relations)),
        rooms=(),
        institutions={name: Institution(name, f"机构{name}", "training") for name in sorted(names)},
        staff={one.staff_id: one for one in people},
    )


def random_changes(draw, problem: Problem, sitting: set[str], step: int) -> list[dict]:
    """Draw one to three changes that can be made on a batch, each about something else."""
    left = _Left(draw, problem, sitting, step)
    found = []
    for number in range(draw(st.integers(1, 3))):
        kinds = ["trainee_added", "staff_added", "places", "session_added"]
        kinds += ["day_limit"] if left.limits else []
        kinds += ["seats", "session_cancelled"] if left.sessions else []
        kinds += ["site_closed"] if left.days else []
        kinds += ["trainee_withdrawn", "trainee_dates"] if left.names else []
        kinds += ["trainee_moved"] * 2 if left.sitting() else []
        kinds += ["staff_unavailable"] * 2 if left.staff else []
        kind = draw(st.sampled_from(kinds))
        stated = getattr(left, kind)(f"{step}{number}")
        found.append({"change": kind, "reason": draw(st.sampled_from(["", "原因甲", "原因乙"])), **stated})
        if kind == "trainee_added" and draw(st.integers(0, 3)) == 0:
            found.append({"change": "trainee_withdrawn", "id": stated["id"]})
    return found


class _Left:
    """What may still be changed in a table; a method for each kind of change."""

    def __init__(self, draw, problem: Problem, sitting: set[str], step: int) -> None:
        self.draw, self.problem, self._sitting, self.step = draw, problem, sitting, step
        self.sessions, self.names = sorted(problem.seats), sorted(problem.trainees)
        self.staff, self.limits = sorted(problem.staff), sorted(problem.sites)
        self.places_of = sorted({(name, one.item) for name in problem.sites for one in problem.places})
        self.taken = {(one.site_id, str(one.day), str(one.half)) for one in problem.seats}
        self.days = {(one.site_id, one.day) for one in problem.seats}

    def sitting(self) -> list[str]:
        return sorted(self._sitting & set(self.names))

    def one_of(self, listed):
        return self.draw(st.sampled_from(sorted(listed)))

    def session(self) -> dict:
        """Give a session of which no other row speaks; its site is not closed on that day."""
        one = self.one_of(self.sessions)
        self.sessions.remove(one)
        self.days.discard((one.site_id, one.day))
        return {"id": one.site_id, "date": one.day.isoformat(), "half": str(one.half)}

    def seats(self, _) -> dict:
        return {**self.session(), "value": self.draw(st.integers(0, 8))}

    def session_cancelled(self, _) -> dict:
        return self.session()

    def session_added(self, _) -> dict:
        times = [(site, f"2026-12-0{day}", half) for site in sorted(self.problem.sites) for day in (1, 2, 3)
                 for half in ("am", "pm")]  # fmt: skip
        free = [one for one in times if one not in self.taken]
        if not free:
            return {**self.staff_added("y"), "change": "staff_added"}
        site, day, half = self.one_of(free)
        self.taken.add((site, day, half))
        self.days.discard((site, dt.date.fromisoformat(day)))
        return {"id": site, "date": day, "half": half, "value": self.draw(st.integers(0, 6))}

    def site_closed(self, _) -> dict:
        site, day = self.one_of(self.days)
        self.days.remove((site, day))
        self.sessions = [one for one in self.sessions if one[:2] != (site, day)]
        self.taken |= {(site, day.isoformat(), half) for half in ("am", "pm")}
        return {"id": site, "date": day.isoformat()}

    def day_limit(self, _) -> dict:
        site = self.one_of(self.limits)
        self.limits.remove(site)
        return {"id": site, "value": self.draw(st.integers(0, 9))}

    def places(self, _) -> dict:
        if not self.places_of:
            return {**self.staff_added("x"), "change": "staff_added"}
        value = self.draw(st.integers(0, 6))
        if self.sessions and self.draw(st.booleans()):
            item = self.one_of({one.item for one in self.problem.places})
            self.places_of = [one for one in self.places_of if one[1] != item]
            return {**self.session(), "item": item, "value": value}
        site, item = self.one_of(self.places_of)
        self.places_of.remove((site, item))
        return {"id": site, "item": item, "value": value}

    def trainee_added(self, number: str) -> dict:
        return {
            "id": f"N{number}", "institution_id": self.one_of(["I1", "I4"]), "item": self.one_of(ITEMS),
            "part": self.one_of(["", "theory", "practical"]),
            "district": self.one_of(self.problem.districts or [""]),
            "earliest": self.one_of(["", "2026-12-02"]),
            "latest": self.one_of(["", "2026-12-02", "2026-12-03"]),
        }  # fmt: skip

    def staff_added(self, number: str) -> dict:
        return {
            "id": f"V{self.step}{number}{len(self.names)}{len(self.sessions)}",
            "roles": self.one_of(["invigilator;patrol", "考评、监考", "巡考"]),
            "items": self.one_of(["", ITEMS[0], "；".join(ITEMS)]),
            "unavailable": self.one_of(["", "2026-12-01上午；2026-12-02至2026-12-03", "2026-12-02"]),
        }

    def staff_unavailable(self, _) -> dict:
        first = {"date": "2026-12-01"}
        days = self.draw(
            st.sampled_from([{}, first, {**first, "half": "am"}, {**first, "until": "2026-12-02"}])
        )
        name = self.one_of(self.staff)
        self.staff.remove(name)
        return {"id": name, **days}

    def trainee_withdrawn(self, _) -> dict:
        name = self.one_of(self.names)
        self.names.remove(name)
        return {"id": name}

    def trainee_dates(self, _) -> dict:
        name, earliest = self.one_of(self.names), self.one_of(["2026-12-01", "2026-12-02"])
        self.names.remove(name)
        if not self.problem.trainees[name].latest and self.draw(st.booleans()):
            return {"id": name, "earliest": earliest}
        return {"id": name, "earliest": earliest, "latest": "2026-12-03"}

    def trainee_moved(self, _) -> dict:
        name = self.one_of(self.sitting())
        self.names.remove(name)
        return {"id": name}
