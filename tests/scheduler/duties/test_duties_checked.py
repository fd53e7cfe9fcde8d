"""What the draw of duties makes, the checker holds against the facts: two programs, one contract."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from common.resources import DATA
from scheduler.checker.on_duty.duties import Duties, Duty, read_duties
from scheduler.checker.on_duty.staff import check_staff
from scheduler.draw import draw
from scheduler.duties.draw import draw_duties
from scheduler.duties.files import duty_files, held_sessions
from scheduler.problem import Half, Institution, Session
from scheduler.reading import read_batch
from tests.scheduler.builders import day, planned, relation, seed, staff
from tests.scheduler.duty_builders import KEY
from tests.scheduler.seat_builders import sittings, with_institutions
from tests.scheduler.strategies import DAYS, ITEMS, NUMBERS, ORGANISATIONS, batches

EXAMPLE = DATA / "examples" / "batch"
STAFF = ("W1", "W2", "W3", "W4", "W5", "W6", "T0", "T1")
"""Two staff ids are trainees' ids, too, and mean somebody else."""
_ENDS = {
    "employs": (ORGANISATIONS, STAFF),
    "employed": (ORGANISATIONS, STAFF),
    "teaches": (STAFF, ORGANISATIONS),
    "taught": (STAFF, ("T0", "T1", "T2")),
    "relative": (STAFF, (*STAFF, "T2")),
    "same_person": (STAFF, (*STAFF, "T2")),
}


@st.composite
def staffed(draw):
    """Draw a batch with staff, ties of every kind, and numbers in ``[staffing]``."""
    batch = draw(batches(several=False))
    spans = (None, None, *(day(1).replace(year=year) for year in (2022, 2023)), day(1), day(2), day(30))
    people = [
        staff(
            name,
            employer_id=draw(st.sampled_from(["", "", *ORGANISATIONS])),
            roles=tuple(draw(st.sets(st.sampled_from(["invigilator", "examiner", "patrol"]), min_size=1))),
            items=tuple(draw(st.sets(st.sampled_from(ITEMS), min_size=1))),
            licence_to=draw(DAYS),
            max_duties=draw(st.sampled_from([None, None, 0, 1, 2])),
            unavailable=((day(1), day(2), draw(st.sampled_from([None, Half.AM, Half.PM]))),)
            if draw(st.sampled_from([True, False, False]))
            else (),
            id_number=draw(st.sampled_from(["", "", *NUMBERS])),
        )
        for name in STAFF[: draw(st.integers(1, 8))]
    ]
    known = {one.staff_id for one in people} | set(batch.trainees)
    ties = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(sorted(_ENDS)))
        start, end = (draw(st.sampled_from(choice)) for choice in _ENDS[kind])
        until, since = draw(st.sampled_from(spans)), draw(st.sampled_from([None, None, day(2)]))
        if {start, end} <= known | set(ORGANISATIONS) and not (
            kind == "taught" and end not in batch.trainees
        ):
            ties.append(relation(kind, start, end, since=since, until=until))
    kinds = {
        name: Institution(name, f"机构{name}", draw(st.sampled_from(["training", "school", "enterprise"])))
        for name in {*ORGANISATIONS, *batch.institutions}
    }
    rules = replace(
        batch.rules,
        training_staff=draw(st.sampled_from(["unrelated", "unrelated", "never"])),
        invigilators_per_room=draw(st.integers(0, 2)),
        examiners_per_item=draw(st.integers(0, 2)),
        patrols_per_site=draw(st.integers(0, 1)),
    )
    return replace(
        batch,
        staff={one.staff_id: one for one in people},
        relations=(*batch.relations, *ties),
        institutions=kinds,
        rules=rules,
    )


def as_read(drawn, seats) -> Duties:
    """Give drawn duties as the checker reads them."""
    rows = [(one.role, _session(one), str(one.room or "")) for one in drawn.duties]
    told = [(one.role, _session(one), str(one.room or "")) for one in drawn.vacancies]
    return Duties(
        tuple(Duty(one.staff_id, *row, number) for number, (one, row) in enumerate(zip(drawn.duties, rows, strict=True))),
        {one.trainee_id: str(one.room or "") for one in seats},
        {one.trainee_id: str(one.group or "") for one in seats},
        Counter(told),
    )  # fmt: skip


def _session(one) -> Session:
    return Session(one.site_id, day(int(one.date[-2:])), Half(one.half))


@settings(deadline=None, max_examples=80)
@given(staffed())
def test_drawn_duties_keep_rules_5_and_6(batch):
    content = with_institutions(planned(batch), batch)
    result = draw(content, seed(1))
    seats = sittings(batch, result, room_size=2)
    items = {name: one.item for name, one in batch.trainees.items()}
    drawn = draw_duties(content, held_sessions(seats, items), KEY)
    assert check_staff(batch, result, as_read(drawn, seats)) == []
    assert content["vacant"] <= len(drawn.vacancies), "what was told to be certain has come"


def test_the_example_has_nobody_missing_and_reads_back(tmp_path):
    batch = read_batch(EXAMPLE)
    content = with_institutions(planned(batch), batch)
    result = draw(content, seed(2))
    seats = sittings(batch, result)
    files, vacant = duty_files(content, seats, KEY)
    assert (vacant, content["vacant"]) == (0, 0)
    rows = ["trainee_id,site_id,date,half,room,group"]
    rows += [
        f"{one.trainee_id},{one.session.site_id},{one.session.day},{one.session.half},{one.room or ''},{one.group or ''}"
        for one in seats
    ]
    (tmp_path / "assignments.csv").write_text("\n".join(rows), encoding="utf-8")
    assert read_duties(tmp_path) == (None, []), "without duties.csv nothing is judged"
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    duties, unreadable = read_duties(tmp_path)
    assert unreadable == []
    assert len(duties.duties) > 100
    assert check_staff(batch, result, duties) == []
