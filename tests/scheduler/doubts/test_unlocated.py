"""Sites without an address are told once; why: the ticket of one said 海川市城西区 as if that led anywhere."""

import pytest

from scheduler.doubts.all_doubts import doubts
from scheduler.doubts.unlocated import unlocated
from tests.scheduler.builders import at, day, problem, site, trainee


def told(*sites, **more):
    return list(unlocated(problem([trainee("T1")], list(sites), **more)))


def test_sites_with_sessions_and_no_address_are_listed_in_one_sentence():
    sites = site("S1", address="仿真路1号"), site("S2"), site("S3")
    (sentence,) = told(*sites)
    assert sentence.endswith("补填：考点S2（S2）、考点S3（S3）")
    assert sentence in doubts(problem([trainee("T1")], list(sites)))


@pytest.mark.parametrize(
    ("address", "missing"),
    [("云州市甲区", True), ("甲区", True), ("云州市甲区仿真路1号", False), ("仿真路1号", False)],
)
def test_an_address_that_repeats_city_and_district_is_none(address, missing):
    assert bool(told(site("S1", district="甲区", address=address))) is missing


def test_nothing_is_asked_where_no_paper_would_need_it():
    """No session, or none on a day the site is open."""
    open_one = site("S1", address="仿真路1号")
    assert not told(open_one, site("S2"), seats={at("S1"): 10})
    closed = site("S2", suspended=True, suspended_from=day(1))
    assert not told(open_one, closed)


def test_many_are_counted():
    (sentence,) = told(*(site(f"S{number}") for number in range(10, 20)))
    assert sentence.endswith("考点S17（S17）等 10 个")
