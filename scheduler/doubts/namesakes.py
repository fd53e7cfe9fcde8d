"""Conflicts that could not be ruled out: people of one name, one of whom has no number.

Whether they are one person decides who may not examine whom and who sits twice at one time; without a
number, or a ``same_person`` that a person wrote down, nobody can tell. Planning goes on as if they were
several people and says so.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from common.text import name_key
from scheduler.problem import Problem
from scheduler.several.one_person import STAFF as ON_STAFF
from scheduler.several.one_person import TRAINEE as SITS
from scheduler.several.one_person import Node, joined_ids
from scheduler.trainees import Trainees

_COLUMNS = ("同名组", "表", "编号", "行", "身份证号")
_PLAIN = "^[\u4e00-\u9fff]*$"
TRAINEE, STAFF = "考生", "考务人员"


@dataclass(frozen=True)
class Namesake:
    """One row of somebody whose name others have, too; the name itself is not told."""

    table: str
    person_id: str
    row: int
    numbered: bool

    @property
    def node(self) -> Node:
        """Give the kind of id and the id."""
        return SITS if self.table == TRAINEE else ON_STAFF, self.person_id

    @property
    def words(self) -> str:
        """Give the row as people read it."""
        return (
            f"{self.table} {self.person_id}（第 {self.row} 行，{'有' if self.numbered else '没有'}身份证号）"
        )


def undecided(problem: Problem) -> list[tuple[Namesake, ...]]:
    """Give the groups of people of one name whose identity the facts do not decide, by their first id.

    Two are decided where both have a number, or where number and ``same_person`` join them. Names are
    compared as people read them: full width, blanks and middle dots do not count.
    """
    by_name: dict[str, list[Namesake]] = defaultdict(list)
    doubtful: set[str] = set()
    for name, person in _people(problem):
        by_name[name].append(person)
        if not person.numbered:
            doubtful.add(name)
    doubtful = {name for name in doubtful if len(by_name[name]) > 1}
    if not doubtful:
        return []
    person_of = joined_ids(problem)
    found = [tuple(sorted(by_name[name], key=_order)) for name in doubtful]
    return sorted(
        (group for group in found if _is_open(group, person_of)), key=lambda group: _order(group[0])
    )


def _people(problem: Problem) -> Iterable[tuple[str, Namesake]]:
    """Give everybody who has the name of somebody without a number, under a form in which names compare."""
    frame = Trainees.of(problem.trainees).frame.select("trainee_id", "name", "id_number", "row")
    staff = [(name_key(one.name), one) for one in problem.staff.values()]
    if (frame["id_number"] != "").all() and all(one.id_number for _, one in staff):
        return
    frame = frame.with_columns(key=_keys(frame["name"]))
    doubtful = {
        *frame.filter(pl.col("id_number") == "")["key"],
        *(key for key, one in staff if not one.id_number),
    }
    alike = frame.filter(pl.col("key").is_in([key for key in doubtful if key]))
    for key, name, row, number in alike.select("key", "trainee_id", "row", "id_number").iter_rows():
        yield key, Namesake(TRAINEE, name, row, bool(number))
    for key, one in staff:
        if key:
            yield key, Namesake(STAFF, one.staff_id, one.row, bool(one.id_number))


def _keys(names: pl.Series) -> pl.Series:
    """Give the form of each name in which names compare; common Chinese characters are that already."""
    odd = names.filter(~names.str.contains(_PLAIN)).unique()
    if odd.is_empty():
        return names
    return names.replace_strict(odd, list(map(name_key, odd)), default=names)


def _is_open(group: Sequence[Namesake], person_of: Mapping[Node, Node]) -> bool:
    """Say whether somebody without a number may or may not be another one of the group."""
    numbered = {person_of.get(one.node, one.node) for one in group if one.numbered}
    everybody = {person_of.get(one.node, one.node) for one in group}
    return len(everybody) > 1 and bool(everybody - numbered)


def _order(one: Namesake) -> tuple[str, str]:
    return one.person_id, one.table


def note(groups: Sequence[Sequence[Namesake]]) -> list[str]:
    """Say in the plan how many could not be decided: one line, none where all could."""
    if not groups:
        return []
    rows = sum(len(group) for group in groups)
    told = f"同名的有 {len(groups)} 组（共 {rows} 行），其中有人没有身份证号，不能判断是否同一人"
    return [f"{told}；按不同的人安排，他们之间的回避和时间冲突无法排除"]


def undecided_csv(groups: Sequence[Sequence[Namesake]]) -> bytes:
    """Give the rows to be completed, for people: UTF-8 with a byte order mark; no names, no numbers."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for number, group in enumerate(groups, start=1):
        writer.writerows(
            (number, one.table, one.person_id, one.row, "有" if one.numbered else "没有") for one in group
        )
    return buffer.getvalue().encode("utf-8-sig")


def two_names(problem: Problem) -> list[list[str]]:
    """Give the ids of trainees who have one identity number and different names: one person, or a slip of the pen."""
    trainees = Trainees.of(problem.trainees)
    repeated = pl.col("id_number").is_in(list(trainees.repeated_numbers)) & (pl.col("name") != "")
    rows = trainees.frame.filter(repeated).select("id_number", "trainee_id", "name").iter_rows()
    names: dict[str, set[str]] = defaultdict(set)
    ids: dict[str, list[str]] = defaultdict(list)
    for number, name, called in rows:
        names[number].add(name_key(called))
        ids[number].append(name)
    return sorted(sorted(ids[number]) for number, called in names.items() if len(called) > 1)


def two_names_note(found: Sequence[Sequence[str]]) -> list[str]:
    """Say in the plan how often that is; the plan is public and does not tell whose numbers are the same."""
    told = "按同一人安排，不在同一时间考两科，请核对号码和姓名"
    return [f"名单中有 {len(found)} 个身份证号有不同的姓名；{told}"] if found else []
