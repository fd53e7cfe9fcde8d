"""How a breach about one duty is told."""

from __future__ import annotations

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.on_duty.duties import EXAMINER, Duties, Duty
from scheduler.exam_words import ROLE_WORDS


def in_order(duties: Duties) -> list[Duty]:
    """Give the duties in an order that does not depend on the file's."""
    return sorted(duties.duties, key=lambda one: (one.staff_id, one.session, one.role, one.room, one.row))


def duty_breach(code: str, rule: int, why: str, duty: Duty, **subjects: str | None) -> Breach:
    """Build a breach about one duty: who, where, when, as what."""
    where = f"{say_session(duty.session)}{say_room(duty.role, duty.room)}"
    return session_breach(
        code,
        rule,
        f"考务人员 {duty.staff_id} 被派到{where}任{ROLE_WORDS[duty.role]}，{why}",
        duty.session,
        staff_id=duty.staff_id,
        role=duty.role,
        room=duty.room or None,
        **subjects,
    )


def say_room(role: str, room: str) -> str:
    """Say a room or group for a reader; "" for none."""
    if not room:
        return ""
    return f"第 {room} 组" if role == EXAMINER else f"第 {room} 考场"
