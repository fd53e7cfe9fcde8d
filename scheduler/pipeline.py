"""The order of the steps from a batch to its plan. Nothing else lives here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from scheduler import workdays
from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedies import remedies_data
from scheduler.doubts import doubts
from scheduler.eligibility import Eligibility
from scheduler.facts_digest import facts_digest
from scheduler.history import History, history_data, history_notes, read_history
from scheduler.namesakes import Namesake, note, two_names, two_names_note, undecided
from scheduler.number_doubts import names_differ
from scheduler.plan import CapacityPlan, plan_data
from scheduler.problem import Problem
from scheduler.reading import read_batch
from scheduler.remedy.ground import WholeBatch
from scheduler.remedy.remedies import find_remedies
from scheduler.seats.late import late_batches

Stage = Callable[[str], None]


def _unwatched(_: str) -> None:
    """Tell nobody."""


class Planned(NamedTuple):
    """The facts of a batch, its plan, who has no place with what would help, and what is probably not meant so.

    ``undecided`` and ``names_differ`` are told beside the plan, which is public.
    """

    problem: Problem
    content: dict[str, Any]
    remedies: dict[str, Any]
    doubts: list[str]
    undecided: list[tuple[Namesake, ...]]
    names_differ: list[str]


def make_plan(
    batch: Path,
    version: str,
    rules_file: Path | None = None,
    past: Sequence[Path] = (),
    stage: Stage = _unwatched,
) -> Planned:
    """Read a batch and plan it.

    ``past`` are folders of earlier draws: institutions are sent elsewhere than before where that costs nothing.
    ``stage`` is told what is done next, in words for people.

    Raises
    ------
    BadBatchError
        facts are faulty.
    InputError
        a folder of the past cannot be used.
    """
    stage("读入批次")
    history = read_history(past)
    return plan_batch(read_batch(batch, rules_file), version, history, stage)


def plan_batch(problem: Problem, version: str, history: History, stage: Stage = _unwatched) -> Planned:
    """Plan a batch that was read; ``stage`` is told what is done next."""
    problem = replace(problem, met=history.met)
    stage("计算每人的机会")
    with ThreadPoolExecutor(1) as beside:  # to go through a long list leaves the interpreter to the planning
        listed = beside.submit(facts_digest, problem)
        doubted = beside.submit(lambda: list(doubts(problem)))
        alike, named = beside.submit(undecided, problem), beside.submit(two_names, problem)
        differing = beside.submit(names_differ, problem)
        plan = plan_chances(problem, Eligibility(problem, ConflictGraph(problem)))
    calendar = workdays.notes(session.day for session in problem.seats)
    stated = (
        *outside_rules(problem),
        *open_though_dated(problem),
        *calendar,
        *note(alike.result()),
        *two_names_note(named.result()),
    )
    notes = (*partial(plan), *stated, *plan.notes)
    notes += tuple(history_notes(problem, history))
    plan = replace(plan, notes=notes)
    more = {"history": history_data(history)} if history.records else None
    content = plan_data(problem, plan, version, listed.result(), more=more)
    stage("试算补救办法")
    remedies = find_remedies(WholeBatch(problem), plan)
    told = remedies_data(problem, plan, remedies, content["digest"])
    doubted_of = [*doubted.result(), *late_batches(content)]
    return Planned(problem, content, told, doubted_of, alike.result(), differing.result())


def partial(plan: CapacityPlan) -> list[str]:
    """Say of a plan that leaves people out that it does, so that every page that shows it says so."""
    return [f"这只是部分安排：有 {plan.unplaced} 人没有位置"] if plan.bottlenecks else []


def open_though_dated(problem: Problem) -> list[str]:
    """Tell which sites state when they are suspended, but not that they are, and are used on such a day."""
    found = []
    for name, site in sorted(problem.sites.items()):
        dated = site.suspended_from is not None or site.suspended_to is not None
        suspended = replace(site, suspended=True)
        if (
            dated
            and not site.suspended
            and any(one.site_id == name and suspended.is_suspended_on(one.day) for one in problem.seats)
        ):
            found.append(
                f"考点“{site.name}”填了暂停日期，状态却不是暂停（suspended），按开放安排；如确已暂停，请改状态后重新计划"
            )
    return found


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
