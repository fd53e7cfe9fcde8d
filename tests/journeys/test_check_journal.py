"""The journal under the whole program: only ever added to, and the same on a server."""

import re
import signal

import pytest
import sqlalchemy as sa

from certcheck.registry.replica.faults import parse_faults
from certcheck.registry.replica.server import Replica
from commands.root import run
from tests.journeys.check_support import asking, check, people, person, program, reports, roster
from tests.journeys.test_check_kill import DIES
from tests.postgres import new_database, server


def test_only_ever_added_to(here):
    """No statement of a run, a resumed one, or one that uses older answers, changes or deletes a row.

    Turns of the asking are noted beside the journal, and their ends are noted later.
    """
    said = []

    def hear(_connection, _cursor, statement, *_):
        said.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    try:
        with Replica(people(0, 1), faults=parse_faults("frequent@2,empty@3")) as replica:
            check(roster(here, 3), "--out", "o", *asking(here, replica))
            check("--resume", "o")
            check(roster(here, 3), "--out", "p", *asking(here, replica, max_age=7))
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)
    added = [one for one in said if one.startswith("INSERT INTO journal_exchanges")]
    assert len(added) > 4
    assert [
        one for one in said if re.match(r"\s*(UPDATE(?! turns )|DELETE|DROP|REPLACE|ALTER|TRUNCATE)\b", one)
    ] == []


@pytest.fixture(scope="module")
def postgres():
    with server() as folder:
        yield folder


def test_on_a_server(here, postgres, capsys):
    """Killed, resumed, used again, the key changed, purged; the reports are those of a run on a file."""
    db = ["--db", new_database(postgres, "whole")]
    with Replica(people(0, 1)) as replica:
        check(roster(here, 3), "--out", "file", *asking(here, replica))
        needed = replica.queries
    with Replica(people(0, 1)) as replica:
        start = ["check", roster(here, 3), "--out", here / "o", *asking(here, replica), *db]
        kills = 0
        while program_ended(here, start) == -signal.SIGKILL:
            kills += 1
            start = ["check", "--resume", here / "o", *db]
        assert (kills, replica.queries) == (2, needed)
        assert reports(here / "o") == reports(here / "file")
        assert check(roster(here, 3), "--out", "p", *asking(here, replica, max_age=7), *db) == 1
        assert replica.queries == needed
        assert run(["key", "rotate", "--yes", *db]) == 0
        assert check("--resume", "p", *db) == 1
        assert run(["purge", "--run", "p", "--yes", *db]) == 0
        assert check("--resume", "p", *db) == 2
        assert check("--resume", "o", *db) == 1
        assert replica.queries == needed
    out, err = capsys.readouterr()
    assert not any(part in out + err for part in person(0))


def program_ended(here, start):
    process = program(here / "home", "after journal write", 2, *start, code=DIES)
    process.communicate(timeout=60)
    return process.returncode
