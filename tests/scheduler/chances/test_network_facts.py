"""What is asked of many is worked out once, and never taken for the answer to another question."""

from dataclasses import replace
from fractions import Fraction

from scheduler.allowed import Allowed, Window
from scheduler.chances.network_facts import NetworkFacts
from scheduler.plan import Group
from scheduler.problem import District, Part
from tests.scheduler.builders import CITY, ITEM, at, problem, site, trainee


def test_sites_of_sessions_that_are_gone_are_not_those_of_sessions_in_their_place():
    """S1 is in the district, S2 a degree of latitude away; each set of sessions is dropped before the next one is made."""
    sites = [site(name, lon=Fraction(100), lat=Fraction(25 + more)) for more, name in enumerate(("S1", "S2"))]
    batch = problem([trainee("T1", district="D")], sites)
    batch = replace(batch, districts={"D": District("D", CITY, Fraction(100), Fraction(25))})
    facts = NetworkFacts(batch, 12)

    def far(name):
        allowed = Allowed({name: Window((at(name),), ((),))})
        return facts.far(Group(("T1",), ITEM, Part.BOTH, "D", CITY, allowed, homes=(("D", 1),))).tolist()

    assert [far(name) for name in ("S1", "S2") * 3] == [[0], [111]] * 3


def test_sessions_of_a_window_have_their_numbers_also_where_some_between_are_missing():
    seats = {at(name, when): 1 for name in ("S1", "S2") for when in ("1am", "1pm", "2am")}
    facts = NetworkFacts(problem([trainee("T1")], [site("S1"), site("S2")], seats=seats), 12)
    for whens, numbers in (
        (("1am", "1pm", "2am"), [3, 4, 5]),
        (("1pm",), [4]),
        (("1am", "2am"), [3, 5]),
    ):
        sessions = tuple(at("S2", when) for when in whens)
        assert facts.of_window(Window(sessions, ((),) * len(sessions))).tolist() == numbers
