"""Write docs/draw-vectors.json (small plans, seeds, and the files that must come out) and docs/seed-vectors.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from common.canonical import digest  # noqa: E402 - the path comes first
from scheduler.commitment import combined_seed, commitment, public_form  # noqa: E402
from scheduler.draw import draw  # noqa: E402
from scheduler.record import result_files  # noqa: E402

VECTORS = ROOT / "docs" / "draw-vectors.json"
SEED_VECTORS = ROOT / "docs" / "seed-vectors.json"
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
    """Give the plans: a coin for one person, three groups over three sessions, theory beside practical with one left out."""
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
    listed = [coin, three, mixed, _awkward(), _large()]
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


def vectors() -> str:
    """Give the file's text."""
    content = [
        {
            "plan": plan,
            "seed": seed,
            "files": {
                name: data.decode("utf-8-sig") for name, data in result_files(draw(plan, seed)).items()
            },
        }
        for plan in plans()
        for seed in SEEDS
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


TYPED = [
    "03 08 12 19 25 31 07",
    "\uff10\uff13\u3000\uff10\uff18  \uff11\uff12\t",  # full-width digits, an ideographic blank, a tab
    "\r\n 4,102.57 \u00a0",
    "\uff13\uff14\uff15\uff16\uff0e\uff17\uff18",  # full-width figures and point
    "AbC abc",  # case stays
    "1\u30012\u30013",  # the Chinese list comma stays
    "\u2460\u00b2\u0663",  # a circled digit, a superscript, an Arabic digit: not folded
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
]
CODES = ["00" * 32, "ff" * 32, bytes(range(32)).hex()]


def _form(typed: str) -> str | None:
    try:
        return public_form(typed)
    except ValueError:
        return None


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
        announcement["digest"] = digest(announcement)
        value = public_form(typed)
        seed = combined_seed(announcement, bytes.fromhex(code), value)
        seeds.append({"announcement": announcement, "secret": code, "public_value": value, "seed": seed})
    content = {
        "public_values": [{"typed": typed, "form": _form(typed)} for typed in TYPED],
        "commitments": commitments,
        "seeds": seeds,
    }
    return json.dumps(content, ensure_ascii=True, indent=1) + "\n"


if __name__ == "__main__":
    VECTORS.write_text(vectors(), encoding="utf-8")
    SEED_VECTORS.write_text(seed_vectors(), encoding="utf-8")
