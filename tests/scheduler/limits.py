"""What chances use of seats, places of an item and days, added up plainly, and whether every limit is kept."""

from collections import defaultdict

from scheduler.problem import Part
from tests.scheduler import oracle


def assert_limits_are_kept(batch, groups, chances, unit):
    """Hold expected counts, in 1 / ``unit`` persons, against the facts; everybody is counted once, and sits where allowed."""
    seats, cells, days = defaultdict(int), defaultdict(int), defaultdict(int)
    listed = []
    for group, one in zip(groups, chances, strict=True):
        listed += group.trainees
        assert sum(one.counts.values()) + one.unplaced == len(group.trainees) * unit
        assert all(count > 0 for count in one.counts.values())
        assert one.counts.keys() <= group.allowed.keys()
        for session, count in one.counts.items():
            seats[session] += count
            days[session.site_id, session.day] += count
            if group.part is not Part.THEORY:
                cells[session, group.item] += count
    assert sorted(listed) == sorted(batch.trainees)
    assert all(count <= batch.seats[session] * unit for session, count in seats.items())
    assert all(count <= oracle.places_in(batch, *cell) * unit for cell, count in cells.items())
    for (name, _), count in days.items():
        limit = batch.sites[name].day_limit
        assert limit is None or count <= limit * unit
