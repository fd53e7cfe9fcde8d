"""Which issue of the papers of an exam it is: which exam, by whom, since when, after which change, in place of what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from scheduler.papers import words
from scheduler.papers.blocks import Block, block
from scheduler.papers.facts import Facts
from scheduler.papers.rows import Sitting

EXAM = "安全生产资格考试"


class Moved(NamedTuple):
    """Somebody whose place a change changed: as the plan tells it before, and now; None for nowhere."""

    trainee_id: str
    before: Mapping[str, Any] | None
    now: Sitting | None


def number(facts: Facts) -> int:
    """Give after how many changes it is."""
    return int(facts.draw.get("change_number", 0))


def in_brackets(facts: Facts) -> str:
    """Give what a title says of it after its name."""
    return f"（第 {number(facts)} 次变更后）" if number(facts) else ""


def line(facts: Facts) -> str:
    """Give the few words that stand on every page and ticket."""
    after = f"第 {number(facts)} 次变更后　" if number(facts) else ""
    return f"{after}签发日期 {words.plain_day(facts.moment.date())}"


def heading(facts: Facts) -> str:
    """Give what stands over the name of a paper: whose it is, and of which exam."""
    return f"{facts.plan['rules']['notice']['issuer']}　{EXAM}".strip()


def about(facts: Facts, *, replaces: bool = True) -> list[Block]:
    """Give what stands below a title: which exam, by whom; of a change, what the paper replaces."""
    issuer = str(facts.plan["rules"]["notice"]["issuer"])
    told = [block("subtitle", f"{issuer}　{exam(facts)}".strip())]
    if number(facts) and replaces:
        told.append(block("subtitle", f"代替{before(facts)}的同名材料"))
    return told


def exam(facts: Facts) -> str:
    """Name the exam by its days."""
    return f"{words.span(facts.days)}{EXAM}" if facts.days else EXAM


def before(facts: Facts) -> str:
    """Name the issue that a change replaces: by its number, and by its date where the chain tells it."""
    last = number(facts) - 1
    day = words.plain_day(facts.replaced.date()) if facts.replaced else ""
    return f"{day}{'首次抽签' if last == 0 else f'第 {last} 次变更'}后签发"


def moved(facts: Facts) -> list[Moved]:
    """Give everybody whose place, or whose exception, a change changed, in order; those who still have none are not."""
    change = facts.plan.get("change", {})
    now = {one.trainee_id: one for one in facts.sittings}
    entries = [*change.get("touched", []), *change.get("lost_seats", []), *change.get("other_exceptions", [])]
    listed = {
        entry["trainee_id"]: Moved(entry["trainee_id"], entry["before"], now.get(entry["trainee_id"]))
        for entry in entries
    }
    return [listed[name] for name in sorted(listed) if _differs(listed[name])]


def _differs(one: Moved) -> bool:
    if one.before is None or one.now is None:
        return one.before is not None or one.now is not None
    was = one.before
    numbers = tuple(int(was[name] or 0) for name in ("room", "seat", "group", "place"))
    session = was["site_id"], was["date"], was["half"]
    seen = one.now.session
    return (session, numbers, tuple(was["exceptions"])) != (
        (seen.site_id, seen.day.isoformat(), str(seen.half)),
        (one.now.room, one.now.seat, one.now.group, one.now.place),
        one.now.exceptions,
    )
