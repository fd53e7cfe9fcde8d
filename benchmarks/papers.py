"""Papers of exam day: tickets of 10,000 people and all papers of a month of a large city, per 1,000 people.

``python -m benchmarks.papers [KIND...]`` also measures single kinds.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from pathlib import Path

from scheduler.papers.facts import Duty, Facts, Sitting
from scheduler.papers.kinds import KINDS
from scheduler.papers.write import write_papers
from scheduler.problem import Half, Institution, Part, Problem, Session, Site, Staff, Trainee
from scheduler.rules import load_rules

ITEMS = (
    "低压电工作业",
    "高压电工作业",
    "熔化焊接与热切割作业",
    "高处安装、维护、拆除作业",
    "制冷与空调设备安装修理作业",
)
ROOM = 30


def month(people: int, sites: int = 30, staff: int = 300) -> tuple[Facts, Problem]:
    """Make a drawn month: sessions filled one after the other, every person in a room and a group."""
    days = [dt.date(2026, 12, 1) + dt.timedelta(days=number) for number in range(28)]
    sessions = [
        Session(f"S{site:02d}", day, half) for day in days for half in Half for site in range(1, sites + 1)
    ]
    size = max(ROOM, -(-people // len(sessions)))
    names = [f"T{number:06d}" for number in range(1, people + 1)]
    parts = list(Part)
    trainees, sittings, groups = {}, [], {}
    for number, name in enumerate(names):
        session, within = sessions[number // size], number % size
        part, item = parts[number % 3], ITEMS[number % len(ITEMS)]
        room, seat = divmod(within, ROOM)
        group, place = divmod(within, 10)
        theory, practical = part != Part.PRACTICAL, part != Part.THEORY
        sittings.append(
            Sitting(
                session,
                (room + 1) * theory,
                (seat + 1) * theory,
                (group + 1) * practical,
                (place + 1) * practical,
                name,
            )
        )
        trainees[name] = Trainee(
            name, "I1", item, part, f"仿真{chr(0x4E00 + number % 20000)}{chr(0x4E00 + number * 7 % 20000)}",
            f"000000{19700101 + number % 28}{number % 1000:03d}0", row=number + 2,
        )  # fmt: skip
        groups.setdefault((item, part, number % 400), []).append(name)
    rules = load_rules()
    plan = {
        "rules": rules.as_data(), "rules_title": rules.title, "rules_digest": "0" * 64, "list_digest": "0" * 64,
        "tool": {"name": "zhengkao", "version": "0"}, "denominator": len(sessions), "digest": "ab" * 32,
        "sites": [{"site_id": f"S{site:02d}", "name": f"仿真市第{site}安全生产考试点", "city": "云州市"}
                  for site in range(1, sites + 1)],
        "sessions": [{"site_id": s.site_id, "date": s.day.isoformat(), "half": str(s.half)} for s in sessions],
        "groups": [
            {"group": f"G{number:04d}", "item": item, "part": part, "district": "甲区", "trainees": members,
             "unplaced": 0, "reason": "",
             "cells": [{"session": cell, "chance": f"1/{len(sessions)}", "exceptions": []} for cell in range(12)]}
            for number, ((item, part, _), members) in enumerate(groups.items(), start=1)
        ],
    }  # fmt: skip
    draw = {
        "drawn_at": "2026-11-20T10:00:00+08:00", "digest": "cd" * 32, "result_digest": "ef" * 32, "seed": "12" * 32,
        "seed_origin": "试用", "files": {"assignments.csv": "0" * 64}, "placed": people, "unplaced": 0,
    }  # fmt: skip
    keepers = {
        f"W{number:03d}": Staff(f"W{number:03d}", f"仿真考务{number}", row=number + 1)
        for number in range(1, staff + 1)
    }
    used = sorted({one.session for one in sittings})
    duties = [
        Duty(session, role, room, f"W{(number * 3 + room) % staff + 1:03d}")
        for number, session in enumerate(used)
        for role, room in (("examiner", 1), ("invigilator", 1), ("patrol", 0))
    ]
    facts = Facts(plan, draw, {}, tuple(sorted(sittings)), {}, tuple(sorted(duties)), ())
    places = {f"S{site:02d}": Site(f"S{site:02d}", f"仿真市第{site}安全生产考试点", "public", city="云州市", district="甲区",
                                   address=f"云州市甲区仿真路{site}号") for site in range(1, sites + 1)}  # fmt: skip
    return facts, Problem(
        trainees, {"I1": Institution("I1", "机构一", "training")}, places, {}, {}, (), keepers, (), rules
    )


def measure(people: int, kinds: tuple[str, ...], folder: Path) -> float:
    """Write papers for so many people; print the seconds they took, and those of all processors; give the first."""
    facts, problem = month(people)
    begin, before = time.perf_counter(), _busy()
    write_papers(facts, problem, folder, kinds)
    took, busy = time.perf_counter() - begin, _busy() - before
    told = "all papers" if kinds == tuple(KINDS) else ", ".join(kinds)
    print(
        f"{people:>7} people  {told:<10} {took:7.1f} s  {1000 * took / people:6.3f} s per 1,000  (processors {busy:.0f} s)"
    )
    return took


def _busy() -> float:
    """Give the processor seconds of this process and of those it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        small = measure(1_000, ("tickets",), Path(name))
        tickets = measure(10_000, ("tickets",), Path(name))
        for kind in sys.argv[1:]:
            measure(20_000, (kind,), Path(name))
        whole = measure(20_000, tuple(KINDS), Path(name))
    print(
        f"10,000 tickets: {tickets:.1f} s, {tickets / small:.1f} times the time of 1,000 (promise: under 60 s)"
    )
    print(f"20,000 people, all papers: {whole:.1f} s (promise: about three minutes)")


if __name__ == "__main__":
    main()
