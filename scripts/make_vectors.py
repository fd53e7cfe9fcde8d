"""Write docs/draw-vectors.json: small plans, seeds, and the files that must come out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from common.canonical import digest  # noqa: E402 - the path comes first
from scheduler.draw import draw  # noqa: E402
from scheduler.record import result_files  # noqa: E402

VECTORS = ROOT / "docs" / "draw-vectors.json"
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


if __name__ == "__main__":
    VECTORS.write_text(vectors(), encoding="utf-8")
