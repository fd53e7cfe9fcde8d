"""Write docs/draw-vectors.json (small plans, seeds, and the files that must come out), seed-vectors.json and change-vectors.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from examples_dice import Dice  # noqa: E402
from vectors_plans import in_ways, whole_plan  # noqa: E402

from common.canonical import digest  # noqa: E402 - the path comes first
from scheduler.draw import draw  # noqa: E402
from scheduler.duties.files import drawn_duties  # noqa: E402
from scheduler.record import result_files  # noqa: E402
from scheduler.replan.codes import announced_leave_key, announced_seed, leave_ticket  # noqa: E402
from scheduler.seed.commitment import combined_seed, commitment, is_form, is_written_as, public_value  # noqa: E402

VECTORS = ROOT / "docs" / "draw-vectors.json"
SEED_VECTORS = ROOT / "docs" / "seed-vectors.json"
CHANGE_VECTORS = ROOT / "docs" / "change-vectors.json"
WHOLE = (25, 55, 71, 161, 173, 219, 222, 243, 260, 333)
"""Which plans of everything: together they tell apart every reading of sections 9 and 10 that was tried as a mistake."""
IN_WAYS = (7, 41, 300)
"""Which plans of everything with several ways."""
SEEDS = ["00" * 32, "ff" * 32, bytes(range(32)).hex()]


def _session(site_id: str, half: str, seats: int) -> dict[str, Any]:
    return {"site_id": site_id, "date": "2026-12-07", "half": half, "seats": seats}


def _group(
    name: str, part: str, trainees: list[str], cells: list[tuple[int, int, str]], unplaced: int = 0
) -> dict[str, Any]:
    return {
        "group": name,
        "item": "低压电工作业",
        "part": part,
        "trainees": trainees,
        "cells": [
            {"session": session, "count": count, "chance": chance, "exceptions": []}
            for session, count, chance in cells
        ],
        "unplaced": unplaced,
        "reason": "名额不足" if unplaced else "",
    }


def plans() -> list[dict[str, Any]]:
    """Give the plans: a coin for one person, three groups over three sessions, theory beside practical with one left out.

    Then the coin of one person with two registrations, who cannot sit both at one time, and awkward and large ones.
    """
    coin = {
        "denominator": 2,
        "sessions": [_session("甲", "am", 1), _session("乙", "am", 1)],
        "groups": [_group("G0001", "both", ["X1"], [(0, 1, "1/2"), (1, 1, "1/2")])],
    }
    three = {
        "denominator": 3,
        "sessions": [_session("甲", "am", 2), _session("甲", "pm", 2), _session("乙", "am", 2)],
        "groups": [
            _group("G0001", "both", ["A1", "A2"], [(0, 2, "1/3"), (1, 2, "1/3"), (2, 2, "1/3")]),
            _group("G0002", "practical", ["B1", "B2"], [(0, 2, "1/3"), (1, 2, "1/3"), (2, 2, "1/3")]),
            _group("G0003", "both", ["C1", "C2"], [(0, 2, "1/3"), (1, 2, "1/3"), (2, 2, "1/3")]),
        ],
    }
    mixed = {
        "denominator": 4,
        "sessions": [_session("甲", "am", 2), _session("乙", "am", 1)],
        "groups": [
            _group("G0001", "theory", ["考生-1", "考生-2"], [(0, 5, "5/8"), (1, 1, "1/8")], 2),
            _group("G0002", "both", ["考生-3", "考生-4"], [(0, 3, "3/8"), (1, 3, "3/8")], 2),
        ],
    }
    both = [(0, 1, "1/2"), (1, 1, "1/2")]
    parted = {
        "denominator": 2,
        "sessions": [_session("甲", "am", 1), _session("乙", "pm", 1)],
        "groups": [_group("G0001", "both", ["X1"], both), _group("G0002", "both", ["X2"], both)],
        "ways": [[[2, 0, 0], [0, 2, 0]], [[0, 2, 0], [2, 0, 0]]],
    }
    listed = [coin, three, mixed, parted, _awkward(), _large(), _stated_rooms(), _even_rooms()]
    for plan in listed:
        plan["digest"] = digest(plan)
    return listed


def _awkward() -> dict[str, Any]:
    """Give a plan that finds careless readers: quoting, sorting, escaping, two days, two items, exceptions."""
    names = ["a,b", 'a"b', "a\nb", "\uff21", "\U00020000", "tab\tend", "\u007f", "plain"]
    sessions = [
        _session("乙", "pm", 3),
        _session("甲", "am", 4),
        {**_session("甲", "am", 4), "date": "2026-12-08"},
    ]
    first = _group("G0001", "both", names[:4], [(0, 7, "7/20"), (1, 6, "3/10"), (2, 5, "1/4")], 2)
    second = _group("G0002", "theory", names[4:6], [(0, 1, "1/10"), (1, 4, "2/5"), (2, 5, "1/2")])
    third = _group("G0003", "practical", names[6:], [(0, 2, "1/5"), (1, 5, "1/2"), (2, 3, "3/10")])
    first["cells"][1]["exceptions"] = ["sole_site", "cross_city"]
    first["reason"] = '名额不足，"都满了"'
    third["item"] = "高压电工作业"
    return {"denominator": 5, "sessions": sessions, "groups": [first, second, third], "note": "\u0001/\u2028"}


def _large() -> dict[str, Any]:
    """Give a plan whose numbers are far above 2^53."""
    parts = 2**89 - 1  # a prime, so that no fraction of it reduces
    sessions = [_session("甲", "am", 1), _session("乙", "am", 1), _session("丙", "am", 1)]
    counts = [parts // 3, parts // 2, parts - parts // 3 - parts // 2]
    cells = [(number, count, f"{count}/{parts}") for number, count in enumerate(counts)]
    other = [(number, count, f"{count}/{parts}") for number, count in enumerate(reversed(counts))]
    return {
        "denominator": parts,
        "sessions": sessions,
        "groups": [_group("G0001", "both", ["X1"], cells), _group("G0002", "both", ["X2"], other)],
    }


def _seated(plan: dict[str, Any], **seating: Any) -> dict[str, Any]:
    """Add what the draw of seats needs: three institutions, two classes each, and everybody's."""
    plan["institutions"], plan["classes"] = ["I1", "I2", "I3"], ["1班", "1班", "1班", "2班"]
    number = 0
    for group in plan["groups"]:
        group["institution"], group["class"] = [], []
        for _ in group["trainees"]:
            number += 1
            group["institution"].append((0, 1, 0, 2, 1, 0)[number % 6])
            group["class"].append((0, 1, 3, -1, -1, 0)[number % 6])
    times = {"am": "09:00", "pm": "14:30", "theory_minutes": 120, "practical_minutes": 60}
    plan["seating"] = {
        "room_size": 30, "columns": 6, "accessible": [], "rooms": [], "stations": [], "times": times, **seating,
    }  # fmt: skip
    return plan


def _everybody_at_once(name: str, part: str, people: int, sessions: int) -> dict[str, Any]:
    """Give a group that is spread evenly over sessions."""
    trainees = [f"{name}-{number:02}" for number in range(people)]
    chance = "1" if sessions == 1 else f"1/{sessions}"
    cells = [(session, people * 2 // sessions, chance) for session in range(sessions)]
    return _group(name, part, trainees, cells)


def _stated_rooms() -> dict[str, Any]:
    """Give a plan with rooms of different sizes, one of them of none, too few of them, and accessible seats."""
    groups = [
        _everybody_at_once("G0001", "both", 12, 2),
        _everybody_at_once("G0002", "theory", 14, 2),
        _everybody_at_once("G0003", "practical", 5, 2),
        _everybody_at_once("G0004", "both", 9, 2),
    ]
    groups[3]["item"] = "\U00020000作业"
    groups[2]["item"] = "\uff21作业"
    rooms = [
        {"room": "101", "seats": 6, "columns": 3, "accessible": 0},
        {"room": "102", "seats": 0, "columns": 2, "accessible": 0},
        {"room": "203", "seats": 4, "columns": 1, "accessible": 2},
    ]
    return _seated(
        {
            "denominator": 2,
            "sessions": [_session("甲", "am", 40), _session("乙", "am", 40)],
            "groups": groups,
        },
        room_size=5,
        columns=2,
        accessible=["G0001-03", "G0002-00", "G0002-01", "G0003-01", "G0004-04", "G0004-05", "G0004-06"],
        rooms=[{"site_id": "甲", "rooms": rooms}],
        stations=[{"session": 0, "item": "低压电工作业", "stations": 2}],
    )


def _even_rooms() -> dict[str, Any]:
    """Give a plan whose one session fills rooms evenly; some rooms are so small that neighbours stay alike."""
    groups = [
        _everybody_at_once("G0001", "both", 40, 1),
        _everybody_at_once("G0002", "theory", 33, 1),
        _everybody_at_once("G0003", "practical", 10, 1),
    ]
    groups[1]["item"] = "高压电工作业"
    plan = {"denominator": 2, "sessions": [_session("甲", "pm", 90)], "groups": groups}
    return _seated(plan, room_size=20, columns=4, accessible=["G0001-07"])


def drawn_files(plan: dict[str, Any], seed: str) -> dict[str, str]:
    """Give the CSV files of a plan and a seed, as text without byte order mark."""
    schedule = draw(plan, seed)
    files = result_files(schedule) | drawn_duties(plan, schedule, seed)[0]
    return {name: data.decode("utf-8-sig") for name, data in files.items()}


def vectors() -> str:
    """Give the file's text, a line for each vector."""
    cases = [(plan, seed) for plan in plans() for seed in SEEDS]
    cases += [(whole_plan(Dice(f"vectors/{number}"), 4), f"{number:064x}") for number in WHOLE]
    cases += [
        (in_ways(whole_plan(Dice(f"vectors/{number}"), 4), Dice(f"ways/{number}")), f"{number:064x}")
        for number in IN_WAYS
    ]
    lines = [
        json.dumps({"plan": plan, "seed": seed, "files": drawn_files(plan, seed)}, ensure_ascii=False)
        for plan, seed in cases
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


TYPED = [
    "03 08 12 19 25 31 07",
    "\uff10\uff13\u3000\uff10\uff18  \uff11\uff12\t",  # full-width digits, an ideographic blank, a tab
    "\r\n 4,102.57 \u00a0",
    "\uff13\uff14\uff15\uff16\uff0e\uff17\uff18",  # full-width figures and point
    "AbC abc",  # case stays
    "\u4e00\u4e8c \u3400\u4dbf\u9fff ~!",  # Chinese characters, the ends of their blocks, ASCII marks
    "1\u30012\u30013",  # the Chinese list comma looks like a full-width one
    "\u2460\u00b2\u0663",  # a circled digit, a superscript, an Arabic digit
    "\U00020000 \u4e00",
    "7" * 1000,
    "7" * 1001,
    "",
    " \u3000\u2003",
    "1\u200b2",  # a blank of no width: two values that look alike
    "1\ufeff",
    "1\u00002",
    "1\u202e2",
    "\u00ad1",
    "\u4dc0",  # the first beyond a block
    "\ua000",
    "caf\u00e9",
    "\u0410",  # a Cyrillic letter that looks like A
    # what is drawn by no font, or as a blank, or changes the character before it
    *(f"03 08{chr(code)}" for code in (
        0xFE0F, 0x180E, 0x2800, 0x3164, 0x061C, 0x034F, 0xE0001, 0xE0100, 0x115F, 0xFFF9, 0x1680, 0xFFFE, 0xE000, 0xFFA0, 0x17B5,
    )),
]  # fmt: skip
FORMS = [
    ("00 00 + 00", "03 08 + 12"),
    ("00 00 + 00", "3 8 + 12"),
    ("00 00 + 00", "03 08+12"),
    ("00 00 + 00", "03,08 + 12"),
    ("00 00 + 00", "03 08 + 12 "),
    ("12,345.67", "98,765.43"),  # any digit stands for any digit
    ("12,345.67", "98765.43"),
    ("00", "0"),
    ("00", "000"),
    ("00", "0a"),
    ("Aa0", "Zz9"),
    ("Aa0", "zZ9"),  # case counts
    ("Aa0", "A19"),
    ("第0期", "第7期"),  # what is no digit and no letter stands for itself
    ("第0期", "苐7期"),
    ("0.0", "1x2"),
    ("第期", "第期"),  # nothing is open: no form
    ("\uff10", "7"),  # not in its one form: no form
    ("0  0", "1  2"),
    ("", ""),
]
CODES = ["00" * 32, "ff" * 32, bytes(range(32)).hex()]


def _form(typed: str) -> str | None:
    try:
        return public_value(typed)
    except ValueError:
        return None


def _announced_changes() -> Iterator[dict[str, Any]]:
    """Give announced changes with their public value, and the seed and the first leave ticket that come of them."""
    for number, (code, typed) in enumerate(zip(CODES, TYPED, strict=False), start=1):
        announcement: dict[str, Any] = {
            "format": "zhengkao-change-announcement/1",
            "change_number": number,
            "parent": digest(typed),
            "changes_digest": digest([typed, 1]),
            "plan_digest": digest([typed, 2]),
            "list_digest": digest([typed, 3]),
            "rules_digest": digest([typed, 4]),
            "committed": number % 2 == 1,
            "code_commitment": commitment(number, bytes.fromhex(code)),
            "announced_at": "2026-12-04T09:00:00+08:00",
            "public_source": "某彩票第 2 期",
            "public_moment": "2026-12-05T21:15:00+08:00",
        }
        announcement["digest"] = digest(announcement)
        value = public_value(typed)
        yield {
            "announcement": announcement,
            "code": code,
            "public_value": value,
            "seed": announced_seed(code, announcement, value),
            "seed_before": digest([typed, 5]),
            "leave_ticket_of": "考生甲",
            "leave_ticket": leave_ticket(announced_leave_key(code, digest([typed, 5])), "考生甲").hex(),
        }


def seed_vectors() -> str:
    """Give the text of the file about public values, commitments and seeds that were announced."""
    commitments = [
        {"number": number, "code": code, "commitment": commitment(number, bytes.fromhex(code))}
        for code in CODES
        for number in (0, 1, 256)
    ]
    seeds = []
    for code, typed, source in zip(
        CODES, TYPED, ("某彩票第 1 期", 'a "b"', "\U00020000/\u2028x"), strict=False
    ):
        announcement: dict[str, Any] = {
            "format": "zhengkao-announcement/1",
            "plan_digest": digest(source),
            "list_digest": digest([source]),
            "rules_digest": digest({"rules": source}),
            "announced_at": "2026-12-01T09:00:00+08:00",
            "secret_commitment": commitment(0, bytes.fromhex(code)),
            "substitute_commitments": [commitment(1, bytes.fromhex(CODES[0]))],
            "public_source": source,
            "public_moment": "2026-12-03T21:15:00+08:00",
        }
        if not seeds:
            announcement["public_form"] = "00 00 00 00 00 00 00"
        announcement["digest"] = digest(announcement)
        value = public_value(typed)
        seed = combined_seed(announcement, bytes.fromhex(code), value)
        seeds.append({"announcement": announcement, "secret": code, "public_value": value, "seed": seed})
    content = {
        "public_values": [{"typed": typed, "form": _form(typed)} for typed in TYPED],
        "forms": [
            {"form": form, "value": value, "fits": is_form(form) and is_written_as(value, form)}
            for form, value in FORMS
        ],
        "commitments": commitments,
        "seeds": seeds,
        "changes": list(_announced_changes()),
    }
    return json.dumps(content, ensure_ascii=True, indent=1) + "\n"


if __name__ == "__main__":
    VECTORS.write_text(vectors(), encoding="utf-8", newline="\n")
    SEED_VECTORS.write_text(seed_vectors(), encoding="utf-8", newline="\n")
    from vectors_forgeries import change_vectors  # the planner is loaded for these alone

    CHANGE_VECTORS.write_text(change_vectors(), encoding="utf-8", newline="\n")
