"""Accessible seats on papers: the staff of a room must know of them, and what hangs or goes round must not tell who is disabled."""

import shutil

import pytest

from scheduler.papers.facts import read_facts
from scheduler.papers.kinds import KINDS
from scheduler.papers.write import write_papers
from scheduler.pipeline import make_plan
from scheduler.reading import read_batch
from scheduler.record import draw_and_write, write_plan
from scheduler.seed.seed_origin import TRIAL_GIVEN
from tests.scheduler.files import write_folder
from tests.scheduler.papers.drawn import ITEM, MOMENT, SEED, text_of

SILENT = [
    "doors.pdf",
    "sign-in.pdf",
    "seat-labels.pdf",
    "table-cards.pdf",
    "tickets.pdf",
    "notice.pdf",
    "filing.pdf",
]


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Four people in one room of one accessible seat; T1 and T2 need it, T2 for the practical part, too."""
    folder = tmp_path_factory.mktemp("needs") / "exam"
    head = ["trainee_id", "name", "institution_id", "item", "part", "needs"]
    needs = [("T1", "theory", "无障碍"), ("T2", "both", "轮椅"), ("T3", "theory", ""), ("T4", "both", "")]
    source = write_folder(
        folder.parent / "batch",
        trainees=[head, *([name, f"仿真{name}", "I1", ITEM, part, need] for name, part, need in needs)],
        institutions=[["institution_id", "name", "kind"], ["I1", "机构一", "training"]],
        sites=[
            ["site_id", "name", "kind", "city", "address"],
            ["S1", "考点一", "public", "云州市", "仿真路1号"],
        ],
        rooms=[["site_id", "room", "seats", "accessible"], ["S1", "101", "6", "1"]],
        seats=[["site_id", "date", "half", "seats"], ["S1", "2026-12-07", "am", "6"]],
        places=[["site_id", "date", "half", "item", "places"], ["S1", "", "", ITEM, "6"]],
    )
    _, plan, *_ = make_plan(source, "0")
    write_plan(folder, plan)
    draw_and_write(folder, SEED, TRIAL_GIVEN, MOMENT)
    shutil.copytree(source, folder / "batch")
    facts = read_facts(folder)
    write_papers(facts, read_batch(folder / "batch"), folder / "papers", tuple(KINDS))
    return facts, {path.name: text_of(path) for path in (folder / "papers").glob("*.pdf")}


def test_the_room_record_tells_the_seats_by_number_and_names_nobody(texts):
    facts, papers = texts
    one = {sitting.trainee_id: sitting for sitting in facts.sittings}
    (lacking,) = facts.unserved
    served = one[({"T1", "T2"} - {lacking}).pop()]
    record = papers["room-records.pdf"]
    assert served.seat == 1
    assert "□1号座位要用无障碍座位，已备好，轮椅能到" in record
    assert f"□{one[lacking].seat}号座位要用无障碍座位而没有排到，已在现场备好，换座记入本表" in record
    assert f"□顺序号{one['T2'].place}要用无障碍工位，已备好" in record
    assert "仿真T" not in record


@pytest.mark.parametrize("name", SILENT)
def test_no_paper_that_others_see_says_it(texts, name):
    assert "无障碍" not in texts[1][name]
    assert "轮椅" not in texts[1][name]
