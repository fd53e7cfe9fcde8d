"""Rules 5 and 6: who is on duty, judged from the facts and the files alone. The order, and nothing else."""

from __future__ import annotations

from scheduler.checker.breach import Breach
from scheduler.checker.facts import Facts
from scheduler.checker.on_duty.duties import Duties
from scheduler.checker.on_duty.duty_numbers import numbers
from scheduler.checker.on_duty.duty_persons import each_duty, each_person
from scheduler.checker.on_duty.duty_ties import Present, conflicts
from scheduler.checker.on_duty.staff_ties import Ties
from scheduler.problem import Problem
from scheduler.schedule import Schedule


def check_staff(problem: Problem, schedule: Schedule, duties: Duties) -> list[Breach]:
    """Judge duties by rules 5 and 6; an empty list means they are good.

    The same facts and rows give the same list in the same order, however the rows stand.
    """
    facts = Facts(problem)
    ties, present = Ties(facts), Present(facts, schedule, duties)
    return [
        *each_duty(facts, duties, present),
        *each_person(facts, schedule, duties, ties),
        *conflicts(facts, duties, ties, present),
        *numbers(facts, schedule, duties, ties, present),
    ]
