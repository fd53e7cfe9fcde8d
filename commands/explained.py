"""What ``exam explain`` says of one trainee, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from common.listing import first_few
from scheduler.exam_words import (
    EXCEPTIONS,
    PARTS,
    SITE_KINDS,
    say_exceptions,
    say_group,
    say_room,
    say_seat,
    say_turn,
)
from scheduler.problem import HALVES, Session

if TYPE_CHECKING:
    from scheduler.explaining import Closed, Drawn, Explanation, Open
    from scheduler.touch_history import Touched
    from scheduler.without_chance import WithoutChance

_CROSSING = 2  # the rule that people ask about: told first
_MOST_SITES = 8  # of another city there may be very many; --json lists all
_SAME_SESSION = {
    "lost_seat": "原座位不能再用，场次不变",
    "other_exceptions": "只是例外情形随事实改变，位置不变",
}

Names = Mapping[str, str]


def explained_lines(one: Explanation) -> Iterator[str]:
    """Say of a trainee what was closed and open to them, what changes did, and what the draw made of it."""
    district = f"，{one.district}" if one.district else ""
    alike = f"同组 {one.size} 人条件相同，机会也相同" if one.size > 1 else "没有条件相同的人，自成一组"
    yield f"考生 {one.trainee_id}：{one.item}，{PARTS.get(one.part, one.part)}{district}。第 {one.group} 组，{alike}。"
    if one.history:
        yield "抽签以后的变更："
        yield from (_touched_line(touched, one.names) for touched in one.history)
    if one.changes:
        since = f"第 {one.change} 次变更" if one.change else "首次抽签"
        yield f"场次是{since}定的，以后的 {one.changes} 次变更没有触及。"
    if one.closed:
        yield "不能去的考点："
        yield from closed_lines(one.closed)
    yield from _chances(one)
    if one.drawn is None:
        yield "还没有抽签。"
    else:
        yield from _drawn_lines(one, one.drawn)


def _chances(one: Explanation) -> Iterator[str]:
    if one.open:
        yield "可以去的考点和机会（抽签之前公布）："
        yield from map(_open_line, one.open)
    if one.without_chance:
        yield "按规则可以去、但机会为 0 的考点："
        yield from _nowhere_lines(one.without_chance)
    if not one.open and not one.without_chance:
        yield "没有可以去的考点。"
    if one.unplaced:
        yield f"没有位置的机会 {_chance(one.unplaced)}：{one.reason}"
    if one.ways:
        yield (
            f"有人一人报几科，时间有 {one.ways} 种分法，抽签时先抽用哪一种；各种分法里这一组的机会不同，以上是平均的机会。"
        )


def closed_lines(closed: Iterable[Closed]) -> Iterator[str]:
    """Say which sites are closed, those closed for one reason together; of a group's several reasons for a site one is the person's."""
    mixed: dict[str, list[str]] = defaultdict(list)
    sites: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for one in closed:
        sites[one.reason, one.article, one.rule].append(_site(one.site_id, one.name))
        mixed[_site(one.site_id, one.name)].append(one.reason)
    for (reason, article, rule), named in sorted(sites.items(), key=lambda one: one[0][2] != _CROSSING):
        basis = f"（{article}）" if article else ""
        yield f"  {first_few(named, _MOST_SITES, '个')}：{reason}（规则 {rule}）{basis}"
    several = [named for named, reasons in mixed.items() if len(reasons) > 1]
    if several:
        yield f"  {first_few(several, _MOST_SITES, '个')} 有几条原因：同组的人不能去的原因不一，计划没有逐人写明，其中一条是本人的。"


def _nowhere_lines(sites: Iterable[WithoutChance]) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in sites:
        found[one.why].append(f"{_site(one.site_id, one.name)}{_kind(one.kind)}")
    for why, named in found.items():
        yield f"  {first_few(named, _MOST_SITES, '个')}{f'：{why}' if why else ''}"


def _open_line(one: Open) -> str:
    listed = "、".join(f"{_time(session)} {chance}" for session, chance in one.sessions)
    named = [
        f"{EXCEPTIONS.get(name, name)}{f'（{article}）' if article else ''}"
        for name, article in one.exceptions.items()
    ]
    by = f"；按例外：{'、'.join(named)}" if named else ""
    return f"  {_site(one.site_id, one.name)}{_kind(one.kind)} {_chance(one.chance)}：{listed}{by}"


def _touched_line(one: Touched, names: Names) -> str:
    """Say what one change did: the place before, the reason of the table, the place after."""
    before = "" if one.before is None else f"原来在 {_place(one.before, names)}；"
    told = f"  第 {one.change} 次变更：{before}{_SAME_SESSION.get(one.kind, one.reason)}"
    if one.kind == "withdrawn" or (one.kind in _SAME_SESSION and one.before == one.after):
        return f"{told}。"
    if not one.drawn:
        return f"{told}；等待抽签。"
    return f"{told}；抽签后{'没有位置' if one.after is None else f'在 {_place(one.after, names)}'}。"


def _place(one: Mapping[str, Any], names: Names) -> str:
    """Name a place in the words of papers, not those of the tables."""
    seat = [f"{say_room(one['room'])} {say_seat(one['seat'])}"] if one.get("room") else []
    seat += [f"{say_group(one['group'])} {say_turn(one['place'])}"] if one.get("group") else []
    seat += [f"例外：{say_exceptions(one['exceptions'])}"] if one.get("exceptions") else []
    return "，".join([_where(Session.of(one), names), *seat])


def _drawn_lines(one: Explanation, drawn: Drawn) -> Iterator[str]:
    if one.size > 1:
        filled = "，".join(
            f"{number} 人{'没有位置' if session is None else f'到 {_where(session, one.names)}'}"
            for session, number in drawn.filled
        )
        yield f"抽签：同组的人按票号从小到大排，依次是 {filled}。本人的票号是 {drawn.ticket[:16]}…，排第 {drawn.rank}。"
    if drawn.row:
        yield f"结果：{_place(drawn.row, one.names)}。"
    else:
        yield f"结果：没有位置。{one.reason}"


def _chance(chance: Fraction) -> str:
    """Say a chance exactly and, where that is no plain number, in tenths of a percent."""
    if chance.denominator == 1:
        return str(chance)
    tenths = round(chance * 1000)
    return f"{chance}（约 {tenths // 10}.{tenths % 10}%）"


def _kind(kind: str) -> str:
    return f"（{SITE_KINDS.get(kind, kind)}）" if kind else ""


def _site(site_id: str, name: str) -> str:
    return f"{site_id} {name}" if name and name != site_id else site_id


def _where(session: Session, names: Names) -> str:
    return f"{_site(session.site_id, names.get(session.site_id, ''))} {_time(session)}"


def _time(session: Session) -> str:
    return f"{session.day.isoformat()} {HALVES[session.half]}"
