"""When asking must wait longer, and when it ends for now: what the site says, budget, hours, refusals."""

import dataclasses
import datetime as dt

import pytest

from certcheck.registry.interface import NotNowError, ReadingState, RefusedError
from certcheck.registry.manners import Hours
from tests.certcheck.registry.client_support import database
from tests.certcheck.registry.pacing_world import NOON, SAID, World


@pytest.fixture
def engine(tmp_path):
    with database(tmp_path) as engine:
        yield engine


@pytest.mark.parametrize(
    "wanted", ["7", (NOON + dt.timedelta(seconds=7)).strftime("%a, %d %b %Y %H:%M:%S +0800")]
)
def test_retry_after_is_kept(engine, wanted):
    """By every process, for captchas, too; a shorter one than the gap changes nothing."""
    world = World(engine)
    date = ("Date", "Fri, 20 Nov 2026 04:00:00 GMT")
    said = dataclasses.replace(SAID, headers=(date, ("Retry-After", wanted)))
    start = world.query(world.process(), answer=said)
    with world.process().fetching():
        assert world.time - start >= 7
    assert world.query(world.process(), answer=dataclasses.replace(said, headers=(("Retry-After", "1"),))) < 8
    start = world.time
    assert world.query(world.process()) - start >= 3


def test_pause_begins_with_the_answer(engine):
    """However long the answer took; exactly the longest pause is still waited for."""
    world = World(engine, gap=0.0)
    said = dataclasses.replace(SAID, headers=(("Retry-After", "120"),))
    world.query(world.process(), seconds=20, answer=said)
    assert 140 <= world.query(world.process()) < 141


def test_too_long_retry_after_ends_the_run(engine):
    """The sentence says when to come back, a run that goes on too early is told again, and later it may."""
    world = World(engine)
    said = dataclasses.replace(SAID, headers=(("retry-after", "1800"),))
    world.query(world.process(), answer=said)
    for _ in range(2):
        with pytest.raises(NotNowError, match=r"2026-11-20 12:30:00 之后用 --resume"):
            world.process().ready(25)
    world.time = 1750
    world.process().ready(25)
    assert world.time >= 1775
    assert world.told
    assert world.query(world.process()) >= 1800


def test_budget_counts_all_processes_of_a_day(engine):
    world = World(engine, gap=0.0, budget=3)
    for _ in range(3):
        world.query(world.process())
    with pytest.raises(NotNowError, match="3 次"):
        world.process().ready(25)
    with pytest.raises(NotNowError):
        world.query(world.process())
    world.query(world.process(budget=None))
    world.time += 12 * 3600  # midnight
    world.query(world.process())


def test_opening_hours(engine):
    world = World(engine, hours=Hours(8 * 60, 12 * 60 + 30))
    world.query(world.process())
    world.time += 1800
    with pytest.raises(NotNowError, match=r"08:00–12:30.*2026-11-21 08:00"):
        world.process().ready(25)
    with pytest.raises(NotNowError):
        world.query(world.process())


def test_refusals_in_a_row(engine):
    one = World(engine, refusals_to_stop=3).process()
    states = [ReadingState.REFUSED, ReadingState.REFUSED, ReadingState.CAPTCHA_WRONG] * 2
    for state in [*states, ReadingState.REFUSED, ReadingState.REFUSED]:
        one.note(state)
    with pytest.raises(RefusedError, match="--resume"):
        one.note(ReadingState.REFUSED)
