"""The order of people in one room, so that people who are alike are no neighbours.

The seats are coloured as a chess board, so that neighbours differ in colour, and taken in the order "all of
one colour, then all of the other". People who are alike stand together in the order, so they sit on one
colour, except those that the change of colour falls among. The largest lot begins, so it is on one
colour if it fits there at all, and the second-largest ends, so the change falls among a third of the room at
most, whose two ends lie far apart. Hence, of a room without accessible seats taken and with more people than
three rows hold, no two of one institution are neighbours unless one institution has more than half of the
people, rounded up; then no order could do it. docs/draw-specification.md says each step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from scheduler.seats.neighbours import NONE_ALIKE, Alike, alike_pairs


class Sitter(NamedTuple):
    """Somebody who sits theory; sorts by ticket, then by id.

    ``institution``, ``same_class`` and ``item`` are numbers that are equal where these are; without a
    class the number is nobody else's.
    """

    ticket: bytes
    trainee_id: str
    institution: int
    same_class: int
    item: int


def count_alike(seated: Sequence[Sitter], columns: int) -> Alike:
    """Count the neighbours in a room that are alike; ``seated`` are in the order of their seats."""
    if not seated:
        return NONE_ALIKE
    _, _, *values = zip(*seated, strict=True)
    return Alike(*(alike_pairs(numbers, columns) for numbers in values))


def arrange(fixed: Sequence[Sitter], people: Sequence[Sitter], columns: int) -> tuple[list[Sitter], Alike]:
    """Seat people in a room.

    Parameters
    ----------
    fixed
        who has the first seats, in order.
    people
        the others, in the order of their tickets.

    Returns
    -------
    tuple
        everybody in the order of the seats, and how many neighbours are alike: the best of the orders tried.
    """
    best: tuple[list[Sitter], Alike] | None = None
    seats = chess_order(len(fixed), len(fixed) + len(people), columns)
    for order in _orders(people):
        seated = [*fixed, *people]
        for seat, sitter in zip(seats, order, strict=True):
            seated[seat] = sitter
        alike = count_alike(seated, columns)
        if best is None or alike < best[1]:
            best = seated, alike
        if alike == NONE_ALIKE:
            break
    return best if best is not None else (list(fixed), count_alike(fixed, columns))


@lru_cache(maxsize=256)
def chess_order(first: int, end: int, columns: int) -> tuple[int, ...]:
    """Give the seats (from 0) from ``first`` to before ``end``, the colour with more seats before the other.

    Where both have as many, the colour of the first seat comes before.
    """
    colours: tuple[list[int], list[int]] = ([], [])
    for seat in range(first, end):
        colours[(seat // columns + seat % columns + first // columns + first % columns) % 2].append(seat)
    return tuple(
        [*colours[0], *colours[1]] if len(colours[0]) >= len(colours[1]) else [*colours[1], *colours[0]]
    )


def _orders(people: Sequence[Sitter]) -> Iterator[list[Sitter]]:
    """Give the orders to try: by institution, by item, by institution with those of one item together."""
    if not people:
        return
    _, _, institutions, classes, items = zip(*people, strict=True)
    institution, same_class, item = ranks(institutions), ranks(classes), ranks(items)
    apart, item_apart = second_last(institution), second_last(item)
    size = len(people)
    yield _sorted(people, [
        (apart[i] * size + same_class[c]) * size + item[m] for i, c, m in zip(institutions, classes, items, strict=True)
    ])  # fmt: skip
    yield _sorted(people, [
        (item_apart[m] * size + institution[i]) * size + same_class[c]
        for i, c, m in zip(institutions, classes, items, strict=True)
    ])  # fmt: skip
    leading: dict[int, int] = {}
    for i, m in zip(institutions, items, strict=True):
        leading.setdefault(i, item_apart[m])
    yield _sorted(people, [
        ((leading[i] * size + institution[i]) * size + same_class[c]) * size + item[m]
        for i, c, m in zip(institutions, classes, items, strict=True)
    ])  # fmt: skip


def _sorted(people: Sequence[Sitter], keys: list[int]) -> list[Sitter]:
    """Sort by keys; those with equal keys stay in order."""
    return [people[index] for index in sorted(range(len(people)), key=keys.__getitem__)]


def ranks(values: Sequence[int]) -> dict[int, int]:
    """Give each value its rank, from 0: the more there are the lower, of as many the one that comes first."""
    counted = sorted(Counter(values).items(), key=lambda pair: -pair[1])
    return {value: rank for rank, (value, _) in enumerate(counted)}


def second_last(ranked: dict[int, int]) -> dict[int, int]:
    """Move the second of the ranks to the end."""
    last = len(ranked) - 1
    if last < 2:
        return ranked
    return {value: rank if rank == 0 else last if rank == 1 else rank - 1 for value, rank in ranked.items()}
