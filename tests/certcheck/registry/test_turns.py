"""The lock between processes, on real SQLite files and, where there is one, a real PostgreSQL server."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import sqlalchemy as sa

from certcheck.registry.interface import RegistryStopError
from certcheck.registry.turns import Turns
from common.database import open_engine, sqlite_url
from common.errors import InputError, ZhengkaoError
from tests.certcheck.registry import turn_holder
from tests.journeys.check_support import environment
from tests.postgres import new_database, server

HOST = "cx.example.invalid"


@pytest.fixture(scope="module")
def postgres_url():
    with server() as folder:
        yield new_database(folder, "turns")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    if request.param == "postgres":
        return request.getfixturevalue("postgres_url")
    return str(sqlite_url(tmp_path / "turns.sqlite"))


@pytest.fixture
def engine(url):
    engine = open_engine(url)
    yield engine
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE IF EXISTS turns"))
    engine.dispose()


def turns(engine, host=HOST, patience=20.0):
    return Turns(engine, host, wall=time.time, monotonic=time.monotonic, sleep=time.sleep, patience=patience)


def holder(url, folder, name, count, seconds):
    return subprocess.Popen(
        [sys.executable, turn_holder.__file__, url, HOST, str(folder / name), str(count), str(seconds)],
        env=environment(folder),
    )


def test_processes_take_turns(engine, url, tmp_path):
    """Three processes and this one on one database: no two turns overlap, every one is counted."""
    one = turns(engine)
    processes = [holder(url, tmp_path, f"{nth}.log", 12, 0.01) for nth in range(3)]
    held = []
    for _ in range(12):
        with one.alone():
            begun = time.monotonic()
            one.start()
            time.sleep(0.01)
            held.append((begun, time.monotonic()))
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    for path in tmp_path.glob("*.log"):
        held += [tuple(map(float, line.split())) for line in path.read_text(encoding="utf-8").splitlines()]
    held.sort()
    assert len(held) == 48
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(held))
    assert one.count_since(0.0) == 48
    assert one.count_since(time.time() + 60) == 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_a_killed_holder_lets_go_at_once(engine, url, tmp_path):
    """No lease has to run out; its start stands, and that it never ended."""
    one = turns(engine)
    process = holder(url, tmp_path, "a.log", 1, 60)
    while not (tmp_path / "a.held").exists():
        time.sleep(0.02)
    with pytest.raises(RegistryStopError, match="另一个核验"), turns(engine, patience=0.2).alone():
        pass
    process.kill()
    process.wait(20)
    killed = time.monotonic()
    with one.alone():
        assert time.monotonic() - killed < 2
        latest = one.latest()
        assert latest.under_way
        assert 0 <= latest.age < 20


def test_threads_take_turns_too(engine):
    one, two = turns(engine), turns(engine)
    inside = threading.Event()

    def hold():
        with two.alone():
            inside.set()
            time.sleep(0.3)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait(10)
    begun = time.monotonic()
    with one.alone():
        assert time.monotonic() - begun > 0.2
    thread.join()


def test_hosts_are_apart_and_journal_is_free(engine):
    """Holding one host keeps nobody from another, nor from writing into the database."""
    with turns(engine).alone():
        other = turns(engine, "other.example.invalid", patience=0.5)
        with other.alone():
            number = other.start()
            other.end(number, 0.5, 7.0)
        assert turns(engine).latest() is None
        latest = other.latest()
        assert (latest.number, latest.pause, latest.under_way) == (number, 7.0, False)
        assert 0.5 <= latest.age < 5


def test_lock_is_let_go_after_an_error(engine):
    one = turns(engine, patience=0.5)
    with pytest.raises(MemoryError), one.alone():
        raise MemoryError
    with one.alone():
        pass


def test_database_that_cannot_keep_turns(tmp_path):
    memory = open_engine("sqlite://")
    with pytest.raises(InputError, match="--db"):
        turns(memory)
    memory.dispose()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written(tmp_path):
    engine = open_engine(sqlite_url(tmp_path / "turns.sqlite"))
    one = turns(engine)
    tmp_path.chmod(0o500)
    with pytest.raises(ZhengkaoError, match="轮候"), one.alone():
        pass
    tmp_path.chmod(0o700)
    engine.dispose()


def test_lock_file_that_is_a_folder(tmp_path):
    """Whatever stands in its place, one sentence says so."""
    engine = open_engine(sqlite_url(tmp_path / "turns.sqlite"))
    one = turns(engine)
    with one.alone():
        pass
    (lock,) = tmp_path.glob("turns.sqlite-turn-*")
    lock.unlink()
    lock.mkdir()
    with pytest.raises(ZhengkaoError, match="轮候"), one.alone():
        pass
    engine.dispose()
