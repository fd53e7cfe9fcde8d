"""What tests of the client share: questions, a real journal, an asker that reads the replica's pictures."""

import datetime as dt
import itertools
import json
import secrets
import time
from contextlib import contextmanager

from certcheck.journal import Journal
from certcheck.model import Question
from certcheck.registry.first_generation import FirstGenerationSite
from certcheck.registry.interface import Challenge, Exchange
from certcheck.registry.lookup import LookUp
from certcheck.registry.manners import Manners
from certcheck.registry.pacing import Halt, Pacer, uneven
from certcheck.registry.reading import read_exchange
from certcheck.registry.replica.server import Replica
from certcheck.registry.site import Bounds, Connection, QuerySite
from certcheck.registry.turns import Turns
from certcheck.registry.vocabulary import load_vocabulary
from certcheck.store.opening import Keys, Store
from common.catalogue import Kind
from common.database import open_engine, sqlite_url
from common.keys import KeyFolder
from tests.certcheck.registry.replica_support import PEOPLE, answer_in

VOCABULARY = load_vocabulary()
KEY = b"k" * 32  # of version 0
START = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
EVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def now():
    return dt.datetime.now(dt.UTC)


def question(person, kind=Kind.SPECIAL):
    return Question(*person, kind)


def read(exchange, asked):
    return read_exchange(exchange, asked, VOCABULARY)


def exchange(content, status=200, error="", started_at=None):
    """An exchange as it would stand in the journal; ``content`` is JSON unless it is bytes already."""
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return Exchange((started_at or START).isoformat(), "/query", status, (), body, error)


NOTHING = {"code": 200, "msg": "没有查询到相关证件信息，请核实后重新查询或联系发证机关补登信息！", "data": []}
REFUSED = {"code": 500, "msg": "请求过于频繁"}
WRONG = {"code": 500, "msg": "验证码错误"}


def found(person, **change):
    row = {
        "name": person[0], "idcardNum": person[1], "operItemName": "低压电工作业",
        "jobCategoryName": "电工作业", "certNum": f"T{person[1]}", "validEndDate": "2027-04-30",
    }  # fmt: skip
    return {"code": 200, "msg": "查询成功", "data": [row | change]}


class Standin:
    """Reads the answer that the replica wrote into its picture, and counts pictures."""

    def __init__(self):
        self.asked = 0

    def ask(self, image):
        self.asked += 1
        return answer_in(image)


class Absent:
    """Nobody is there after so many pictures."""

    def __init__(self, pictures=0):
        self.left = pictures

    def ask(self, image):
        self.left -= 1
        return "1234" if self.left >= 0 else None


class Scripted:
    """A site that gives the answers it was told, in order, and then repeats the last."""

    host = "127.0.0.1:1"
    kinds = frozenset({Kind.SPECIAL, Kind.SAFETY})

    def __init__(self, *answers, challenges=None):
        self.answers, self.queries = list(answers), 0
        self.challenges = challenges
        self.times = (START + dt.timedelta(seconds=count) for count in itertools.count())

    def challenge(self):
        return self.challenges or Challenge(b"picture", "token")

    def query(self, asked, challenge, answer):
        self.queries += 1
        content = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(content, Exchange):
            return content
        return exchange(content, started_at=next(self.times))


class Desk:
    """A real database in a folder: its journal, and what asks through it."""

    def __init__(self, engine, folder):
        self.engine, self.folder = engine, folder
        self.journal = Journal(store_of(engine, folder), read)

    def look_up(self, site, asker=None, run="run", not_before=NEVER, **manners):
        manners = Manners(**{"gap": 0.0, "abandoned": 0.0} | manners)
        halt = Halt()
        one = pacer(self.engine, site.host, manners, halt, run)
        return LookUp(
            site, asker or Standin(), self.journal, one, manners, read, run, not_before, halt, time.monotonic
        )  # fmt: skip

    def ask(self, site, *questions, **options):
        """Ask in one run; gives the answers in order and why it stopped."""
        answers, stopped = self.look_up(site, **options).ask_all(questions, lambda *_: None)
        return [answers.get(one) for one in questions], stopped

    def answer(self, site, asked, **options):
        (answer,), stopped = self.ask(site, asked, **options)
        assert not stopped
        return answer


def turns(engine, host, halt=None, patience=20.0, wall=time.time):
    sleep = (halt or Halt()).sleep
    return Turns(engine, host, wall=wall, monotonic=time.monotonic, sleep=sleep, patience=patience)


def pacer(engine, host, manners, halt, seed="seed", tell=lambda _: None):
    return Pacer(
        manners, turns(engine, host, halt),
        now=now, monotonic=time.monotonic, sleep=halt.sleep, jitter=uneven(seed), tell=tell,
    )  # fmt: skip


@contextmanager
def database(folder, url=None):
    engine = open_engine(url or sqlite_url(folder / "journal.sqlite"))
    try:
        yield engine
    finally:
        engine.dispose()


def store_of(engine, folder):
    """An open database as the journal's, its keys in a folder."""
    return Store(engine, Keys(KeyFolder(folder / "keys"), secrets.token_bytes, lambda: KEY))


@contextmanager
def store_in(folder, url=None):
    """A database of the journal in a folder, its keys beside it."""
    with database(folder, url) as engine:
        yield store_of(engine, folder)


@contextmanager
def journal_in(folder):
    with store_in(folder) as store:
        yield Journal(store, read)


@contextmanager
def desk_in(folder):
    with database(folder) as engine:
        yield Desk(engine, folder)


def client(address, *, first=False, bounds=None, **options):
    """A client of an address, of generation 2 or 1."""
    connection = Connection(
        address, now=now, user_agent="test", bounds=bounds or Bounds(2, 0.4, 2_000_000),
        keep_cookies=not first, **options,
    )  # fmt: skip
    return FirstGenerationSite(connection, now) if first else QuerySite(connection)


def bounds_for(fault):
    """Short ones for faults that are about time, long ones for all others: that a machine is busy is none of them."""
    return None if fault in ("slow", "timeout") else Bounds(10, 10, 2_000_000)


@contextmanager
def site_of(bounds=None, *, first=False, **options):
    """A client of a replica of the invented people, and that replica."""
    with Replica(PEOPLE, **options) as replica:
        site = client(replica.url, first=first, bounds=bounds)
        try:
            yield site, replica
        finally:
            site.close()
