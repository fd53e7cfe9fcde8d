"""What a table of changes says of people: names and illness in what is published, numbers of those added that are probably not meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from common.identity import IdForm, read_identity
from scheduler.batch.columns import listed_rows
from scheduler.batch.tables import Row
from scheduler.batch.unstated_numbers import tell_unstated, unstated
from scheduler.problem import Problem
from scheduler.trainees import Trainees

_SHORTEST = 2  # a name of one character is in many words
_SURE = 3  # 国庆, 高峰 and 建设 are names and words; of three Chinese characters hardly any name is in a sentence by chance
_TABLE = "变更"
_ILLNESS = (
    "病",
    "住院",
    "手术",
    "感冒",
    "发烧",
    "发热",
    "骨折",
    "受伤",
    "工伤",
    "孕",
    "产假",
    "流产",
    "癌",
    "确诊",
)


class Names:
    """The names of everybody in a batch and in a table of changes."""

    def __init__(self, problem: Problem, rows: Iterable[Row]) -> None:
        frame = Trainees.of(problem.trainees).frame
        written = [*frame["name"].unique(), *(one.name for one in problem.staff.values())]
        written += [row["name"] for row in rows]
        self._names = frozenset(name for one in written if len(name := _tight(one)) >= _SHORTEST)
        self._longest = max(map(len, self._names), default=0)

    def within(self, text: str, own: Iterable[str]) -> tuple[list[str], list[str]]:
        """Give the names that stand in a text: those that are surely meant, and those that may be a word.

        Parameters
        ----------
        own
            the names of those of whom it is said: such a name is no other word.
        """
        tight = _tight(text)
        found = {
            tight[start:end]
            for start in range(len(tight))
            for end in range(start + _SHORTEST, min(start + self._longest, len(tight)) + 1)
        } & self._names
        theirs = {_tight(name) for name in own}
        sure = [
            name for name in sorted(found) if name in theirs or (len(name) >= _SURE and not name.isascii())
        ]
        return sure, sorted(found.difference(sure))


def _tight(text: str) -> str:
    return "".join(text.split())


def says_illness(text: str) -> bool:
    """Say whether a reason speaks of somebody's health, which nobody else may read."""
    return any(word in text for word in _ILLNESS)


def tell_numbers(added: Sequence[Row]) -> Iterator[str]:
    """Tell identity numbers of people added that state none or are probably wrong, by row, never repeated."""
    cells = [(row.location.row, row["id_number"]) for row in added if row["id_number"]]
    yield from tell_unstated(_TABLE, cells)
    wrong = [number for number, text in cells if unstated(text) is None and not _is_sound(text)]
    if wrong:
        told = f"{_TABLE}表 {len(wrong)} 行的身份证号不是 18 位或末位（校验码）不对，认人可能有误"
        yield f"{told}：第 {listed_rows(wrong)} 行"


def _is_sound(text: str) -> bool:
    read = read_identity(text)
    return read.check_ok and read.form in (
        IdForm.RESIDENT18,
        IdForm.RESIDENT15,
        IdForm.PERMIT,
        IdForm.FOREIGNER18,
    )
