import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.registry.manners import Hours, manners_of
from certcheck.rules import load_rules
from common.errors import InputError

PACK = load_rules().at("registry", dt.date(2026, 11, 20))
FAR, HERE = "cx.mem.gov.cn", "127.0.0.1:8850"


def changed(**values):
    new = {name: dataclasses.replace(PACK.values[name], value=value) for name, value in values.items()}
    return dataclasses.replace(PACK, values=PACK.values | new)


def test_nothing_of_it_is_law():
    assert {value.article for value in PACK.values.values()} == {"非法律规定"}


def test_defaults():
    far, here = manners_of(PACK, FAR, None), manners_of(PACK, HERE, None)
    assert (far.gap, far.budget, far.refusals_to_stop, far.hours) == (3, 1000, 5, Hours())
    assert (here.gap, here.budget) == (3, None)
    assert manners_of(PACK, HERE, 0.0).gap == 0
    assert manners_of(changed(budget_on_loopback=True), HERE, None).budget == 1000


LAXER = [
    ("gap_seconds", 2),
    ("backoff_factor", 1),
    ("backoff_most_times", 15),
    ("refusals_to_stop", 6),
    ("daily_budget", 1001),
]
STRICTER = [
    ("gap_seconds", 4),
    ("backoff_factor", 3),
    ("backoff_most_times", 99),
    ("refusals_to_stop", 1),
    ("daily_budget", 0),
]


@pytest.mark.parametrize(("name", "value"), LAXER)
def test_an_administrator_only_makes_it_stricter(name, value):
    """For a host that is not this machine; a replica here may be asked in any way."""
    with pytest.raises(InputError, match=name):
        manners_of(changed(**{name: value}), FAR, None)
    manners_of(changed(**{name: value}), HERE, None)


@pytest.mark.parametrize(("name", "value"), STRICTER)
def test_stricter_is_taken(name, value):
    assert manners_of(changed(**{name: value}), FAR, None) != manners_of(PACK, FAR, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [("opens_at", "8:000"), ("closes_at", "24:01"), ("opens_at", "上午八时"), ("captchas_per_question", 0),
     ("backoff_factor", 0)],
)  # fmt: skip
def test_what_makes_no_sense(name, value):
    with pytest.raises(InputError, match=name):
        manners_of(changed(**{name: value}), HERE, None)


def test_gap_option():
    """Not below the rule's, which may be more than 3; only here it may be less."""
    assert manners_of(PACK, FAR, 5.5).gap == 5.5
    for pack, gap in ((PACK, 2.9), (PACK, 0.0), (changed(gap_seconds=10), 9.0)):
        with pytest.raises(InputError, match="--gap"):
            manners_of(pack, FAR, gap)


minutes = st.integers(0, 24 * 60)


@given(minutes, minutes, st.integers(0, 24 * 60 - 1))
def test_hours(opens, closes, minute):
    """Open exactly from opening to closing, counted round the clock; the next opening is open, and the first."""
    moment = dt.datetime(2026, 11, 20, minute // 60, minute % 60, 30)  # noqa: DTZ001 - the zone does not matter
    hours = Hours(opens, closes)
    day = 24 * 60
    length = (closes - opens) % day or day
    assert (hours.next_opening(moment) is None) == ((minute - opens) % day < length)
    opening = hours.next_opening(moment)
    if opening is not None:
        assert hours.next_opening(opening) is None
        assert dt.timedelta(0) < opening - moment <= dt.timedelta(days=1)
        assert hours.next_opening(opening - dt.timedelta(minutes=1)) is not None
