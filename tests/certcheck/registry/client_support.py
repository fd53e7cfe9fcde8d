"""What tests of the client share: questions, a real journal, an asker that reads the replica's pictures."""

import datetime as dt
import itertools
import json
import secrets
import time
from contextlib import contextmanager

from certcheck.journal import Journal
from certcheck.model import Question
from certcheck.registry.interface import Challenge, Exchange
from certcheck.registry.lookup import LookUp
from certcheck.registry.pacing import Pacer
from certcheck.registry.pages import load_vocabulary, read_answer
from certcheck.registry.replica.server import Replica
from certcheck.registry.site import Bounds, QuerySite
from certcheck.store.opening import Keys, Store
from common.catalogue import Kind
from common.database import open_engine, sqlite_url
from common.keys import KeyFolder
from tests.certcheck.registry.replica_support import PEOPLE, answer_in

VOCABULARY = load_vocabulary()
KEY = b"k" * 32  # of version 0
START = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def now():
    return dt.datetime.now(dt.UTC)


def question(person, kind=Kind.SPECIAL):
    return Question(*person, kind)


def read(exchange, asked):
    return read_answer(exchange, asked, VOCABULARY)


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


@contextmanager
def journal_in(folder):
    with store_in(folder) as store:
        yield Journal(store, read)


@contextmanager
def store_in(folder, url=None):
    """A database of the journal in a folder, its keys beside it."""
    engine = open_engine(url or sqlite_url(folder / "journal.sqlite"))
    try:
        yield store_of(engine, folder)
    finally:
        engine.dispose()


def store_of(engine, folder):
    """An open database as the journal's, its keys in a folder."""
    return Store(engine, Keys(KeyFolder(folder / "keys"), secrets.token_bytes, lambda: KEY))


def pacer(gap=0.0, refusals=5):
    return Pacer(gap, refusals, monotonic=time.monotonic, sleep=time.sleep)


def look_up(site, journal, asker=None, run="run", not_before=NEVER, **options):
    return LookUp(site, asker or Standin(), journal, pacer(**options), read, run, not_before, 5)


@contextmanager
def site_of(bounds=None, **options):
    """A client of a replica of the invented people, and that replica."""
    with Replica(PEOPLE, **options) as replica:
        site = QuerySite(replica.url, now=now, user_agent="test", bounds=bounds or Bounds(2, 0.4, 2_000_000))
        try:
            yield site, replica
        finally:
            site.close()
