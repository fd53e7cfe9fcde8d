"""The same journal on a PostgreSQL server that several machines share."""

import itertools
import subprocess
import sys
import threading

import pytest

from certcheck.journal import Journal
from certcheck.store.purge import purge, runs_with_people
from certcheck.store.rotation import rotate
from common.database import open_engine
from common.errors import ZhengkaoError
from tests.certcheck.registry.client_support import NEVER, START, exchange, found, question, read, store_in
from tests.certcheck.registry.replica_support import LI, ZHANG
from tests.certcheck.store.crashes import ROOT
from tests.certcheck.store.operations import ALL, EVER, HOST, OPTIONS, answers_in, fill, left
from tests.journeys.check_support import person
from tests.postgres import new_database, server

NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def folder():
    with server() as folder:
        yield folder


@pytest.fixture
def url(folder):
    return new_database(folder, f"journal{next(NUMBERS)}")


def files_hold(folder, url, *words):
    """Whether any file of the server holds one of these words, once everything is written there."""
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
    engine.dispose()
    return bool(left(folder / "data", *words))


def test_a_run_and_another_that_uses_its_answers(tmp_path, folder, url):
    fill(tmp_path, url=url)
    with store_in(tmp_path, url) as store:
        assert answers_in(store) == ALL
        assert answers_in(store, "two", EVER) == ALL
        assert answers_in(store, "two") == ALL
        assert Journal(store, read).run_options("latest") == ("one", START, OPTIONS)
    assert not files_hold(folder, url, *(word.encode() for word in (*ZHANG, *LI)))


def test_rotation_and_purging(tmp_path, folder, url):
    fill(tmp_path, url=url)
    with store_in(tmp_path, url) as store:
        (before,) = (tmp_path / "keys").iterdir()
        assert rotate(store).rows == 5
        store.clean()
        assert not before.exists()
        assert answers_in(store) == ALL
        assert purge(store, [run.name for run in runs_with_people(store)]) == 4
        store.clean()
        assert answers_in(store) == [None] * 3


def test_a_new_key_while_others_write(tmp_path, url):
    """Four write while the key is changed five times: nothing is lost, nothing is sealed with a key that is gone."""
    fill(tmp_path, url=url)
    done = []

    def write(first):
        with store_in(tmp_path, url) as store:
            journal = Journal(store, read)
            for nth in range(first, first + 20):
                journal.write("one", HOST, question(person(nth)), exchange(found(person(nth))))
                assert journal.answer("one", HOST, question(person(nth)), NEVER)
                done.append(nth)

    threads = [threading.Thread(target=write, args=(100 * nth,)) for nth in range(1, 5)]
    for thread in threads:
        thread.start()
    with store_in(tmp_path, url) as store:
        for _ in range(5):
            rotate(store)
            store.clean()
        for thread in threads:
            thread.join()
        assert len(done) == 80
        for nth in done:
            assert Journal(store, read).answer("one", HOST, question(person(nth)), NEVER)


AT_ONCE = """
import sys
from pathlib import Path
from tests.certcheck.store.operations import ALL, answers_in, fill
from tests.certcheck.registry.client_support import store_in
sys.stdin.readline()
folder, url, run = sys.argv[1:]
fill(Path(folder), run, url)
with store_in(Path(folder), url) as store:
    assert answers_in(store, run) == ALL
"""


def test_many_open_a_new_one_at_once(tmp_path, url):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, str(tmp_path), url, f"run{number}"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(4)
    ]  # fmt: skip
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        assert process.communicate(timeout=60)[1] == ""
    assert len(list((tmp_path / "keys").iterdir())) == 1


@pytest.mark.parametrize("database", ["nowhere?host={folder}", "journal?host=/tmp/no-such-folder"])
def test_no_connection(tmp_path, folder, database):
    """One sentence, without what the address holds; no key is made for a database that is not there."""
    url = f"postgresql://zhengkao:secret@/{database.format(folder=folder)}"
    with (
        pytest.raises(ZhengkaoError, match="数据库无法使用：连接不上服务器") as raised,
        store_in(tmp_path, url),
    ):
        pass
    assert "secret" not in str(raised.value)
    assert not (tmp_path / "keys").exists()


def test_what_a_server_refuses(tmp_path, url):
    """A lock that is held, and a user who may only read."""
    fill(tmp_path, url=url)
    with store_in(tmp_path, url) as store, store_in(tmp_path, url) as other:
        with store.writing(alone=True), other.engine.connect() as connection:
            connection.exec_driver_sql("SET lock_timeout = 50")
            with pytest.raises(ZhengkaoError, match="被另一个程序占用"):
                other.state(connection)
        with other.engine.connect() as connection:
            connection.exec_driver_sql("CREATE ROLE reader")
            connection.exec_driver_sql("SET ROLE reader")
            with pytest.raises(ZhengkaoError, match="没有权限"):
                other.state(connection)
