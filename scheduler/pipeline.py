"""The order of the steps from a batch to its plan. Nothing else lives here."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from common.canonical import digest
from scheduler import workdays
from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedies import remedies_data
from scheduler.eligibility import Eligibility
from scheduler.namesakes import note, undecided
from scheduler.plan import CapacityPlan, plan_data
from scheduler.problem import Problem
from scheduler.reading import read_batch
from scheduler.remedies import find_remedies


def make_plan(
    batch: Path, version: str, rules_file: Path | None = None
) -> tuple[Problem, dict[str, Any], dict[str, Any]]:
    """Read a batch and plan it; gives the facts, the plan, and who has no place with what would help.

    Raises
    ------
    BadBatchError
        facts are faulty.
    """
    problem = read_batch(batch, rules_file)
    eligibility = Eligibility(problem, ConflictGraph(problem))
    plan = plan_chances(problem, eligibility)
    calendar = workdays.notes(session.day for session in problem.seats)
    notes = (*partial(plan), *outside_rules(problem), *calendar, *note(undecided(problem)), *plan.notes)
    plan = replace(plan, notes=notes)
    content = plan_data(problem, plan, version, facts_digest(problem))
    return problem, content, remedies_data(problem, plan, find_remedies(problem, plan), content["digest"])


def partial(plan: CapacityPlan) -> list[str]:
    """Say of a plan that leaves people out that it does, so that every page that shows it says so."""
    return [f"这只是部分安排：有 {plan.unplaced} 人没有位置"] if plan.bottlenecks else []


def outside_rules(problem: Problem) -> list[str]:
    """Tell which exam days the rule pack is not in force on: the city must say by which rules it acts."""
    days = sorted({session.day for session in problem.seats if not problem.rules.covers(session.day)})
    if not days:
        return []
    rules = problem.rules
    told = f"{rules.valid_from} 至 {rules.valid_to or '今'}"
    return [
        f"规则《{rules.title}》有效期为 {told}，{days[0]} 等 {len(days)} 个考试日不在其内，请确认所依据的规则"
    ]


def facts_digest(problem: Problem) -> str:
    """Give one digest of all facts, whatever file form and row order they came in.

    Names and numbers of people go in hashed, so that the digest can be published.
    """
    tables: dict[str, Any] = {
        "trainees": [
            [t.trainee_id, _hidden(t.name), _hidden(t.id_number), t.institution_id, t.item, str(t.part), t.district,
             t.class_id, t.school_id, str(t.earliest), str(t.latest)]
            for _, t in sorted(problem.trainees.items())
        ],
        "institutions": [[i.institution_id, i.name, i.kind] for _, i in sorted(problem.institutions.items())],
        "sites": [
            [s.site_id, s.name, s.kind, s.owner_id, s.city, s.district, str(s.lon), str(s.lat), str(s.day_limit),
             str(s.suspended), str(s.suspended_from), str(s.suspended_to), *filter(None, [s.address])]
            for _, s in sorted(problem.sites.items())
        ],
        "districts": [[d.district, d.city, str(d.lon), str(d.lat)] for _, d in sorted(problem.districts.items())],
        "seats": [[s.site_id, str(s.day), str(s.half), seats] for s, seats in sorted(problem.seats.items())],
        "places": sorted([p.site_id, p.item, str(p.day), str(p.half), p.places] for p in problem.places),
        "staff": [
            [s.staff_id, _hidden(s.name), _hidden(s.id_number), s.employer_id, *s.roles, *s.items, s.district,
             str(s.licence_to), str(s.max_duties), str(s.unavailable)]
            for _, s in sorted(problem.staff.items())
        ],
        "relations": sorted(
            [r.kind, r.from_id, r.to_id, str(r.share), str(r.since), str(r.until)] for r in problem.relations
        ),
    }  # fmt: skip
    return digest(tables)


def _hidden(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest() if text else ""
