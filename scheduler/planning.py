"""The steps from the facts of a batch to its plan, and to what is told beside it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

from scheduler import workdays
from scheduler.batch.facts_digest import facts_digest
from scheduler.capacity import plan_chances
from scheduler.chances.history import History, history_data, history_notes
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedies import remedies_data
from scheduler.doubts.all_doubts import doubts
from scheduler.doubts.namesakes import Namesake, two_names, undecided
from scheduler.doubts.number_doubts import names_differ
from scheduler.eligibility import Eligibility
from scheduler.plan_form import plan_data
from scheduler.plan_notes import notes_of
from scheduler.problem import Problem
from scheduler.remedy.ground import WholeBatch
from scheduler.remedy.remedies import find_remedies
from scheduler.seats.late import late_batches


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


def plan_batch(problem: Problem, version: str, history: History, stage: Callable[[str], None]) -> Planned:
    """Plan a batch that was read; ``stage`` is told what is done next."""
    problem = replace(problem, met=history.met)
    stage("计算每人的机会")
    with ThreadPoolExecutor(1) as beside:  # to go through a long list leaves the interpreter to the planning
        list_digest = beside.submit(facts_digest, problem)
        doubtful = beside.submit(lambda: list(doubts(problem)))
        namesakes, two_named = beside.submit(undecided, problem), beside.submit(two_names, problem)
        other_names = beside.submit(names_differ, problem)
        plan = plan_chances(problem, Eligibility(problem, ConflictGraph(problem)))
    calendar = workdays.notes(session.day for session in problem.seats)
    notes = notes_of(problem, plan, namesakes.result(), two_named.result(), calendar)
    plan = replace(plan, notes=(*notes, *history_notes(problem, history)))
    more = {"history": history_data(history)} if history.records else None
    content = plan_data(problem, plan, version, list_digest.result(), more=more)
    stage("试算补救办法")
    remedies = find_remedies(WholeBatch(problem), plan)
    told = remedies_data(problem, plan, remedies, content["digest"])
    asked = [*doubtful.result(), *late_batches(content)]
    return Planned(problem, content, told, asked, namesakes.result(), other_names.result())
