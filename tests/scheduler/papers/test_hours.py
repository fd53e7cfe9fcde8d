"""Hours of practical batches on paper; why: who reads two times comes at the wrong one."""

from dataclasses import replace

import pytest

from scheduler.papers.facts import read_facts
from scheduler.papers.people import People
from scheduler.papers.tickets import tickets
from scheduler.papers.words import untimed
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import drawn


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("drawn") / "exam")


def facts_of(folder, *, stations=None, minutes=60):
    """Give the facts with so many stations at every item, and batches of so many minutes."""
    facts = read_facts(folder)
    seating = facts.plan["seating"]
    items = sorted({group["item"] for group in facts.plan["groups"]})
    stated = [
        {"session": number, "item": item, "stations": stations}
        for number in range(len(facts.plan["sessions"]))
        for item in items
        if stations
    ]
    times = seating["times"] | {"practical_minutes": minutes}
    return replace(facts, plan={**facts.plan, "seating": {**seating, "stations": stated, "times": times}})


def fields(facts, folder):
    """Give the fields of each ticket by trainee."""
    (part,) = tickets(facts, People(facts, read_batch(folder / "batch"), show_id=False))
    listed = [dict(one["fields"]) for one in part.content["tickets"]]
    return {one["准考证号"]: one for one in listed}


def test_no_paper_states_a_time_after_midnight(folder):
    """Batches of 600 minutes from 09:00 and 14:30: the first ends at 19:00 and at 24:30, who sit both from 11:00 at 21:00."""
    facts = facts_of(folder, minutes=600)
    late = [name for name, one in facts.times.items() if one.practical and one.practical[1] > 24 * 60]
    assert late
    for name, told in fields(facts, folder).items():
        assert ("时间另行通知" in "".join(told.values())) == (name in late)
        assert not [hour for hour in range(24, 60) if f"{hour}:" in "".join(told.values())]
    (note,) = untimed(facts)
    assert note.startswith(f"{len(late)} 人的实操分批排到了当天 24:00 以后")
    assert untimed(facts_of(folder)) == []
