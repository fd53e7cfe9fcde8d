"""Clocks to set by hand, and processes that share a real database, for tests of pacing."""

import dataclasses
import datetime as dt

from certcheck.registry.manners import Manners
from certcheck.registry.pacing import Pacer, uneven
from certcheck.registry.turns import Turns
from tests.certcheck.registry.client_support import REFUSED, exchange

HOST = "cx.example.invalid"
NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
SAID = exchange(REFUSED)


class World:
    """A clock of waiting, a clock of the day that can be set, and processes that share a database."""

    def __init__(self, engine, **manners):
        self.engine, self.manners = engine, Manners(**{"gap": 3.0} | manners)
        self.time, self.set, self.slept, self.told = 0.0, 0.0, [], []

    def monotonic(self):
        return self.time

    def wall(self):
        return NOON.timestamp() + self.time + self.set

    def now(self):
        return dt.datetime.fromtimestamp(self.wall(), NOON.tzinfo)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += max(seconds / 2, 0.001)  # a sleep may end early

    def process(self, **change):
        turns = Turns(
            self.engine, HOST, wall=self.wall, monotonic=self.monotonic, sleep=self.sleep, patience=60
        )
        return Pacer(
            dataclasses.replace(self.manners, **change), turns,
            now=self.now, monotonic=self.monotonic, sleep=self.sleep, jitter=uneven("seed"),
            tell=self.told.append,
        )  # fmt: skip

    def query(self, pacer, seconds=0.0, answer=SAID):
        """Wait for a turn and take it; gives when it began."""
        while True:
            with pacer.alone():
                left = pacer.seconds_left()
                if left <= 0:
                    begun = pacer.begin()
                    self.time += seconds
                    pacer.end(begun, answer)
                    return begun.moment
            self.sleep(left)
