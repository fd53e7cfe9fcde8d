"""Rows in order by several keys; why: numbers that do not fit together must give the same order as those that do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.large_draw.ordering import distinct, order_by

KEYS = st.sampled_from([2, 5, 2**31, 2**62]).flatmap(lambda most: st.integers(0, most))
ROWS = st.integers(1, 3).flatmap(lambda keys: st.lists(st.tuples(*[KEYS] * keys), min_size=1, max_size=12))


def columns(rows):
    return [np.array(column, np.int64) for column in zip(*rows, strict=True)]


@given(ROWS)
def test_rows_come_by_their_keys_and_equal_ones_stay(rows):
    assert order_by(*columns(rows)).tolist() == sorted(range(len(rows)), key=rows.__getitem__)


@given(ROWS)
def test_rows_are_told_apart_by_all_keys(rows):
    values = sorted(set(rows))
    found = distinct(*columns(rows))
    assert found.first.tolist() == [rows.index(value) for value in values]
    assert found.counts.tolist() == [rows.count(value) for value in values]
    assert [values[number] for number in found.number] == rows


@pytest.mark.parametrize("most", [(2**63 - 1) // 2 - 1, (2**63 - 1) // 2])
def test_keys_just_fit_or_just_do_not(most):
    assert order_by(np.array([most, 0])).tolist() == [1, 0]
    assert order_by(np.array([most, most])).tolist() == [0, 1]


def test_no_rows():
    nothing = np.zeros(0, np.int64)
    assert [len(listed) for listed in distinct(nothing, nothing)] == [0, 0, 0]
