"""Opening: the key must be there and the right one, many may open at once, damage is told."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys

import pytest

from certcheck.journal import Journal
from certcheck.store.rotation import rotate
from common.errors import ZhengkaoError
from tests.certcheck.registry.client_support import exchange, found, question, read, store_in, turns
from tests.certcheck.registry.replica_support import LI, ZHANG
from tests.certcheck.store.crashes import ROOT
from tests.certcheck.store.operations import ALL, HOST, answers, answers_in, fill, left, opening


@pytest.fixture
def filled(tmp_path):
    fill(tmp_path)
    return tmp_path


def change(folder, statement, *values):
    with contextlib.closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        connection.execute(statement, values)
        connection.commit()


def test_nobody_stands_in_the_files(filled):
    """Names, numbers, and names of files with them: in no encoding; not even while the database is open."""
    words = [
        word.encode(code) for person in (ZHANG, LI) for word in person for code in ("utf-8", "utf-16-le")
    ]
    assert left(filled, *words, b"xlsx") == []
    with store_in(filled) as store:
        answers_in(store)
        assert left(filled, *words, b"xlsx") == []


def test_missing_key(filled):
    """Told with the place where it should be; nothing is made anew in its stead."""
    shutil.move(filled / "keys", filled / "elsewhere")
    with pytest.raises(ZhengkaoError, match="找不到这个数据库的密钥文件"):
        opening(filled)
    assert not (filled / "keys").exists()
    shutil.move(filled / "elsewhere", filled / "keys")
    assert answers(filled) == ALL


def test_wrong_key(filled):
    (file,) = (filled / "keys").iterdir()
    file.write_bytes(bytes(32))
    with pytest.raises(ZhengkaoError, match="不是这个数据库的密钥"):
        opening(filled)


def test_newer_version(filled):
    change(filled, "UPDATE journal_state SET version = 2")
    with pytest.raises(ZhengkaoError, match="更新的版本"):
        opening(filled)


def test_a_state_that_is_gone(filled):
    change(filled, "DELETE FROM journal_state")
    with pytest.raises(ZhengkaoError, match="数据库不完整"):
        opening(filled)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_exchanges SET content = (SELECT content FROM journal_exchanges WHERE id = 2)",
        "UPDATE journal_exchanges SET content = substr(content, 1, 20)",
        "UPDATE journal_exchanges SET started_at = '2026-11-20T09:00:00+00:00'",
        "UPDATE journal_exchanges SET started_at = 'x'",
        "UPDATE journal_exchanges SET status = 500",
        "UPDATE journal_exchanges SET path = '/other'",
        "UPDATE journal_exchanges SET host = host || 'x'",
        "UPDATE journal_exchanges SET run = 'two'",
        "UPDATE journal_exchanges SET question = (SELECT question FROM journal_exchanges WHERE id = 1) WHERE id = 2",
    ],
)
def test_cells_that_were_moved_or_changed(filled, statement):
    """Whatever of a row is changed, and whatever cell is put into another row: found when it is read."""
    change(filled, statement)
    with pytest.raises(ZhengkaoError, match="解不开"):
        answers(filled)


def test_options_that_were_moved(filled):
    fill(filled, "two")
    change(filled, "UPDATE journal_runs SET options = (SELECT options FROM journal_runs WHERE name = 'one')")
    with store_in(filled) as store:
        assert Journal(store, read).run_options("one")
        with pytest.raises(ZhengkaoError, match="解不开"):
            Journal(store, read).run_options("two")


@pytest.mark.parametrize("nth", range(8))
def test_damaged_files(filled, tmp_path, nth):
    """Cut off or overwritten anywhere: it works, or it is told in a sentence; never anything else."""
    content = (filled / "journal.sqlite").read_bytes()
    place = len(content) * nth // 8
    told = []
    for damage in (
        content[:place],
        content[:place] + b"\xff" * 64 + content[place + 64 :],
        content[: place + 4096],
    ):
        (filled / "journal.sqlite").write_bytes(damage)
        for log in ("-wal", "-shm"):
            (filled / f"journal.sqlite{log}").unlink(missing_ok=True)
        try:
            with store_in(filled) as store:
                assert set(answers_in(store)) <= {"found", "not_found", None}
                Journal(store, read).run_options("latest")
                turns(store.engine, HOST).latest()
        except ZhengkaoError as error:
            told.append(str(error))
    assert told or nth in (0, 7)
    assert ZHANG[0] not in "".join(told)


def test_another_process_changes_the_key(filled):
    """Who has the database open goes on with the new key: nothing is sealed with the old one any more."""
    with store_in(filled) as one, store_in(filled) as other:
        assert answers_in(one) == ALL
        rotate(other)
        other.clean()
        assert answers_in(one) == ALL
        Journal(one, read).write("one", HOST, question(LI), exchange(found(LI)))
        assert answers_in(other) == ALL
    assert answers(filled) == ALL


AT_ONCE = """
import sys
from pathlib import Path
from tests.certcheck.store.operations import answers, fill
print("ready", flush=True)
for line in sys.stdin:
    folder, run = line.split()
    fill(Path(folder), run)
    print(answers(Path(folder), run), flush=True)
"""


def test_many_open_a_new_one_at_once(tmp_path):
    """Each writes a run of its own into one database with one key."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for nth in range(8):
        folder = tmp_path / str(nth)
        folder.mkdir()
        for number, process in enumerate(processes):
            process.stdin.write(f"{folder} run{number}\n")
            process.stdin.flush()
        said = [process.stdout.readline() for process in processes]
        assert said == [f"{ALL}\n"] * 3, [process.communicate()[1] for process in processes]
        assert len(list((folder / "keys").iterdir())) == 1
    for process in processes:
        process.communicate(timeout=30)
