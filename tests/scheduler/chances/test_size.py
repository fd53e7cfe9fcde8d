"""A batch is large by its people, or by how much work they are: dates of their own make it so, many alike do not."""

import pytest

from scheduler.chances import size
from tests.scheduler.builders import at, day, problem, site, trainee


@pytest.fixture(autouse=True)
def _limits(monkeypatch):
    """Large is above nine people, or above twelve kinds of people times sessions of a city."""
    monkeypatch.setattr(size, "LARGE", 9)
    monkeypatch.setattr(size, "_MANY_WAYS", 12)


def batch(people, cities=("云州市",)):
    """Two sessions in each city."""
    sites = [site(f"S{number}", city=city) for number, city in enumerate(cities)]
    seats = {at(one.site_id, when): 9 for one in sites for when in ("1am", "1pm")}
    return problem(people, sites, seats=seats)


def dated(count):
    return [trainee(f"T{number}", latest=day(number + 1)) for number in range(count)]


def test_many_people_are_large_however_alike():
    assert not size.is_large(batch([trainee(f"T{number}") for number in range(9)]))
    assert size.is_large(batch([trainee(f"T{number}") for number in range(10)]))


def test_fewer_are_large_where_they_differ_in_their_dates():
    """Six kinds of people and two sessions are twelve, seven are fourteen."""
    assert not size.is_large(batch(dated(6)))
    assert size.is_large(batch(dated(7)))


def test_sessions_of_other_cities_are_no_work():
    assert not size.is_large(batch(dated(6), ("云州市", "海州市")))


def test_a_batch_without_sites_or_people_is_not_large():
    assert not size.is_large(batch([], ()))
