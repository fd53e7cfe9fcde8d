"""Neighbours in a room; why: the page claims that an order without neighbours of one institution is found."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.seats.neighbours import alike_pairs
from scheduler.seats.order import Sitter, arrange, chess_order, second_last
from scheduler.seats.rooms import RoomPlan, dealing_order, even_sizes, rooms_for


def partitions(total, most):
    """Give every way to write a number as a sum, largest first."""
    if total == 0:
        yield ()
    for first in range(min(total, most), 0, -1):
        for rest in partitions(total - first, first):
            yield (first, *rest)


def sitters(sizes, *, items=1):
    """Give people of institutions of these sizes; tickets are mixed."""
    people = [
        Sitter(
            (number * 7919 % 1009).to_bytes(4, "big"), f"T{number}", institution, -1 - number, number % items
        )
        for number, institution in enumerate(i for i, size in enumerate(sizes) for _ in range(size))
    ]
    return sorted(people)


def most_apart(people, columns):
    """Give the greatest number of seats of which no two are neighbours, by trying row after row."""
    best = {0: 0}
    for start in range(0, people, columns):
        width = min(columns, people - start)
        rows = [row for row in range(1 << width) if not row & row << 1]
        best = {row: row.bit_count() + max(v for other, v in best.items() if not row & other) for row in rows}
    return max(best.values())


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5])
def test_no_neighbours_of_one_institution_wherever_half_of_a_room_of_more_than_three_rows_is_enough(columns):
    for people in range(3 * columns + 1, min(3 * columns + 5, 16) + 1):
        for sizes in partitions(people, -(-people // 2)):
            _, alike = arrange([], sitters(sizes), columns)
            assert alike.institution == 0, (people, sizes)


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5, 6, 7])
def test_more_than_half_of_a_room_always_has_neighbours(columns):
    """So the claim misses nothing: half of the people, rounded up, are the most that can sit apart."""
    for people in range(1, 4 * columns + 3):
        assert most_apart(people, columns) == -(-people // 2)


@given(st.integers(1, 9), st.integers(0, 40), st.integers(0, 8))
def test_chess_order_is_each_free_seat_once_one_colour_before_the_other(columns, people, first):
    order = chess_order(first, first + people, columns)
    assert sorted(order) == list(range(first, first + people))
    colours = [(seat // columns + seat % columns) % 2 for seat in order]
    assert sum(one != other for one, other in pairwise(colours)) <= 1


@given(st.integers(1, 6), st.lists(st.integers(0, 3), max_size=30))
def test_pairs_are_counted_as_a_person_would(columns, values):
    pairs = [
        (x, y)
        for x in range(len(values))
        for y in range(x)
        if abs(x // columns - y // columns) + abs(x % columns - y % columns) == 1
    ]
    assert alike_pairs(values, columns) == sum(values[x] == values[y] for x, y in pairs)


def test_two_institutions_of_half_a_room_sit_like_a_chess_board():
    seated, alike = arrange([], sitters([6, 6]), 4)
    assert alike.institution == 0
    institutions = [one.institution for one in seated]
    assert institutions == [0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1] or institutions[0] == 1


def test_items_are_kept_apart_where_institutions_allow():
    """Twelve people of twelve institutions, two items of six each: nobody sits beside the own item."""
    _, alike = arrange([], sitters([1] * 12, items=2), 4)
    assert alike == (0, 0, 0)


def test_fixed_people_keep_the_first_seats():
    people = sitters([5, 4])
    fixed, others = people[:2], people[2:]
    seated, _ = arrange(fixed, others, 3)
    assert seated[:2] == fixed
    assert sorted(seated) == people
    assert arrange(fixed, [], 3)[0] == fixed


def test_second_of_the_ranks_goes_last():
    assert second_last({"a": 0, "b": 1, "c": 2, "d": 3}) == {"a": 0, "b": 3, "c": 1, "d": 2}
    assert second_last({"a": 0, "b": 1}) == {"a": 0, "b": 1}


def room(seats):
    return RoomPlan(seats, 6, 0)


@pytest.mark.parametrize(
    ("people", "stated", "sizes"),
    [
        (0, [], []),
        (30, [], [30]),
        (31, [], [16, 15]),
        (100, [], [25, 25, 25, 25]),
        (20, [10, 40], [10, 10]),
        (10, [10, 40], [10]),
        (45, [10, 40], [10, 35]),
        (7, [0, 20], [0, 7]),
        (60, [20, 20], [20, 20, 20]),  # fewer seats than people: rooms as the rules say follow
    ],
)
def test_rooms_and_their_sizes(people, stated, sizes):
    rooms = rooms_for(people, [room(seats) for seats in stated], room(30))
    assert even_sizes(people, rooms) == sizes


@given(st.integers(0, 300), st.lists(st.integers(0, 40), max_size=8))
def test_sizes_hold_everybody_and_no_room_is_too_full_or_uneven_without_need(people, stated):
    rooms = rooms_for(people, [room(seats) for seats in stated], room(30))
    sizes = even_sizes(people, rooms)
    assert sum(sizes) == people
    assert all(size <= one.seats for size, one in zip(sizes, rooms, strict=True))
    open_rooms = [size for size, one in zip(sizes, rooms, strict=True) if size < one.seats]
    assert not open_rooms or max(sizes) - min(open_rooms) <= 1
    assert sorted(dealing_order(sizes)) == [number for number, size in enumerate(sizes) for _ in range(size)]
