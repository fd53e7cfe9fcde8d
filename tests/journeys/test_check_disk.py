"""A full disk, a quota, a damaged database, two runs at once, a key that is gone: told, and gone on with."""

import random
import re
import sys

import pytest

from certcheck.registry.replica.server import Replica
from commands.root import run
from tests.journeys.check_support import (
    asking,
    check,
    outcomes,
    people,
    person,
    program,
    reports,
    roster,
)  # fmt: skip

FULL = """
import sys
import sqlalchemy as sa
from commands import settings
from commands.root import run
pages = int(sys.argv.pop(1))
@sa.event.listens_for(sa.Engine, "engine_connect")
def limited(connection):
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    connection.rollback()
sys.exit(run(sys.argv[1:]))
"""
QUOTA = """
import resource, sys
from commands import settings
from commands.root import run
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sys.exit(run(sys.argv[1:]))
"""


def told_once(process):
    """Give the exit code and the last sentence of a process that was to fail; it must not have been a traceback."""
    _, err = process.communicate(timeout=120)
    lines = [line for line in err.decode().splitlines() if not line.startswith("核验 ")]
    assert len(lines) == 1, lines
    return process.returncode, lines[0]


@pytest.mark.parametrize(
    ("code", "limit", "words"),
    [
        (FULL, 20, "磁盘已满.*全部保留"),
        pytest.param(
            QUOTA, 250_000, "已满|配额",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="limits of a process"),
        ),
    ],
    ids=["disk", "quota"],
)  # fmt: skip
def test_full_in_the_middle(here, code, limit, words):
    """Exit 4 and one sentence; with space again it goes on, and asks nothing again that was written."""
    listed = roster(here, 40)
    with Replica(people(*range(40))) as replica:
        check(listed, "--out", "whole", *asking(here, replica))
    with Replica(people(*range(40))) as replica:
        start = ["check", listed, "--out", here / "o", *asking(here, replica)]
        ended, told = told_once(program(here / "home2", limit, *start, code=code))
        assert ended == 4
        assert re.search(words, told), told
        assert not (here / "o" / "summary.json").exists()
        assert 5 < replica.queries < 40
        assert told_once(program(here / "home2", limit, "check", "--resume", here / "o", code=code)) == (
            4,
            told,
        )
        ended = program(here / "home2", "check", "--resume", here / "o")
        ended.communicate(timeout=120)
        assert ended.returncode == 0
        assert replica.queries <= 40 + 2  # the two whose answers found no space
    assert reports(here / "o") == reports(here / "whole")


@pytest.fixture(autouse=True)
def home2(here):
    (here / "home2").mkdir()


def test_full_before_it_begins(here):
    """No space for the first table: nothing is asked."""
    with Replica(people(0)) as replica:
        start = ["check", roster(here, 1), "--out", here / "o", *asking(here, replica)]
        code, told = told_once(program(here / "home2", 2, *start, code=FULL))
        assert (code, "磁盘已满" in told) == (4, True)
        assert replica.queries == 0


def test_damaged_databases(here, capsys):
    """Cut off or overwritten at random: a sentence, or a whole run; never anything unforeseen."""
    dice = random.Random(7)  # noqa: S311 - no secret
    file = here / "home" / "zhengkao.sqlite"
    with Replica(people(0, 1, 2)) as replica:
        check(roster(here, 4), "--out", "o", *asking(here, replica))
        content = file.read_bytes()
        codes = set()
        for nth in range(32):
            place = dice.randrange(len(content))
            spoilt = dice.randbytes(dice.choice([1, 8, 400]))
            rest = b"" if nth % 4 == 0 else spoilt + content[place + len(spoilt) :]
            file.write_bytes(content[:place] + rest)
            for log in ("-wal", "-shm"):
                file.with_name(file.name + log).unlink(missing_ok=True)
            codes.add(check("--resume", here / "o"))
    err = capsys.readouterr().err
    assert 4 in codes
    assert codes <= {1, 2, 4}
    assert "未预料" not in err
    assert not any(part in err for part in person(0))


def test_a_key_that_is_gone(here, capsys):
    """Exit 4, one sentence that names the file; with the file back it goes on."""
    with Replica(people(0)) as replica:
        check(roster(here, 1), "--out", "o", *asking(here, replica))
        (here / "home" / "keys").rename(here / "home" / "moved")
        for arguments in (["check", "--resume", "o"], ["purge", "--yes"], ["key", "rotate", "--yes"]):
            assert run(arguments) == 4
            assert re.search("找不到这个数据库的密钥文件.*\\.key", capsys.readouterr().err)
        (here / "home" / "moved").rename(here / "home" / "keys")
        assert check("--resume", "o") == 0
        (key,) = (here / "home" / "keys").iterdir()
        key.write_bytes(bytes(32))
        assert check("--resume", "o") == 4
        assert "不是这个数据库的密钥" in capsys.readouterr().err


def test_two_runs_at_once_on_a_new_database(here):
    """Both make the database, ask, and end well; each time anew."""
    with Replica(people(*range(4))) as replica:
        listed = roster(here, 4)
        for nth in range(4):
            home = here / f"new{nth}"
            home.mkdir()
            both = [
                program(
                    home, "check", listed, "--out", here / f"o{nth}{name}", *asking(here, replica, max_age=7)
                )
                for name in "ab"
            ]
            for process in both:
                _, err = process.communicate(timeout=120)
                assert process.returncode == 0, err.decode()
            for name in "ab":
                assert {one["registry"]["answer"] for one in outcomes(here / f"o{nth}{name}")} == {"found"}
