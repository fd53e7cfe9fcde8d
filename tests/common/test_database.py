"""Databases: private, written through, refused in one sentence, opened by many at once, scrubbed."""

import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from common.database import installation_key, make_tables, open_engine, scrub, sqlite_url, writing
from common.errors import InputError, ZhengkaoError

ROOT = Path(__file__).resolve().parents[2]
META = sa.MetaData()
NOTES = sa.Table("notes", META, sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))


@pytest.fixture
def engine(tmp_path):
    engine = open_engine(sqlite_url(tmp_path / "x.sqlite"))
    yield engine
    engine.dispose()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_any_sqlite_file_is_private_and_any_path_is_taken(tmp_path):
    path = tmp_path / "a?b#c%20 库.sqlite"
    for address, file in (
        (sqlite_url(path), path),
        (f"sqlite:///{tmp_path}/named.db", tmp_path / "named.db"),
    ):
        engine = open_engine(address)
        with engine.begin() as connection:
            connection.execute(sa.text("create table t (a int)"))
        engine.dispose()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "address", ["nonsense", "foo://x", "mysql://u:secret@h/x", "", "oracle+nothing://u:secret@h"]
)
def test_addresses_that_are_none(address):
    with pytest.raises(InputError, match="--db") as raised:
        open_engine(address)
    assert "secret" not in str(raised.value)


def test_everything_is_written_through(engine):
    with engine.connect() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("fullfsync", 1),
            ("secure_delete", 1),
        ):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def refused(engine, words):
    with pytest.raises(ZhengkaoError, match=f"^数据库无法使用：.*{words}.*。$") as raised:
        make_tables(engine, META)
    assert raised.value.exit_code == 4
    engine.dispose()


def test_a_database_that_cannot_be_used(tmp_path):
    """No file there, a folder, or no database in it: one sentence each, and no value in it."""
    (tmp_path / "text.db").write_text("仿真" * 1000, encoding="utf-8")
    for path, words in (("missing/x.db", "打不开"), ("text.db", "不是数据库"), ("", "打不开")):
        refused(open_engine(f"sqlite:///{tmp_path}/{path}"), words)


def test_a_full_disk(engine):
    """Told; what was committed before stays, and goes on once there is space."""
    make_tables(engine, META)
    with engine.begin() as connection:
        connection.execute(NOTES.insert().values(text="before"))
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # of the pages there are, none more
    with pytest.raises(ZhengkaoError, match=r"磁盘已满.*全部保留") as raised, engine.begin() as connection:
        connection.execute(NOTES.insert().values(text="仿真" * 10_000))
    assert "仿真" not in str(raised.value)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=100000")
        connection.execute(NOTES.insert().values(text="仿真" * 10_000))
        assert connection.scalar(sa.select(sa.func.count()).select_from(NOTES)) == 2


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_truncated_file(tmp_path, kept):
    path = tmp_path / "x.sqlite"
    engine = open_engine(sqlite_url(path))
    make_tables(engine, META)
    with engine.begin() as connection:
        connection.execute(NOTES.insert(), [{"text": "a" * 3000} for _ in range(40)])
    engine.dispose()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    engine = open_engine(sqlite_url(path))
    with pytest.raises(ZhengkaoError, match="损坏"), engine.connect() as connection:
        connection.execute(sa.select(NOTES)).all()
    engine.dispose()


def test_a_database_in_use(tmp_path, engine):
    make_tables(engine, META)
    other = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
        with pytest.raises(ZhengkaoError, match="被另一个程序占用"):
            connection.execute(NOTES.insert().values(text="x"))
    other.close()


def test_reading_and_then_writing_lets_nobody_in_between(tmp_path, engine):
    """Four threads count one number up; none of the counts is lost, none is refused."""
    make_tables(engine, META)
    with engine.begin() as connection:
        connection.execute(NOTES.insert().values(id=1, text="0"))

    def count():
        for _ in range(25):
            with writing(engine) as connection:
                before = int(connection.scalar(sa.select(NOTES.c.text)))
                connection.execute(NOTES.update().values(text=str(before + 1)))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert connection.scalar(sa.select(NOTES.c.text)) == "100"


AT_ONCE = """
import sys, time
import sqlalchemy as sa
from common.database import make_tables, open_engine
meta = sa.MetaData()
notes = sa.Table("notes", meta, sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))
print("ready", flush=True)
for address in sys.stdin:
    engine = open_engine(address.strip())
    make_tables(engine, meta)
    with engine.begin() as connection:
        connection.execute(notes.insert().values(text="x"))
    engine.dispose()
    print("done", flush=True)
"""


def test_many_processes_open_a_new_database_at_once(tmp_path):
    """The log is switched on once, the tables are made once, and nobody is told anything."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for nth in range(25):
        for process in processes:
            process.stdin.write(f"sqlite:///{tmp_path}/{nth}.db\n")
            process.stdin.flush()
        said = [process.stdout.readline() for process in processes]
        assert said == ["done\n"] * 4, [process.communicate()[1] for process in processes]
        with sqlite3.connect(tmp_path / f"{nth}.db") as check:
            assert check.execute("select count(*) from notes").fetchone() == (4,)
        check.close()
    for process in processes:
        process.communicate(timeout=30)
        assert process.returncode == 0


def left_in_files(folder, word):
    return [path.name for path in folder.iterdir() if word in path.read_bytes()]


def test_scrubbed_of_what_was_deleted(tmp_path, engine):
    """Neither the file nor its log holds it, even while the database stays open."""
    make_tables(engine, META)
    with engine.begin() as connection:
        connection.execute(NOTES.insert(), [{"text": f"planted {nth}" + "x" * 2000} for nth in range(50)])
    assert left_in_files(tmp_path, b"planted")
    with engine.begin() as connection:
        connection.execute(NOTES.delete().where(NOTES.c.id > 1))
        connection.execute(NOTES.update().values(text="y"))
    scrub(engine, META)
    assert left_in_files(tmp_path, b"planted") == []
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_scrubbed_of_what_others_deleted(tmp_path, engine):
    """A program that does not overwrite what it deletes leaves it on free pages."""
    make_tables(engine, META)
    other = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    other.execute("PRAGMA secure_delete=OFF")
    other.executemany(
        "INSERT INTO notes (text) VALUES (?)", [(f"planted {nth}" + "x" * 2000,) for nth in range(50)]
    )
    other.execute("DELETE FROM notes")
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    other.close()
    assert left_in_files(tmp_path, b"planted") == ["x.sqlite"]
    scrub(engine, META)
    assert left_in_files(tmp_path, b"planted") == []


def test_scrubbing_waits_for_readers_only_so_long(tmp_path, engine):
    make_tables(engine, META)
    reader = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("select * from notes").fetchall()
    with engine.begin() as connection:
        connection.execute(NOTES.insert().values(text="x"))
    with pytest.raises(ZhengkaoError, match="被另一个程序占用"):
        scrub(engine, META, patience=50)
    reader.close()
    scrub(engine, META, patience=50)


def test_installation_key(tmp_path):
    """Made once, 32 bytes, the owner's alone; a spoilt one is told, not replaced."""
    key = installation_key(tmp_path)
    assert (len(key), installation_key(tmp_path)) == (32, key)
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "installation.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["installation.key"]
    (tmp_path / "installation.key").write_bytes(b"short")
    with pytest.raises(ZhengkaoError, match="32"):
        installation_key(tmp_path)
