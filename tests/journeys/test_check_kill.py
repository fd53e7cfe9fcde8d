"""Killed at any moment, a run goes on to the same end and asks nothing twice."""

import random
import signal
import time

import pytest

from certcheck.registry.replica.faults import parse_faults
from certcheck.registry.replica.server import Replica
from tests.journeys.check_support import asking, check, people, program, queries, reports, roster, rules

DIES = """
import os, signal, sys
from certcheck import journal, pipeline
from certcheck.registry import desk, lookup, site, turns
from commands import checking
from commands.root import run
place, left = sys.argv.pop(1), [int(sys.argv.pop(1))]
def dying(owner, name, when):
    does = getattr(owner, name)
    def instead(*arguments, **named):
        if when == "after":
            done = does(*arguments, **named)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return done if when == "after" else does(*arguments, **named)
    setattr(owner, name, instead)
if place != "nowhere":
    when, owner, name = place.split()
    owner = {"journal": journal.Journal, "turns": turns.Turns, "site": site.QuerySite, "desk": desk.Desk,
             "lookup": lookup.LookUp, "checking": checking}[owner]
    dying(owner, name, when)
sys.exit(run(sys.argv[1:]))
"""
WRITES = [
    "after journal start_run",  # the run is known, nothing else
    "before turns start",  # the captcha is typed
    "after turns start",  # the query is about to leave
    "after site query",  # the answer has come and is lost: the one place where a question is put again
    "before journal write",
    "after journal write",  # the answer is kept, nobody has read it
    "after turns end",
    "before lookup _ask",
    "after lookup _ask",
    "after lookup ask_all",  # everything is answered, nothing is reported
    "after checking write_reports",
]
LOST = {"after site query", "before journal write"}


def ended(process):
    """Wait for the end and give the exit code."""
    process.communicate(timeout=60)
    return process.returncode


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_kill_between_write_and_judge(here):
    """Killed after each third written answer: the end is the same, and nothing answered is asked again."""
    people_on_record = people(*range(6))
    with Replica(people_on_record) as replica:
        check(roster(here, 8), "--out", "whole", *asking(here, replica))
        whole = replica.queries
    kills = 0
    with Replica(people_on_record, audit=here / "a.jsonl") as replica:
        hurry = rules(here, abandoned_seconds=0)  # a site that answers at once is not asked twice at a time
        start = ["check", roster(here, 8), "--out", here / "o", *asking(here, replica, "--rules", hurry)]
        while ended(program(here / "home", "after journal write", 3, *start, code=DIES)) == -signal.SIGKILL:
            kills += 1
            start = ["check", "--resume", ("latest", here / "o")[kills % 2]]
    assert kills == 3
    log = queries(here / "a.jsonl")
    assert len(log) == whole == 6 + 2 * 2
    assert reports(here / "o") == reports(here / "whole")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_kill_at_every_write(here):
    """One run, killed once at every place where something is written: the same end, and only what was lost is put again."""
    with Replica(people(*range(5))) as replica:
        check(roster(here, 7), "--out", "whole", *asking(here, replica))
    with Replica(people(*range(5)), audit=here / "a.jsonl") as replica:
        hurry = rules(here, abandoned_seconds=0)
        start = ["check", roster(here, 7), "--out", here / "o", *asking(here, replica, "--rules", hurry)]
        for place in WRITES:
            assert ended(program(here / "home", place, 1, *start, code=DIES)) == -signal.SIGKILL, place
            start = ["check", "--resume", "latest"]
        assert ended(program(here / "home", "nowhere", 1, *start, code=DIES)) == 1
    log = queries(here / "a.jsonl")
    assert len(log) == 5 + 2 * 2 + len(LOST)
    assert {line["concurrent"] for line in log} == {1}
    found = [line["person"] for line in log if line["outcome"] == "found"]
    assert len(found) - len(set(found)) <= len(LOST)
    assert reports(here / "o") == reports(here / "whole")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_kill_at_any_moment(here):
    """Killed anywhere; at most the question under way is put again."""
    dice = random.Random(5)  # noqa: S311 - no secret
    with Replica(people(*range(6))) as replica:
        check(roster(here, 8), "--out", "whole", *asking(here, replica))
    kills = 0
    with Replica(people(*range(6)), audit=here / "a.jsonl") as replica:
        while True:
            known = (here / "o" / "run.txt").exists()
            start = (
                ["--resume", "latest"]
                if known
                else [roster(here, 8), "--out", here / "o", *asking(here, replica)]
            )
            process = program(here / "home", "check", *start)
            if kills < 4:
                time.sleep(0.5 + dice.random() * 0.9)
                process.kill()
            if ended(process) != -signal.SIGKILL:
                break
            kills += 1
    assert len(queries(here / "a.jsonl")) <= 10 + kills
    assert reports(here / "o") == reports(here / "whole")


def test_replica_on_another_port(here):
    """A run goes on at the replica's new address without asking again what it knows."""
    with Replica(
        people(0, 1, 2), faults=parse_faults("frequent@2,frequent@3,frequent@4,frequent@5,frequent@6")
    ) as one:
        assert check(roster(here, 3), "--out", "o", *asking(here, one)) == 3
    with Replica(people(0, 1, 2)) as two:
        assert check("--resume", "latest", "--registry", two.url) == 0
        assert two.queries == 2
