"""The whole program, killed at every write point: it goes on to the same end, and asks nothing twice."""

import contextlib
import json
import os
import sqlite3
import sys

import certcheck.registry.site  # noqa: F401 - loaded once, before the forks
import commands.checking  # noqa: F401
from certcheck.registry.replica.server import Replica
from commands.root import run
from tests.certcheck.store.crashes import killed_everywhere, needs_fork
from tests.journeys.check_support import asking, check, people, reports, roster


def checking(folder):
    """Run the program as ``arguments.json`` in the folder says, in the folder."""
    os.chdir(folder)
    os.environ["ZHENGKAO_HOME"] = str(folder / "home")
    code = run(json.loads((folder / "arguments.json").read_text(encoding="utf-8")))
    if code not in (0, 1):
        sys.exit(f"ended with {code}")


def written(folder):
    """How many answers a database holds."""
    path = folder / "home" / "zhengkao.sqlite"
    if not path.exists():
        return 0
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            return connection.execute("SELECT count(*) FROM journal_exchanges").fetchone()[0]
        except sqlite3.OperationalError:  # killed before there were tables
            return 0


@needs_fork
def test_killed_at_every_write_point(here, monkeypatch):
    """Two on record, one is not: what was written is not asked again, all else is, and the reports are the same."""
    base = here / "base"
    (base / "home").mkdir(parents=True)
    with Replica(people(0, 1)) as replica:
        check(roster(here, 3), "--out", here / "whole", *asking(here, replica))
        needed = replica.queries
    with Replica(people(0, 1)) as replica:
        roster(base, 3)
        options = ["check", "名单.csv", "--out", "o", *map(str, asking(here, replica))]
        (base / "arguments.json").write_text(json.dumps(options), encoding="utf-8")
        folders = killed_everywhere(base, here / "k", f"{__name__}:checking")
        for folder in folders:
            monkeypatch.chdir(folder)
            monkeypatch.setenv("ZHENGKAO_HOME", str(folder / "home"))
            known, asked = written(folder), replica.queries
            go_on = ["--resume", "o"] if (folder / "o" / "run.txt").exists() else options[1:]
            assert check(*go_on) == 1, folder.name
            assert replica.queries - asked == needed - known, folder.name
            assert reports(folder / "o") == reports(here / "whole"), folder.name
    assert needed == 4
    assert len(folders) > 60
