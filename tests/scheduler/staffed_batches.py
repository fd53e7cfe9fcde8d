"""Random batches with staff, ties of every kind and numbers in ``[staffing]``; everybody is invented."""

from dataclasses import replace

from hypothesis import strategies as st

from scheduler.problem import Half, Institution
from tests.scheduler.builders import day, relation, staff
from tests.scheduler.strategies import DAYS, ITEMS, NUMBERS, ORGANISATIONS, batches

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
def staffed(draw, *, most: int = 12, sessions: int = 8, several: bool = False, room_size: int = 2):
    """Draw a batch with staff, ties of every kind, and numbers in ``[staffing]``."""
    batch = draw(batches(most=most, sessions=sessions, several=several))
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
        room_size=room_size,
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
