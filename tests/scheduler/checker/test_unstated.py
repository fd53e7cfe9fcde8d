"""What a schedule leaves out is not judged, and that is said: nobody is to take it for right."""

from fractions import Fraction

from scheduler.checker.check import judge
from tests.scheduler.builders import at, places, problem, schedule, site, trainee
from tests.scheduler.builders import placed as sitting

HALF = {"chance": Fraction(1, 2), "site_chance": Fraction(1, 2)}


def sole_site():
    """Give two people at the only site of the city, which belongs to the institution of one of them."""
    rows = [places("S1", 5, "电工")]
    return problem([trainee("T1", "I1", "电工"), trainee("T2", "I2", "电工")], [site("S1", "I1")], rows=rows)


def test_who_needs_an_exception_is_counted_where_no_column_could_name_it():
    found = judge(sole_site(), schedule(sitting("T1", at("S1")), sitting("T2", at("S1"))))
    assert found.breaches == []
    assert "有 1 人要按例外" in found.unstated["exceptions"]


def test_nothing_is_said_where_nobody_needs_one():
    found = judge(sole_site(), schedule(sitting("T2", at("S1")), unplaced=("T1",)))
    assert "exceptions" not in found.unstated


def test_a_missing_name_beside_others_is_a_breach_and_not_unstated():
    both = schedule(sitting("T1", at("S1"), **HALF), sitting("T2", at("S1"), **HALF))
    found = judge(sole_site(), both)
    assert "EXCEPTION-UNNAMED" in {one.code for one in found.breaches}
    assert found.unstated == {}


def test_whose_chance_alone_is_missing_is_counted():
    one = schedule(sitting("T1", at("S1"), "sole_site", **HALF), sitting("T2", at("S1")))
    assert "有 1 人没有写明机会" in judge(sole_site(), one).unstated["chances"]
    none = schedule(sitting("T1", at("S1"), "sole_site"), sitting("T2", at("S1")))
    assert judge(sole_site(), none).unstated == {}
