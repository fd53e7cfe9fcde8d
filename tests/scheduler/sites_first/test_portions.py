"""What alike people have at sites, shared among those with the same times: all sums stay, and nobody is pushed over the cap."""

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scheduler.sites_first.portions import FREE, Columns, Parts, share_among_parts

WHOLE, CAP = 12, 6


def shared(parts, columns):
    """Give {part: {column: units}}; parts are (whole, number, people, portion), columns (whole, name, units, cap)."""
    found = share_among_parts(
        Parts(*np.array(parts, np.int64).reshape(-1, 4).T),
        Columns(*np.array(columns, np.int64).reshape(-1, 4).T),
        WHOLE,
    )
    table = defaultdict(dict)
    for part, column, units in zip(*(one.tolist() for one in found), strict=True):
        assert column not in table[part]
        table[part][column] = units
    return table


@st.composite
def tables(draw):
    """Draw wholes of a few parts, and what each has in its columns: a column of those without a place is free."""
    parts, columns = [], []
    for whole in range(draw(st.integers(0, 3))):
        people = draw(st.lists(st.integers(1, 30), min_size=1, max_size=6))
        units = sum(people) * WHOLE
        cuts = draw(st.sets(st.integers(1, units - 1), max_size=5))
        ends = sorted(cuts | {0, units})
        names = draw(st.permutations(range(len(ends) - 1)))
        free = draw(st.sampled_from([True, False]))
        for number, many in enumerate(people):
            portion = draw(st.sampled_from([1, 2, 3, 4, 6, 12]))
            parts.append((whole, 10 * whole + number, many, portion))
        for place, name in enumerate(names):
            cap = FREE if free and place == 0 else CAP
            columns.append((whole, name, ends[place + 1] - ends[place], cap))
    return draw(st.permutations(parts)), draw(st.permutations(columns))


@given(tables())
def test_everybody_is_whole_and_every_column_has_what_it_had(drawn):
    parts, columns = drawn
    found = shared(parts, columns)
    for _, number, people, _ in parts:
        assert sum(found[number].values()) == people * WHOLE
        assert all(units > 0 for units in found[number].values())
    have = Counter()
    for number, row in found.items():
        for name, units in row.items():
            have[number // 10, name] += units
    assert have == Counter({(whole, name): units for whole, name, units, _ in columns})


@given(tables())
def test_what_is_above_the_cap_does_not_grow(drawn):
    """All together are above the cap by so much, or not; the parts one by one are above by the same, never by more."""
    parts, columns = drawn
    found = shared(parts, columns)
    all_people = Counter()
    for whole, _, people, _ in parts:
        all_people[whole] += people
    for whole, name, units, cap in columns:
        if cap == FREE:
            continue
        above = sum(
            max(found[number].get(name, 0) - cap * people, 0)
            for of, number, people, _ in parts
            if of == whole
        )
        assert above == max(units - cap * all_people[whole], 0)


@given(tables(), st.randoms())
def test_the_order_in_which_they_are_listed_does_not_matter(drawn, random):
    parts, columns = drawn
    found = shared(parts, columns)
    random.shuffle(parts)
    random.shuffle(columns)
    assert shared(parts, columns) == found


def test_small_groups_are_nearest_to_their_exact_part():
    """Three sites, 4 units a person at each: two single people and one group of ten have just that."""
    parts = [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 10, 6)]
    columns = [(0, site, 48, CAP) for site in range(3)]
    found = shared(parts, columns)
    even = dict.fromkeys(range(3), 4)
    assert found == {0: even, 1: even, 2: dict.fromkeys(range(3), 40)}


def test_single_people_take_turns_at_more_sites_than_they_have_portions():
    """24 sites, one unit for every two people at each: twelve sites for one, the other twelve for the next."""
    parts = [(0, number, 1, 1) for number in range(2)]
    found = shared(parts, [(0, site, 1, CAP) for site in range(24)])
    assert all(len(row) == 12 and set(row.values()) == {1} for row in found.values())


def test_large_groups_are_spread_in_whole_persons():
    """Twenty people at two sites with 125 and 115 units: ten persons each, and what is left over at the last."""
    found = shared([(0, 0, 20, 12), (0, 1, 20, 12)], [(0, 0, 250, FREE), (0, 1, 230, FREE)])
    assert [found[0], found[1]] == [{0: 120, 1: 120}, {0: 130, 1: 110}]
