import pytest

from certcheck.registry.interface import ReadingState, RefusedError
from certcheck.registry.pacing import Pacer


class Clock:
    def __init__(self):
        self.time, self.slept = 1000.0, []

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.time += seconds / 2  # a sleep may end early


def pacer(gap, refusals=5, **options):
    clock = Clock()
    return Pacer(gap, refusals, monotonic=clock, sleep=clock.sleep, **options), clock


def test_first_query_starts_at_once():
    one, clock = pacer(3)
    one.wait_for_turn()
    assert clock.slept == []


def test_later_queries_wait_from_start_to_start():
    one, clock = pacer(3)
    one.wait_for_turn()
    clock.time += 1
    one.wait_for_turn()
    assert clock.time >= 1003
    clock.time += 10
    before = clock.time
    one.wait_for_turn()
    assert clock.time == before


def test_no_gap_no_wait():
    one, clock = pacer(0)
    for _ in range(3):
        one.wait_for_turn()
    assert clock.slept == []


@pytest.mark.parametrize(("since", "waits"), [(1.0, True), (5.0, False), (-3600.0, True)])
def test_gap_holds_over_runs(since, waits):
    """A resumed run waits for what the interrupted one asked; a clock set back makes nobody wait long."""
    one, clock = pacer(3, since_last=since)
    one.wait_for_turn()
    assert bool(clock.slept) is waits
    assert clock.time - 1000 < 3.2


def test_refusals_in_a_row():
    one, _ = pacer(0, refusals=3)
    states = [ReadingState.REFUSED, ReadingState.REFUSED, ReadingState.CAPTCHA_WRONG] * 2
    for state in [*states, ReadingState.REFUSED, ReadingState.REFUSED]:
        one.note(state)
    with pytest.raises(RefusedError, match="--resume"):
        one.note(ReadingState.REFUSED)
