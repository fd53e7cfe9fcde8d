"""Time and evenness of the draw of duties, beside CP-SAT: ``python -m benchmarks.duties [STAFF ROOMS HALVES]``.

Everything is invented by hashes. Prints seconds of the processor, the loads, the least possible sum of squares of
the loads (a minimum cost flow with convex costs, OR-Tools; not for the largest size, which would take it too long)
and, for the first size, what a plain CP-SAT model of the same loads has found and proven after 30 seconds;
ratios hold on any machine.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter
from typing import Any

from ortools.graph.python import min_cost_flow
from ortools.sat.python import cp_model

from scheduler.duties.crowds import persons_of
from scheduler.duties.draw import draw_duties, matched
from scheduler.duties.facts import DutyFacts
from scheduler.duties.matching import Matching
from scheduler.duties.posts import Held
from scheduler.duties.wishes import Wishes

KEY = hashlib.sha256(b"benchmark").digest()
ITEMS = ("低压电工作业", "高压电工作业", "熔化焊接与热切割作业", "登高架设作业", "制冷与空调设备运行操作作业")
_DISTRICTS, _CP_SECONDS, _ROOM = 10, 30, 25


def main() -> None:
    staff, rooms, halves = map(int, sys.argv[1:4] or ("200", "60", "20"))
    measure(f"{staff} people, {rooms} rooms, {halves} half-days", *invented(staff, rooms, halves), cp=True)
    measure("a large city's month: 300 people, 30 sites, 40 half-days", *invented(300, 20, 40, 30))
    measure("a province's: 2,000 people, 150 sites, 40 half-days", *invented(2000, 450, 40, 150), flow=False)


def measure(
    title: str, plan: dict[str, Any], sessions: list[Held], *, flow: bool = True, cp: bool = False
) -> None:
    print(title)
    start = time.process_time()
    facts = DutyFacts(plan, sessions, KEY)
    _ = facts.fits
    knowing = time.process_time()
    matching = matched(facts)
    levelled = time.process_time()
    wishes = Wishes(facts.posts, facts.members, matching, plan["away"], 4)
    before = wishes.counts()
    wishes.improve()
    wished = time.process_time()
    result = draw_duties(plan, sessions, KEY)
    whole = time.process_time() - wished
    needed = sum(post.needed for post in facts.posts)
    print(f"  duties {needed}, vacant {len(result.vacancies)}; the whole draw {whole:.2f} s, of it", end=" ")
    print(
        f"who fits {knowing - start:.2f}, matching {levelled - knowing:.2f}, wishes {wished - levelled:.2f}"
    )
    squares = sum(matching.load(one) ** 2 for one in range(len(facts.members)))
    print(f"  loads {dict(sorted(Counter(map(len, matching.duties)).items()))}, sum of squares {squares}")
    if flow:
        begun = time.process_time()
        least = least_squares(matching)
        print(f"  least possible sum {least} (flow, {time.process_time() - begun:.2f} s)")
    print(f"  two sites a day, repeated pairs, without rest, distance: {before} -> {wishes.counts()}")
    if cp:
        found, bound = by_constraints(matching)
        print(
            f"  CP-SAT after {_CP_SECONDS} s: {found}, bound {bound:.0f}, gap {1 - bound / found:.0%}; ",
            end="",
        )
        print(f"the draw took {whole / _CP_SECONDS:.1%} of that time")


def _dice(below: int, *what: object) -> int:
    return int.from_bytes(hashlib.sha256("/".join(map(str, what)).encode()).digest()[:8], "big") % below


def invented(staff: int, rooms: int, halves: int, sites: int = 15) -> tuple[dict[str, Any], list[Held]]:
    """Give a plan (as far as duties need it) and its sessions: so many rooms and groups each half-day."""
    days = [(f"2026-12-{1 + half // 2:02d}", ("am", "pm")[half % 2]) for half in range(halves)]
    people: dict[str, int] = {}
    sessions = []
    for date, half in days:
        for site in range(sites):
            used = [room for room in range(rooms) if room % sites == site]
            if not used:
                continue
            lists = []
            for room in used:
                names = tuple(f"X{date}{half}{site:02d}{room:02d}{seat:02d}" for seat in range(_ROOM))
                people.update((name, _dice(60, name)) for name in names)
                lists.append(names)
            groups = tuple((ITEMS[_dice(5, date, half, room)], lists[used.index(room)]) for room in used[::4])
            sessions.append(Held(f"S{site:02d}", date, half, tuple(lists), groups))
    plan = {
        "rules": {
            "staffing": {
                "invigilators_per_room": 2, "examiners_per_item": 2, "patrols_per_site": 1,
                "substitutes": 2, "halves_running": 4,
            }
        },
        "institutions": [f"I{number}" for number in range(60)],
        "groups": [{"trainees": list(people), "institution": list(people.values())}],
        "staff": [_member(number, [date for date, _ in days]) for number in range(staff)],
        "away": {
            f"D{one}": {f"S{site:02d}": _dice(30, one, site) for site in range(sites)}
            for one in range(_DISTRICTS)
        },
    }  # fmt: skip
    return plan, sessions


def _member(number: int, dates: list[str]) -> dict[str, Any]:
    role = ("invigilator", "invigilator", "invigilator", "examiner", "patrol")[number % 5]
    absent = dates[_dice(len(dates), "absent", number)]
    tied = number % 8 == 0 and role != "patrol"
    return {
        "staff_id": f"W{number:03d}", "person": f"W{number:03d}", "district": f"D{number % _DISTRICTS}",
        "roles": [role] + (["invigilator"] if number % 10 == 3 else []),
        "items": [ITEMS[number // 5 % 5], ITEMS[(number // 5 + 1) % 5]] if role == "examiner" else [],
        "licence_to": None, "max_duties": 10 + number % 7 if number % 4 == 0 else None,
        "unavailable": [{"from": absent, "to": absent, "half": None}] if number % 3 == 0 else [],
        "sits_as": [],
        "conflicts": [
            {"kind": "institution", "id": f"I{_dice(60, 'tie', number)}", "from": None, "to": None, "reason": ""}
        ] if tied else [],
    }  # fmt: skip


def least_squares(matching: Matching) -> int:
    """Give the least sum of squares with as many duties as possible, by a flow with convex costs."""
    flow = min_cost_flow.SimpleMinCostFlow()
    nodes: dict[Any, int] = {}

    def arc(tail: Any, head: Any, capacity: int, cost: int) -> None:
        ends = [nodes.setdefault(one, len(nodes)) for one in (tail, head)]
        flow.add_arc_with_capacity_and_unit_cost(*ends, capacity, cost)

    large = 4 * sum(matching.needed) + 4
    seen = set()
    for post, needed in enumerate(matching.needed):
        arc("source", ("post", post), needed, 0)
        arc(("post", post), "sink", needed, large)  # a vacancy costs more than any unevenness
        for person in persons_of(matching.fits[post]):
            slot = (person, matching.times[post])
            arc(("post", post), slot, 1, 0)
            if slot not in seen:
                seen.add(slot)
                arc(slot, person, 1, 0)
    for person, most in enumerate(matching.most):
        for load in range(min(most, len(set(matching.times)))):
            arc(person, "sink", 1, 2 * load + 1)
    whole = sum(matching.needed)
    flow.set_node_supply(nodes["source"], whole)
    flow.set_node_supply(nodes["sink"], -whole)
    if flow.solve() != flow.OPTIMAL:
        sys.exit("the flow has no optimum")
    vacant = sum(matching.vacant(post) for post in range(len(matching.needed)))
    return int(flow.optimal_cost()) - vacant * large


def by_constraints(matching: Matching) -> tuple[float, float]:
    """Give what CP-SAT finds and proves for the sum of squares in its time; vacancies as in the matching."""
    model = cp_model.CpModel()
    at: dict[tuple[int, Any], list[Any]] = {}
    of: dict[int, list[Any]] = {}
    for post, needed in enumerate(matching.needed):
        chosen = []
        for person in persons_of(matching.fits[post]):
            variable = model.new_bool_var("")
            chosen.append(variable)
            at.setdefault((person, matching.times[post]), []).append(variable)
            of.setdefault(person, []).append(variable)
        model.add(sum(chosen) == needed - matching.vacant(post))
    for listed in at.values():
        model.add_at_most_one(listed)
    squares = []
    for person, listed in of.items():
        most = min(matching.most[person], len(listed))
        load, square = model.new_int_var(0, most, ""), model.new_int_var(0, most * most, "")
        model.add(load == sum(listed))
        model.add_multiplication_equality(square, [load, load])
        squares.append(square)
    model.minimize(sum(squares))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = _CP_SECONDS
    solver.parameters.num_workers = 2
    solver.solve(model)
    return solver.objective_value, solver.best_objective_bound


if __name__ == "__main__":
    main()
