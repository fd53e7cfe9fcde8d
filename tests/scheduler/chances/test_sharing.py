"""What leaves a hub is shared among those who came in: nothing is lost, in proportion or in turn."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.chances.sharing import Counts, share_out

WHOLE = 12


@st.composite
def hubs(draw):
    """Draw hubs with who comes in and what they leave for: as many units, in whole persons and parts of them."""
    into, out_of = [], []
    for hub in range(draw(st.integers(0, 3))):
        units = draw(st.lists(st.integers(1, 4 * WHOLE), min_size=1, max_size=5))
        cuts = draw(st.sets(st.integers(1, max(sum(units) - 1, 1)), max_size=4))
        ends = sorted({cut for cut in cuts if cut < sum(units)} | {0, sum(units)})
        into += [(hub, 10 * hub + group, count) for group, count in enumerate(units)]
        out_of += [(hub, 100 * hub + place, ends[place + 1] - ends[place]) for place in range(len(ends) - 1)]
    return draw(st.permutations(into)), draw(st.permutations(out_of))


def columns(rows):
    return Counts(*np.array(rows, np.int64).reshape(-1, 3).T)


def rows_of(found):
    return list(zip(*(column.tolist() for column in found), strict=True))


@pytest.mark.parametrize("whole", [None, WHOLE])
@given(drawn=hubs())
def test_all_who_come_in_leave_and_every_session_gets_its_own(drawn, whole):
    into, out_of = drawn
    found = rows_of(share_out(columns(into), columns(out_of), whole))
    of_group, of_session = Counter(), Counter()
    for group, session, count in found:
        assert count > 0
        assert group // 10 == session // 100  # both pass one hub
        of_group[group] += count
        of_session[session] += count
    assert of_group == {group: count for _, group, count in into}
    assert of_session == {session: count for _, session, count in out_of}
    assert len({(group, session) for group, session, _ in found}) == len(found)
    if whole:  # stairs: every share ends a group or a session
        assert len(found) <= max(len(into) + len(out_of) - len({hub for hub, _, _ in into}), 0)


@given(drawn=hubs())
def test_the_order_of_what_is_given_does_not_matter(drawn):
    into, out_of = drawn
    for whole in (None, WHOLE):
        found = rows_of(share_out(columns(into), columns(out_of), whole))
        again = rows_of(share_out(columns(sorted(into)), columns(sorted(out_of)), whole))
        assert sorted(found) == sorted(again)


def test_whole_persons_are_shared_first_and_stay_whole():
    """Groups of 2 persons and of 1.5, sessions for 0.5 and 3: the two sit together, and only the other is parted."""
    into, out_of = [(0, 1, 24), (0, 2, 18)], [(0, 7, 6), (0, 8, 36)]
    assert sorted(rows_of(share_out(columns(into), columns(out_of), WHOLE))) == [
        (1, 8, 24), (2, 7, 6), (2, 8, 12),
    ]  # fmt: skip


def test_in_proportion_everybody_has_a_part_of_everything():
    """Two thirds come of one group and two thirds leave for one session: 4 of 9 units are both."""
    into, out_of = [(0, 1, 6), (0, 2, 3)], [(0, 7, 6), (0, 8, 3)]
    assert rows_of(share_out(columns(into), columns(out_of), None)) == [
        (1, 7, 4), (1, 8, 2), (2, 7, 2), (2, 8, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("whole", [WHOLE, 10**14])
def test_no_group_sits_first_at_every_hub(whole):
    """Two groups of four people come to each of 20 hubs with a morning and an afternoon for four: half of each sit early.

    In turn alone the first group would have every morning. However finely a cap is written, nothing overflows.
    """
    into = [(hub, group, 4 * whole) for hub in range(20) for group in (1, 2)]
    out_of = [(hub, 100 * hub + half, 4 * whole) for hub in range(20) for half in (0, 1)]
    early = Counter()
    for group, session, count in rows_of(share_out(columns(into), columns(out_of), whole)):
        early[group] += count if session % 100 == 0 else 0
    assert early[1] + early[2] == 80 * whole
    assert abs(early[1] - early[2]) <= 8 * whole
