"""What a plan must tell beside its chances: that it is partial, dates that look wrong, days outside the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scheduler.doubts.namesakes import Namesake, note, two_names_note
from scheduler.plan import CapacityPlan
from scheduler.problem import Problem


def notes_of(
    problem: Problem, plan: CapacityPlan, namesakes: Sequence[tuple[Namesake, ...]],
    two_named: Sequence[Sequence[str]], calendar: Iterable[str] = (),
) -> tuple[str, ...]:  # fmt: skip
    """Give the notes of a plan in the order in which every plan tells them.

    Parameters
    ----------
    namesakes, two_named
        what ``batch.namesakes`` found of the facts.
    calendar
        what is to be told of the days; a change tells it no second time.
    """
    return (
        *partial(plan),
        *outside_rules(problem),
        *open_though_dated(problem),
        *calendar,
        *note(namesakes),
        *two_names_note(two_named),
        *plan.notes,
    )


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
