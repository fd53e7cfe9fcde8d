"""All ways at once: what each way by itself, with regard to the others, does not find."""

from fractions import Fraction

from tests.scheduler.builders import ANOTHER_PERSON, ONE_PERSON, at, places, planned, problem, site, trainee


def stuck():
    """X0 and X2 are one person; S2 belongs to I3, so that X2 and X3 may use S1 alone: three places for four registrations.

    Best is to place X0 and X4 for certain, at S1 and S2 by turns, and X2 or X3 by turns: nobody is at a site more often than by half.
    """
    people = [
        trainee("X0", "I1", id_number=ONE_PERSON, part="theory"),
        trainee("X2", "I3", id_number=ONE_PERSON, part="theory"),
        trainee("X3", "I3", id_number=ANOTHER_PERSON, part="theory"),
        trainee("X4", "I1", part="theory"),
    ]
    sites = [site("S1"), site("S2", "I3")]
    return problem(
        people, sites, seats={at("S1"): 2, at("S2", "1pm"): 1}, rows=[places("S1", 9), places("S2", 9)]
    )


def test_ways_that_can_only_change_together_do():
    """One after the other, X3 was at S1 with 5/8 and X0 went without with 1/8, and neither could be mended by itself."""
    plan = planned(stuck())
    chances = {
        name: {
            plan["sessions"][cell["session"]]["site_id"]: Fraction(cell["chance"]) for cell in group["cells"]
        }
        for group in plan["groups"]
        for name in group["trainees"]
    }
    half = Fraction(1, 2)
    assert chances["X0"] == chances["X4"] == {"S1": half, "S2": half}
    assert chances["X2"] == chances["X3"] == {"S1": half}
    assert not any("超过上限" in told for told in plan["problems"])
