"""What the draw of duties makes, the checker holds against the facts: two programs, one contract."""

from collections import Counter

from hypothesis import given, settings

from common.resources import DATA
from scheduler.checker.on_duty.duties import Duties, Duty, read_duties
from scheduler.checker.on_duty.staff import check_staff
from scheduler.draw import draw
from scheduler.duties.draw import draw_duties
from scheduler.duties.files import duty_files, held_sessions
from scheduler.problem import Half, Session
from scheduler.reading import read_batch
from tests.scheduler.builders import day, planned, seed
from tests.scheduler.duty_builders import KEY
from tests.scheduler.seat_builders import sittings, with_institutions
from tests.scheduler.staffed_batches import staffed

EXAMPLE = DATA / "examples" / "batch"


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
    files, summary = duty_files(content, seats, KEY)
    assert (summary.vacant, content["vacant"]) == (0, 0)
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
