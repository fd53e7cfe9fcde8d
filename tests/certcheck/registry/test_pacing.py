"""The gap between queries: whoever asks, whatever clock is set, longer after failures, never shorter."""

import itertools
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certcheck.registry.interface import Exchange, ReadingState, UnreachableError
from certcheck.registry.pacing import Halt, HaltedError, uneven
from common.database import open_engine, sqlite_url
from tests.certcheck.registry.client_support import database
from tests.certcheck.registry.pacing_world import NOON, SAID, World


@pytest.fixture
def engine(tmp_path):
    with database(tmp_path) as engine:
        yield engine


def test_first_query_starts_at_once(engine):
    world = World(engine)
    assert world.query(world.process()) == 0
    assert world.slept == []


def test_later_queries_wait_from_start_to_start(engine):
    """The time that an answer takes counts; a gap that is over long since is not waited for."""
    world = World(engine)
    one = world.process()
    first = world.query(one, seconds=2)
    assert world.time == 2
    second = world.query(one)
    assert 3 <= second - first < 3.2
    world.time += 10
    before = world.time
    assert world.query(one) == before


def test_no_gap_no_wait(engine):
    world = World(engine, gap=0.0, jitter=0.5)
    one = world.process()
    for _ in range(3):
        world.query(one)
        one.note(ReadingState.UNUSABLE)
    assert world.slept == []


def test_gap_holds_over_processes(engine):
    """Whoever asked last: the next waits, in a process that is new, too."""
    world = World(engine)
    starts = [world.query(world.process()) for _ in range(3)]
    both = [world.process(), world.process()]
    starts += [world.query(both[nth % 2], seconds=1) for nth in range(4)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert all(3 <= gap < 3.3 for gap in gaps)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(0, 5), st.sampled_from([0.0, -90_000.0, 7200.0])), max_size=8
    )
)
def test_gap_holds_whatever_clock_is_set(tmp_path_factory, steps):
    """However the clock of the day is set, and whoever asks: no gap is shorter, and nobody waits for long.

    Every process has looked before the clock is set: one that starts within the gap after a jump
    forward has only that clock to go by.
    """
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("turns") / "db.sqlite"))
    world = World(engine)
    processes = [world.process() for _ in range(3)]
    last = world.query(processes[0])
    for one in processes:
        one.seconds_left()
    for who, pause, jump in steps:
        world.time += pause
        world.set += jump
        asked = world.time
        start = world.query(processes[who])
        assert start - last >= 3
        assert start - asked <= 3.4
        last = start
        for one in processes:
            one.seconds_left()
    engine.dispose()


def test_jitter_only_lengthens():
    """It is even over [0, 1), the same for the same seed, another for another."""
    numbers = [uneven("a")(nth) for nth in range(1000)]
    assert numbers == [uneven("a")(nth) for nth in range(1000)]
    assert all(0 <= number < 1 for number in numbers)
    assert 0.45 < sum(numbers) / 1000 < 0.55
    assert uneven("b")(0) != numbers[0]


def test_jitter_lengthens_the_gap(engine):
    world = World(engine, jitter=0.5)
    one = world.process()
    starts = [world.query(one) for _ in range(6)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert all(3.05 <= gap < 4.6 for gap in gaps)
    assert len({round(gap, 2) for gap in gaps}) > 3


def test_failures_slow_and_success_steps_back(engine):
    """3, 6, 12, 24, 48 and no more; each good answer is one step; never quicker than the gap."""
    world = World(engine)
    one = world.process()
    bad, good, wrong = ReadingState.UNUSABLE, ReadingState.FOUND, ReadingState.CAPTCHA_WRONG
    states = [bad, bad, bad, wrong, bad, bad, bad, good, good, wrong, good, good, good, good]
    starts = [world.query(one)]
    for state in states:
        one.note(state)
        starts.append(world.query(one))
    gaps = [round(later - earlier, 1) for earlier, later in itertools.pairwise(starts)]
    assert gaps == pytest.approx([6, 12, 24, 24, 48, 48, 48, 24, 12, 12, 6, 3, 3, 3], abs=0.15)


def test_who_cannot_be_reached_is_asked_no_more(engine):
    """Behind a firewall nothing gets better by waiting: five times in a row, and the run ends with what it has."""
    world = World(engine)
    one = world.process()
    nobody = Exchange(NOON.isoformat(), "/q", error="连接失败或中断", reached=False)
    for answer in (nobody, nobody, SAID, nobody, nobody, nobody, nobody):
        world.query(one, answer=answer)
        one.note(ReadingState.UNUSABLE)
    one.ready(0)
    assert world.told[-1].startswith("连接不上查询平台：等待")
    world.query(one, answer=nobody)
    with pytest.raises(UnreachableError, match=r"连续 5 次连接不上查询平台.*--proxy.*--resume"):
        one.note(ReadingState.UNUSABLE)


def test_captchas_keep_the_gap_only_after_failures(engine):
    world = World(engine)
    one = world.process()
    world.query(one)
    with one.fetching():
        assert world.slept == []
    one.note(ReadingState.UNUSABLE)
    with one.fetching():
        assert world.time >= 6


def test_a_killed_query_may_still_be_under_way(engine):
    """Its process is gone, the site is perhaps not done: the next keeps a distance even without a gap."""
    world = World(engine, gap=0.0)
    with world.process().alone():
        killed = world.process().begin()
    assert world.query(world.process()) - killed.moment >= world.manners.abandoned
    before = world.time
    assert world.query(world.process()) == before


def test_waits_are_broken_off():
    halt = Halt()
    started = time.monotonic()
    halt.sleep(0.1)
    assert time.monotonic() - started >= 0.1
    threading.Timer(0.2, halt.now).start()
    with pytest.raises(HaltedError):
        halt.sleep(60)
    with pytest.raises(HaltedError):
        halt.sleep(0)
    assert time.monotonic() - started < 5
