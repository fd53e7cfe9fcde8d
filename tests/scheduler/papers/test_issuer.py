"""Who issues a paper stands on it; why: a paper at a door without a name of a body may be anybody's."""

from dataclasses import replace

import pytest

from scheduler.papers.facts import read_facts
from scheduler.papers.write import write_papers
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import drawn, text_of

ISSUER = "云州市安全生产资格考试中心"
ROOM_PAPERS = {"doors": "doors.pdf", "signin": "sign-in.pdf", "records": "room-records.pdf"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("drawn") / "exam")


def heading(facts, folder, out):
    """Give, of each paper, how often the line with issuer and exam stands on it, and on how many pages."""
    write_papers(facts, read_batch(folder / "batch"), out, tuple(ROOM_PAPERS))
    texts = [text_of(out / name) for name in ROOM_PAPERS.values()]
    return [
        (text.count(f"{ISSUER}　安全生产资格考试"), text.count("安全生产资格考试"), text.count("\f") + 1)
        for text in texts
    ]


def test_the_papers_of_a_room_name_the_issuer_on_every_page(folder, tmp_path):
    facts = read_facts(folder)
    notice = facts.plan["rules"]["notice"] | {"issuer": ISSUER}
    issued = replace(facts, plan={**facts.plan, "rules": {**facts.plan["rules"], "notice": notice}})
    assert all(named == pages for named, _, pages in heading(issued, folder, tmp_path / "issued"))


def test_without_an_issuer_they_say_which_exam_it_is(folder, tmp_path):
    found = heading(read_facts(folder), folder, tmp_path / "plain")
    assert all((named, exam) == (0, pages) for named, exam, pages in found)
