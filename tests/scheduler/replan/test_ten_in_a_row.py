"""Random changes on drawn schedules, up to ten in a row: checked, verified, nobody moved without a reason."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.batch.kept_batch import read_kept
from scheduler.checker.changed import read_changed
from scheduler.checker.check import check
from scheduler.checker.on_duty.duties import read_duties
from scheduler.checker.on_duty.staff import check_staff
from scheduler.checker.schedule.reading import read_all
from scheduler.verifying import verify
from tests.scheduler.replan.drawn import changed, drawable_batches, drawn, random_changes, rows

_KEPT = ("site_id", "date", "half", "room", "seat", "group", "place", "exception", "chance", "site_chance")


def _by_id(folder: Path) -> dict[str, list[str]]:
    return {row["trainee_id"]: [row[name] for name in _KEPT] for row in rows(folder / "assignments.csv")}


def _judged(folder: Path) -> None:
    """The independent checker on the new facts finds nothing."""
    problem = read_kept(folder)
    schedule, unreadable = read_all(folder)[:2]
    assert unreadable == []
    assert check(problem, schedule, read_changed(folder)) == []
    duties, unreadable = read_duties(folder)
    assert unreadable == []
    if duties is not None:
        assert check_staff(problem, schedule, duties) == []


def _only_with_reasons(before: Path, after: Path) -> None:
    """Whoever is not in the difference, or in the draw again, is as before; so is every duty."""
    told = {(row["kind"], row["id"]) for row in rows(after / "difference.csv")}
    assert all(row["reason"] for row in rows(after / "difference.csv"))
    old, new = _by_id(before), _by_id(after)
    for name in old.keys() | new.keys():
        if old.get(name, [])[:8] != new.get(name, [])[:8]:
            assert ("trainee", name) in told
    if (before / "duties.csv").exists() and (after / "duties.csv").exists():
        were, are = ({tuple(row.values()) for row in rows(one / "duties.csv")} for one in (before, after))
        assert {("duty", one[0]) for one in were ^ are} <= told


@given(st.data())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_changes_in_a_row(data):
    problem = data.draw(drawable_batches())
    with tempfile.TemporaryDirectory() as name:
        folder = drawn(problem, Path(name))
        number = data.draw(st.integers(1, 10))
        for step in range(1, number + 1):
            sitting = set(_by_id(folder))
            out = Path(name) / str(step)
            changed(folder, out, *random_changes(data.draw, read_kept(folder), sitting, step))
            _judged(out)
            _only_with_reasons(folder, out)
            folder = out
        failed = [told for good, told in verify(folder) if not good]
        assert failed == []
