"""How many work at once after a change of places: as many as by the row that counted for the session."""

import pytest

from scheduler.problem import Half, PlaceRow
from tests.scheduler.builders import ITEM, at, day, problem, site, trainee
from tests.scheduler.replan.drawn import changed, drawn
from tests.scheduler.replan.test_chain import failures

ALWAYS = PlaceRow("A", ITEM, 4, stations=1)
FIRST = PlaceRow("A", ITEM, 3, day(1), Half.AM, 3)
SESSIONS = (at("A"), at("A", "1pm"), at("A", "2am"))


def stations(tmp_path, rows, **cells):
    """Change the places of A to 4 and give how many work at once in each of its sessions."""
    made = problem(
        [trainee("T1")], [site("A", kind="public")], seats=dict.fromkeys(SESSIONS, 2), rows=list(rows)
    )
    folder = drawn(made, tmp_path)
    plan = changed(
        folder, tmp_path / "1", {"change": "places", "id": "A", "item": ITEM, "value": 4, **cells}
    ).plan
    assert failures(tmp_path / "1") == []
    return [one["stations"] for one in plan["seating"]["stations"]]


@pytest.mark.parametrize("rows", [(ALWAYS, FIRST), (FIRST, ALWAYS)])
@pytest.mark.parametrize(
    "cells",
    [{"date": "2026-12-01", "half": "am"}, {"date": "2026-12-01"}, {"half": "am"}, {"half": "pm"}, {}],
)
def test_the_order_of_rows_decides_nothing(tmp_path, rows, cells):
    assert stations(tmp_path, rows, **cells) == [3, 1, 1]
