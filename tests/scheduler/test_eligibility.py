"""Who may sit where: every refusal with its rule, every exception with its name."""

from dataclasses import replace

from hypothesis import given, settings

from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.rules import load_rules
from tests.scheduler import oracle
from tests.scheduler.builders import at, day, places, problem, relation, site, trainee
from tests.scheduler.strategies import batches

CITIES = {"东区": "云州市", "南区": "海州市"}


def of(one, sites, **facts):
    batch = problem([one], sites, **facts)
    return Eligibility(batch, ConflictGraph(batch)).of(one)


def refusals(found):
    return {name: (why.rule, why.reason) for name, why in found.refused.items()}


def test_an_ordinary_site_is_open_without_exception():
    found = of(trainee("T1"), [site("S1", "I2")])
    assert dict(found.allowed) == {at("S1"): ()}
    assert found.refused == {}


def test_rule_1_suspension_counts_both_ends():
    closed = site("S1", suspended=True, suspended_from=day(2), suspended_to=day(3))
    seats = {at("S1", f"{number}am"): 1 for number in (1, 2, 3, 4)}
    assert set(of(trainee("T1"), [closed], seats=seats).allowed) == {at("S1"), at("S1", "4am")}
    for changed, left in (
        ({"suspended_from": None}, {at("S1", "4am")}),
        ({"suspended_to": None}, {at("S1")}),
        ({"suspended_from": None, "suspended_to": None}, set()),
        ({"suspended": False}, set(seats)),
    ):
        assert set(of(trainee("T1"), [replace(closed, **changed)], seats=seats).allowed) == left
    always = of(trainee("T1"), [site("S1", suspended=True)])
    assert refusals(always) == {"S1": (1, "考点暂停考试")}


def test_rule_1_earliest_and_latest_count_both_ends():
    seats = {at("S1", f"{number}am"): 1 for number in (1, 2, 3, 4)}
    found = of(trainee("T1", earliest=day(2), latest=day(3)), [site("S1")], seats=seats)
    assert set(found.allowed) == {at("S1", "2am"), at("S1", "3am")}
    early = of(trainee("T1", earliest=day(9)), [site("S1")])
    assert refusals(early) == {"S1": (1, "早于最早日期 2026-12-09")}
    late = of(trainee("T1", latest=day(2).replace(month=11)), [site("S1")])
    assert refusals(late) == {"S1": (1, "晚于最晚日期 2026-11-02")}


def test_every_reason_why_a_site_is_closed_is_told_with_its_sessions():
    # why: whoever mends only the first would find the site still closed
    seats = {at("S1", when): 1 for when in ("1am", "4am")}
    between = of(trainee("T1", earliest=day(2), latest=day(3)), [site("S1")], seats=seats)
    assert refusals(between) == {"S1": (1, "各场或早于最早日期 2026-12-02，或晚于最晚日期 2026-12-03")}
    owned = [relation("owns", "I1", "S1", since=day(2))]
    for sessions in (["1am", "4am"], ["1am", "2pm", "3pm", "4am", "4pm"]):
        seats = {at("S2"): 1, **{at("S1", when): 1 for when in sessions}}
        rows = [places("S1", 5), places("S1", 0, when="1am"), places("S2", 5)]
        found = of(trainee("T1"), [site("S1"), site("S2")], seats=seats, rows=rows, relations=owned)
        ((rule, reason),) = refusals(found).values()
        assert rule == 2
        assert reason.startswith("该场没有该项目的工位（2026-12-01 上午），交叉考试回避：")
        times = (
            "2026-12-04 上午"
            if len(sessions) == 2
            else "2026-12-02 下午、2026-12-03 下午、2026-12-04 上午 等 4 场"
        )
        assert reason.endswith(f"（{times}）")


def test_rule_1_places_by_part():
    rows = [places("S1", 0), places("S2", 1, "焊工")]
    sites = [site("S1"), site("S2")]
    assert set(of(trainee("T1", part="theory"), sites, rows=rows).allowed) == {at("S1")}
    for part in ("practical", "both"):
        found = of(trainee("T1", part=part), sites, rows=rows)
        assert found.allowed == {}
        assert refusals(found) == {"S1": (1, "该场没有该项目的工位"), "S2": (1, "考点不考该项目")}


def test_the_row_that_says_more_goes_first():
    rows = [
        places("S1", 5),
        replace(places("S1", 4, when="1am"), day=None),
        replace(places("S1", 3, when="1am"), half=None),
        places("S1", 2, when="1am"),
    ]
    seats = {at("S1", when): 9 for when in ("1am", "1pm", "2am", "2pm")}
    batch = problem([trainee("T1")], [site("S1")], seats=seats, rows=rows)
    assert [batch.places_for(session, rows[0].item) for session in seats] == [2, 3, 4, 5]
    assert batch.places_for(at("S1"), "焊工") is None


def test_rule_2_names_the_tie():
    found = of(trainee("T1"), [site("S1", "I1"), site("S2", "I2")])
    assert set(found.allowed) == {at("S2")}
    assert refusals(found) == {"S1": (2, "交叉考试回避：考点 考点S1 属于机构I1")}
    assert [whose for whose, _ in found.closed] == ["I1"]


def test_sole_site_counts_sites_that_are_able_free_or_not():
    own, other = site("S1", "I1"), site("S2", "I2")
    seats = {at("S1"): 1, at("S2"): 0}
    full = of(trainee("T1"), [own, other], seats=seats)
    assert set(full.allowed) == {at("S2")}
    no_places = of(trainee("T1"), [own, other], rows=[places("S1", 1), places("S2", 0)])
    assert dict(no_places.allowed) == {at("S1"): ("sole_site",)}
    no_session = of(trainee("T1"), [own, other], seats={at("S1"): 1})
    assert dict(no_session.allowed) == {at("S1"): ("sole_site",)}
    closed = of(trainee("T1"), [own, replace(other, suspended=True)])
    assert dict(closed.allowed) == {at("S1"): ("sole_site",)}
    closed_later = replace(other, suspended=True, suspended_from=day(2))
    assert set(of(trainee("T1"), [own, closed_later]).allowed) == {at("S2")}


def test_sole_site_counts_the_own_city_only():
    sites = [site("S1", "I1", district="东区"), site("S2", "I2", city="海州市", district="南区")]
    found = of(trainee("T1", district="东区"), sites, districts=CITIES)
    assert dict(found.allowed) == {at("S1"): ("sole_site",)}
    assert refusals(found) == {"S2": (3, "不在本市（考点在海州市）")}
    away = of(trainee("T1", district="南区"), [sites[0]], districts=CITIES, rules=crossing())
    assert away.allowed == {}


def crossing():
    return replace(load_rules(), cross_city_items=("低压电工作业",))


def test_cross_city_items_open_other_cities_and_are_named():
    sites = [
        site("S1", district="东区"),
        site("S2", "I2", city="海州市"),
        site("S3", "I1", city="海州市", kind="school"),
    ]
    one = trainee("T1", district="东区", school_id="I1")
    found = of(one, sites, districts=CITIES, rules=crossing())
    assert dict(found.allowed) == {
        at("S1"): (),
        at("S2"): ("cross_city",),
        at("S3"): ("in_school", "cross_city"),
    }
    assert set(of(one, sites, districts=CITIES).allowed) == {at("S1")}


def test_in_school_is_for_students_of_the_schools_own_site():
    school, other = site("X", "I1", kind="school"), site("S2", "I2")
    assert dict(of(trainee("T1", school_id="I1"), [school, other]).allowed) == {
        at("X"): ("in_school",),
        at("S2"): (),
    }
    assert set(of(trainee("T1", school_id="I2"), [school, other]).allowed) == {at("S2")}
    assert set(of(trainee("T1"), [school, other]).allowed) == {at("S2")}
    held = [relation("owns", "I3", "X", until=day(1))]
    seats = {at(name, when): 1 for name in ("X", "S2") for when in ("1am", "2am")}
    found = of(trainee("T1", school_id="I3"), [school, other], relations=held, seats=seats)
    assert found.allowed[at("X")] == ("in_school",)
    assert at("X", "2am") not in found.allowed


def test_where_two_exceptions_are_true_the_one_that_says_nothing_of_the_person_is_named():
    """One is enough; students of the school and others have the same rights there and stay one group."""
    people = [
        trainee("T1", school_id="I1"),
        trainee("T2"),
        trainee("T3", school_id="I1", item="高压电工作业"),
    ]
    sites = [site("X", "I1", kind="school"), site("S2", "I2")]
    rows = [places("X", 3), places("X", 3, item="高压电工作业"), places("S2", 3, item="高压电工作业")]
    batch = problem(people, sites, rows=rows)
    eligibility = Eligibility(batch, ConflictGraph(batch))
    found = {name: eligibility.of(one).allowed for name, one in batch.trainees.items()}
    assert found["T1"][at("X")] == found["T2"][at("X")] == ("sole_site",)
    assert found["T3"][at("X")] == ("in_school",)


def test_an_exception_is_not_named_where_none_is_needed():
    found = of(trainee("T1", school_id="I2"), [site("S1", "I2")])
    assert dict(found.allowed) == {at("S1"): ()}


@settings(max_examples=200, deadline=None)
@given(batch=batches())
def test_the_same_as_the_contract_read_plainly(batch):
    eligibility = Eligibility(batch, ConflictGraph(batch))
    for one in batch.trainees.values():
        found = eligibility.of(one)
        assert set(found.allowed) == {s for s in batch.seats if oracle.may_sit(batch, one, s)}
        open_sites = {session.site_id for session in found.allowed}
        assert set(found.refused) == {session.site_id for session in batch.seats} - open_sites
        for session, exceptions in found.allowed.items():
            there = batch.sites[session.site_id]
            tied = oracle.connected(batch, one.institution_id, there, session.day)
            far = oracle.city_of(batch, one) != there.city
            assert bool({"sole_site", "in_school"} & set(exceptions)) == tied
            assert ("cross_city" in exceptions) == far
