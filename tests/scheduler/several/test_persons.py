"""One person with several registrations; why: nobody can sit at two sites at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.several.persons import same_persons, split_times
from tests.scheduler import oracle
from tests.scheduler.builders import ANOTHER_PERSON, ONE_PERSON, at, problem, relation, site, staff, trainee
from tests.scheduler.strategies import batches


def test_by_number_by_relation_and_through_a_staff_member():
    people = [trainee("T1", id_number=ONE_PERSON), trainee("T2", id_number=ONE_PERSON), trainee("T3"), trainee("T4"),
              trainee("T5", id_number=ANOTHER_PERSON), trainee("T6"), trainee("T7")]  # fmt: skip
    batch = problem(
        people,
        [site("S1")],
        people=[staff("K1", id_number=ANOTHER_PERSON)],
        relations=[relation("same_person", "T3", "T2"), relation("same_person", "K1", "T6")],
    )
    assert same_persons(batch) == [["T1", "T2", "T3"], ["T5", "T6"]]


def test_people_without_numbers_are_not_one_person():
    assert same_persons(problem([trainee("T1"), trainee("T2")], [site("S1")])) == []


@settings(max_examples=100, deadline=None)
@given(batch=batches())
def test_persons_as_the_oracle_joins_them(batch):
    expected = sorted(
        sorted(ids & batch.trainees.keys())
        for ids in oracle.persons(batch)
        if len(ids & batch.trainees.keys()) > 1
    )
    assert same_persons(batch) == expected


TIMES = ("1am", "1pm", "2am", "2pm")
WISHES = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.sampled_from(TIMES), unique=True, max_size=4), min_size=1
)


@settings(max_examples=200, deadline=None)
@given(sessions=WISHES)
def test_times_are_disjoint_complete_and_one_for_each_where_possible(sessions):
    allowed = {name: [at("S", when) for when in times] for name, times in sessions.items()}
    times = {name: {(s.day, s.half) for s in listed} for name, listed in allowed.items()}
    split = split_times({name: sorted(listed) for name, listed in times.items()})
    assert sum(len(own) for own in split.values()) == len(set().union(*split.values()))
    assert set().union(*split.values()) == set().union(*times.values())
    assert all(split[name] <= times[name] for name in split)
    possible = all(
        len(set().union(*(times[name] for name in some))) >= len(some) for some in _subsets(list(times))
    )
    if possible:
        assert all(split.values())


def _subsets(names):
    return [[n for i, n in enumerate(names) if bits >> i & 1] for bits in range(1, 1 << len(names))]


def test_wishes_are_kept_even_where_another_then_has_nothing():
    first = at("S")
    when = (first.day, first.half)
    later = at("S", "1pm")
    split = split_times({"a": [when], "b": [when, (later.day, later.half)]}, {"b": when})
    assert when in split["b"]
    assert split["a"] == frozenset()


def test_an_id_that_a_trainee_and_a_staff_member_share_joins_nobody():
    """Both tables count from 1, and staff member 1 has the number of trainee 2: trainee 1 is somebody else."""
    people = [trainee("1"), trainee("2", id_number=ONE_PERSON)]
    batch = problem(people, [site("S1")], people=[staff("1", id_number=ONE_PERSON)])
    assert same_persons(batch) == []
