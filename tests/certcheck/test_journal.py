import datetime as dt

import pytest

from certcheck.journal import Journal, conclude
from certcheck.registry.interface import PageReading, ReadingState
from common.errors import InputError
from tests.certcheck.registry.client_support import (
    NEVER,
    NOTHING,
    START,
    exchange,
    found,
    journal_in,
    question,
    read,
    store_in,
)  # fmt: skip
from tests.certcheck.registry.replica_support import NOBODY, ZHANG

HOST, HERE, THERE = "cx.example.invalid", "127.0.0.1:1", "127.0.0.1:2"
EVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@pytest.fixture
def journal(tmp_path):
    with journal_in(tmp_path) as journal:
        yield journal


def state(answer):
    return answer and str(answer.state)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("", None), ("n", None), ("nn", "not_found"), ("nwrn", "not_found"), ("nuu", None), ("f", "found"),
        ("nfn", "found"), ("fnn", "not_found"), ("nnf", "found"), ("fr", "found"), ("wrwu", None), ("nnu", "not_found"),
    ],
)  # fmt: skip
def test_conclusion(said, state):
    """Records at once, "nothing found" said twice, and nothing else, is an answer."""
    states = {
        "n": ReadingState.NOTHING_FOUND, "f": ReadingState.FOUND, "w": ReadingState.CAPTCHA_WRONG,
        "r": ReadingState.REFUSED, "u": ReadingState.UNUSABLE,
    }  # fmt: skip
    answer = conclude([(str(nth), PageReading(states[letter])) for nth, letter in enumerate(said)])
    assert (answer and answer.state) == state


def test_older_answers_of_other_runs(journal):
    """Another run's answer counts as long as it is fresh; its date stays its own."""
    journal.write("one", HOST, question(ZHANG), exchange(found(ZHANG)))
    assert state(journal.answer("two", HOST, question(ZHANG), NEVER)) is None
    assert state(journal.answer("two", HOST, question(ZHANG), START + dt.timedelta(seconds=1))) is None
    answer = journal.answer("two", HOST, question(ZHANG), START)
    assert (state(answer), answer.asked_at) == ("found", START.isoformat())


def test_an_answer_says_whether_another_run_asked(journal):
    """Of two sayings of "nothing found" the second decides: it is one's own, or another run's."""
    later = START + dt.timedelta(minutes=1)
    journal.write("one", HOST, question(ZHANG), exchange(NOTHING))
    journal.write("two", HOST, question(ZHANG), exchange(NOTHING, started_at=later))
    assert [journal.answer(run, HOST, question(ZHANG), START).reused for run in ("one", "two", "three")] == [
        True, False, True,
    ]  # fmt: skip
    assert journal.answer("three", HOST, question(ZHANG), NEVER).reused, (
        "its copies are no queries of its own"
    )


def test_an_answer_dated_in_the_future_is_not_used_again(tmp_path):
    """The clock was ahead when another run asked: nobody knows how old that answer is. One's own stays."""
    moments = iter([START - dt.timedelta(seconds=1), START])
    with store_in(tmp_path) as store:
        journal = Journal(store, read, lambda: next(moments))
        journal.write("one", HOST, question(ZHANG), exchange(found(ZHANG)))
        assert journal.answer("two", HOST, question(ZHANG), EVER) is None
        assert state(journal.answer("one", HOST, question(ZHANG), EVER)) == "found"
        assert state(journal.answer("two", HOST, question(ZHANG), EVER)) == "found"


def test_a_used_answer_stays_what_it_was(journal):
    """What a later run finds out does not change a run that used the older answer, nor does its age."""
    journal.write("one", HOST, question(ZHANG), exchange(found(ZHANG)))
    assert state(journal.answer("two", HOST, question(ZHANG), EVER)) == "found"
    for _ in range(2):
        journal.write("three", HOST, question(ZHANG), exchange(NOTHING, started_at=START + dt.timedelta(1)))
    assert state(journal.answer("three", HOST, question(ZHANG), NEVER)) == "not_found"
    assert state(journal.answer("two", HOST, question(ZHANG), EVER)) == "found"
    assert state(journal.answer("two", HOST, question(ZHANG), NEVER)) == "found"
    assert (
        state(journal.answer("four", HOST, question(ZHANG), EVER)) == "found"
    )  # the newer is one saying, copied


def test_latest_of_several_runs(journal):
    journal.write("one", HOST, question(ZHANG), exchange(found(ZHANG)))
    for minute in (1, 2):
        journal.write(
            "two", HOST, question(ZHANG), exchange(NOTHING, started_at=START + dt.timedelta(minutes=minute))
        )
    assert state(journal.answer("three", HOST, question(ZHANG), EVER)) == "not_found"


def test_one_saying_heard_by_two_runs(journal):
    """Two runs at once heard "nothing found" once each: that is twice. A copy of one's own is not."""
    day = dt.timedelta(days=1)
    journal.write("one", HOST, question(ZHANG), exchange(NOTHING))
    journal.write("two", HOST, question(ZHANG), exchange(NOTHING, started_at=START - 9 * day))
    assert state(journal.answer("two", HOST, question(ZHANG), EVER)) == "not_found"  # copies the other's
    assert journal.answer("one", HOST, question(ZHANG), START - day) is None  # of two it knows but its own
    assert state(journal.answer("one", HOST, question(ZHANG), EVER)) == "not_found"


def test_sites_are_kept_apart(journal):
    """The replica never answers for another site; its port may change within a run."""
    journal.write("one", HERE, question(ZHANG), exchange(found(ZHANG)))
    assert state(journal.answer("one", HOST, question(ZHANG), EVER)) is None
    assert state(journal.answer("one", THERE, question(ZHANG), NEVER)) == "found"
    assert state(journal.answer("two", THERE, question(ZHANG), EVER)) is None
    journal.write("two", HOST, question(ZHANG), exchange(found(ZHANG)))
    assert state(journal.answer("two", HERE, question(ZHANG), NEVER)) is None


def test_people_are_kept_apart(journal):
    journal.write("one", HOST, question(ZHANG), exchange(found(ZHANG)))
    assert journal.answer("one", HOST, question(NOBODY), EVER) is None
    assert journal.answer("one", HOST, question((NOBODY[0], ZHANG[1])), EVER) is None


def test_runs(journal):
    journal.start_run("first", START, {"a": "名单"})
    journal.start_run("second", START, {"file": "\udcff.xlsx"})
    assert journal.run_options("latest") == ("second", START, {"file": "\udcff.xlsx"})
    assert journal.run_options("first") == ("first", START, {"a": "名单"})
    with pytest.raises(InputError, match="--resume"):
        journal.run_options("third")
