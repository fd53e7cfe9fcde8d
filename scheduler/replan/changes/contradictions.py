"""Two rows of one table of changes that contradict or repeat each other: what is wrong with them, and what to do.

Done one after the other the last of them would count in silence, and nobody could say whether it is the one that was meant. Rows
that add up (a day more, a number for one session after one for all) are in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from scheduler.batch import cells
from scheduler.batch.columns import told
from scheduler.replan.changes.said import DATES, SUBJECTS, Said

_TWICE, _OPPOSED = "CHANGE-DUPLICATE", "CHANGE-CONFLICT"
_WITH_SEATS = ("seats", "session_added")


class Told(NamedTuple):
    """What is wrong with a row."""

    code: str
    message: str


def judged(one: Said, other: Said) -> Told | None:
    """Say what is wrong with a row ``other`` after ``one`` about the same id; None for nothing."""
    judge = _JUDGES.get(other.subject, _of_site)
    return judge(one, other)


def _repeated(one: Said, what: str = "") -> Told:
    return Told(_TWICE, f"与本表第 {one.number} 行说的是同一件事{what}，请只留一行")


def _numbers(one: Said, other: Said, what: str, advice: str) -> Told:
    if one.value == other.value:
        return _repeated(one)
    return Told(_OPPOSED, f"{what}，本表第 {one.number} 行写 {one.value}，这一行写 {other.value}：{advice}")


def _of_site(one: Said, other: Said) -> Told | None:
    kinds = {one.kind, other.kind}
    if "site_closed" in kinds:
        return _of_closed(one, other)
    if kinds == {"day_limit"}:
        return _numbers(one, other, f"考点 {other.name} 的每日上限", "请只留对的一行")
    if kinds == {"places"}:
        return _of_places(one, other)
    if (one.days, one.half) != (other.days, other.half):
        return None
    if kinds <= set(_WITH_SEATS):
        return _numbers(
            one, other, f"{other.when} 的座位数", "座位数是这一场一共有多少个，不是增减多少，请只留对的一行"
        )
    if kinds == {"session_cancelled"}:
        return _repeated(one)
    if "session_cancelled" in kinds and kinds & {*_WITH_SEATS, "places"}:
        what = "工位数" if "places" in kinds else "座位数"
        return Told(
            _OPPOSED,
            f"{other.when}：与本表第 {one.number} 行相反，一行取消这一场，一行写它的{what}；"
            f"请只留一行（不取消、只改{what}的，删去取消的那一行）",
        )
    return None


def _of_closed(one: Said, other: Said) -> Told | None:
    closed, more = (one, other) if one.kind == "site_closed" else (other, one)
    if more.kind == "site_closed":
        if one.covers(other) or other.covers(one):
            return _repeated(one, "（日子相同，或一行的日子包括另一行的）")
        return None
    if more.kind == "session_cancelled":
        late = one is closed and closed.covers(more)
        return _repeated(one, "（考点关闭时，这一场已经取消）") if late else None
    if not closed.covers(more):
        return None
    what = {"places": "工位数", "day_limit": "每日上限"}.get(more.kind, "这一场的座位数")
    when = "考点关闭" if more.always else "考点在这一天关闭"
    return Told(
        _OPPOSED,
        f"考点 {other.name}：与本表第 {one.number} 行相反，一行说{when}，一行写{what}；"
        "请只留一行。考点只关几天的，请填日期和截止日期",
    )


def _of_places(one: Said, other: Said) -> Told | None:
    """Allow a number for fewer sessions after one for more; else the second takes back what the first says."""
    if one.item != other.item or not one.meets(other):
        return None
    same = one.covers(other) and other.covers(one)
    if same:
        return _numbers(one, other, f"考点 {other.name}“{other.item}”的工位数", "请只留对的一行")
    if one.value == other.value or one.covers(other):
        return None
    return _numbers(
        one,
        other,
        f"考点 {other.name}“{other.item}”的工位数",
        "两行都管到同一场，后一行会盖过前一行；请先写管所有日子的，再写管某一场的",
    )


def _of_trainee(one: Said, other: Said) -> Told | None:
    kinds = (one.kind, other.kind)
    if one.kind == "trainee_withdrawn":
        return _after_withdrawing(one, other)
    if other.kind == "trainee_withdrawn" and one.kind != "trainee_added":  # whoever came may go again
        message = f"考生 {other.name}：本表第 {one.number} 行{_word(one)}，这一行退考；请只留一行"
        return Told(_OPPOSED, message)
    if kinds == ("trainee_added", "trainee_added"):
        return _added_twice(one, other)
    if kinds == ("trainee_moved", "trainee_moved"):
        return _repeated(one)
    both = [column for column in DATES if one.dates[column] and other.dates[column]]
    for column in both:
        if one.dates[column] != other.dates[column]:
            what = f"考生 {other.name} 的{told('changes', column)}"
            days = f"本表第 {one.number} 行写 {one.dates[column]}，这一行写 {other.dates[column]}"
            return Told(_OPPOSED, f"{what}，{days}：请只留对的一行")
    return _repeated(one) if both and one.dates == other.dates else None


def _after_withdrawing(one: Said, other: Said) -> Told:
    """Tell what cannot be said of somebody who withdrew; another registration under this id would inherit the place."""
    gone = f"考生 {other.name} 在本表第 {one.number} 行已退考"
    if other.kind == "trainee_withdrawn":
        return Told(_TWICE, f"{gone}，请只留一行")
    if other.kind == "trainee_added":
        return Told(_TWICE, f"{gone}，同一张表里不能再用这个编号（会不经抽签占用原考位），请换一个编号")
    return Told(_OPPOSED, f"{gone}，这一行又说{_word(other)}；请只留一行")


def _of_staff(one: Said, other: Said) -> Told | None:
    if one.kind == other.kind == "staff_added":
        return _added_twice(one, other)
    if other.kind == "staff_added":  # known before, which is told where it is added
        return None
    if one.kind == "staff_added":
        if not other.always:
            return None
        return Told(
            _OPPOSED,
            f"考务人员 {other.name}：本表第 {one.number} 行增加，这一行又说整个考试期间都不能到岗；请只留一行，只有几天不能到岗的请填日期",
        )
    if one.covers(other) or other.covers(one):
        hint = "；漏填日期的请补上" if one.always or other.always else ""
        return _repeated(one, f"（日子相同，或一行的日子包括另一行的{hint}）")
    return None


def _added_twice(one: Said, other: Said) -> Told:
    what = SUBJECTS[other.subject]
    return Told(
        _TWICE,
        f"{what}“{other.name}”在本表第 {one.number} 行已经增加：重复的请删去一行，不是同一个人（或同一项登记）的请换一个编号",
    )


def _word(said: Said) -> str:
    return cells.told_word("change", said.kind).partition("（")[0]


_JUDGES: Mapping[str, Callable[[Said, Said], Told | None]] = {"trainee": _of_trainee, "staff": _of_staff}
