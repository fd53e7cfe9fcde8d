"""Random exam batches for hypothesis: small, but every rule of section 4 comes up."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from scheduler.problem import Part, Problem
from scheduler.rules import load_rules
from tests.scheduler.builders import at, day, places, problem, relation, site, staff, trainee

ITEMS = ("电工", "焊工", "制冷")
ORGANISATIONS = ("I1", "I2", "I3", "G1")
SITES = ("A", "B", "C", "D", "E")
TIMES = ("1am", "1pm", "2am", "2pm", "3am")
KINDS = ("public", "authority", "school", "institution", "institution")
NUMBERS = ("000000199001010018", "000000198512319995")
CITIES = {"东区": "云州市", "西区": "云州市", "南区": "海州市"}
DAYS = st.sampled_from([None, None, None, day(1), day(2), day(3)])


@st.composite
def batches(draw, *, most: int = 12, sessions: int = 8, several: bool = True) -> Problem:
    """Draw a batch; ``several`` lets persons hold several registrations."""
    two_cities = draw(st.booleans())
    used = draw(
        st.lists(
            st.tuples(st.sampled_from(SITES), st.sampled_from(TIMES)),
            min_size=1,
            max_size=sessions,
            unique=True,
        )
    )
    seats = {at(*one): draw(st.integers(0, 4)) for one in used}
    sites = [_site(draw, name, two_cities=two_cities) for name in SITES]
    rules = replace(
        load_rules(),
        cross_city_items=draw(st.sampled_from([(), ("制冷",), ITEMS])) if two_cities else (),
        public_first=draw(st.sampled_from([True, True, True, False])),
        cap=draw(st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(2, 7), Fraction(1)])),
    )
    return problem(
        [
            _trainee(draw, number, two_cities=two_cities, several=several)
            for number in range(draw(st.integers(1, most)))
        ],
        sites,
        seats=seats,
        rows=_rows(draw, used),
        relations=_relations(draw, several=several),
        districts=CITIES if two_cities else {},
        people=[staff("K1", id_number=NUMBERS[0])] if draw(st.booleans()) else [],
        rules=rules,
    )


def _site(draw, name: str, *, two_cities: bool):
    district = draw(st.sampled_from(sorted(CITIES))) if two_cities else ""
    suspended = draw(st.sampled_from([False, False, False, True]))
    return site(
        name,
        draw(st.sampled_from(["", "", *ORGANISATIONS])),
        draw(st.sampled_from(KINDS)),
        CITIES[district] if two_cities else "云州市",
        district=district,
        day_limit=draw(st.sampled_from([None, None, 0, 1, 3])),
        suspended=suspended,
        suspended_from=draw(DAYS) if suspended else None,
        suspended_to=draw(DAYS) if suspended else None,
    )


def _trainee(draw, number: int, *, two_cities: bool, several: bool):
    earliest, latest = draw(DAYS), draw(DAYS)
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    return trainee(
        f"T{number}",
        draw(st.sampled_from(["I1", "I2", "I3", "I4"])),
        draw(st.sampled_from(ITEMS)),
        draw(st.sampled_from(list(Part))),
        earliest=earliest,
        latest=latest,
        district=draw(st.sampled_from(sorted(CITIES))) if two_cities else "",
        school_id=draw(st.sampled_from(["", "", "I1", "I2"])),
        id_number=draw(st.sampled_from(["", "", *NUMBERS])) if several else "",
    )


def _rows(draw, used):
    rows = [
        places(name, draw(st.integers(0, 4)), item)
        for name in SITES
        for item in ITEMS
        if draw(st.sampled_from([True, True, False]))
    ]
    named = [places(name, draw(st.integers(0, 3)), ITEMS[0], when) for name, when in used[:2]]
    wide = draw(st.sampled_from([(), (places("A", 2, ITEMS[0], "1am"),)]))
    return [*rows, *named, *(replace(row, half=None) for row in wide)]


def _relations(draw, *, several: bool):
    shares = st.sampled_from([None, "1/4", "1/5", "1"])
    kinds = st.sampled_from(["controls", "controls", "owns", *(["same_person"] if several else [])])
    found = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(kinds)
        ends = {
            "controls": (ORGANISATIONS, ORGANISATIONS),
            "owns": (ORGANISATIONS, SITES),
            "same_person": (("T0",), ("T0",)),
        }[kind]
        if kind == "same_person":
            found.append(relation(kind, "T0", "T0"))
            continue
        since, until = draw(DAYS), draw(DAYS)
        found.append(
            relation(
                kind, draw(st.sampled_from(ends[0])), draw(st.sampled_from(ends[1])), draw(shares),
                since=since, until=until,
            )
        )  # fmt: skip
    return found
