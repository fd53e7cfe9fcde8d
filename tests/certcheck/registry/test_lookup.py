import time

import pytest

from certcheck.registry.interface import Challenge
from certcheck.registry.replica.faults import FAULTS, parse_faults
from certcheck.registry.site import Bounds
from tests.certcheck.registry.client_support import (
    NOTHING,
    REFUSED,
    START,
    WRONG,
    Absent,
    Scripted,
    Standin,
    desk_in,
    exchange,
    found,
    question,
    site_of,
)  # fmt: skip
from tests.certcheck.registry.replica_support import LI, NOBODY, ZHANG


@pytest.fixture
def desk(tmp_path):
    with desk_in(tmp_path) as desk:
        yield desk


def test_nothing_found_is_said_twice_on_two_captchas(desk):
    asker = Standin()
    with site_of() as (site, replica):
        answer = desk.answer(site, question(NOBODY), asker=asker)
        assert (answer.state, replica.queries, asker.asked) == ("not_found", 2, 2)


def test_said_once_is_no_answer(desk):
    """Said once, then failures: not a not-found, and the reason does not sound like one."""
    site = Scripted(NOTHING, exchange(b"", 500))
    answer = desk.answer(site, question(NOBODY), asker=Absent(99))
    assert (answer.state, site.queries) == ("no_answer", 4)
    assert answer.asked_at is not None
    site = Scripted(NOTHING, NOTHING)
    assert desk.answer(site, question(NOBODY), asker=Absent(99)).state == "not_found"
    assert site.queries == 1  # the first saying was not lost


def test_wrong_captchas_cost_one_picture_each(desk):
    asker = Absent(99)
    site = Scripted(WRONG, WRONG, found(ZHANG))
    assert desk.answer(site, question(ZHANG), asker=asker).state == "found"
    assert (site.queries, asker.left) == (3, 96)


def test_always_wrong_captchas_end_in_no_answer(desk):
    site = Scripted(WRONG)
    answer = desk.answer(site, question(ZHANG), asker=Absent(99))
    assert (answer.state, answer.reason, site.queries) == ("no_answer", "验证码没有通过", 5)


def test_five_refusals_in_a_row_stop(desk):
    """The question under way was asked: no answer; the next run may ask it again."""
    site = Scripted(REFUSED)
    (one, two, three), stopped = desk.ask(
        site, question(NOBODY), question(ZHANG), question(LI), asker=Absent(99)
    )
    assert (one.state, two.state, three) == ("no_answer", "no_answer", None)
    assert site.queries == 5
    assert "5 次拒绝" in stopped


def test_nobody_here(desk):
    site = Scripted(NOTHING)
    (answer,), stopped = desk.ask(site, question(ZHANG), asker=Absent())
    assert (site.queries, answer) == (0, None)
    assert "--resume" in stopped
    (answer,), _ = desk.ask(site, question(ZHANG), asker=Absent(1))
    assert answer.state == "no_answer"  # it was put once


def test_site_without_captchas_is_not_hurried(desk):
    """Failing to get a picture counts as a query: each failure keeps a longer gap from the one before."""
    site = Scripted(NOTHING, challenges=exchange(b"", None, "连接超时"))
    started = time.monotonic()
    answer = desk.answer(site, question(ZHANG), gap=0.1)
    assert time.monotonic() - started >= 0.2 + 0.4
    assert (answer.state, answer.reason) == ("no_answer", "没有取到验证码（连接超时）")
    assert answer.asked_at is None, "nothing about the person was sent"
    site.challenges = exchange(NOTHING)
    assert desk.answer(site, question(ZHANG)).reason == "没有取到验证码"
    site.challenges = exchange(b"", 403)
    (_, last), stopped = desk.ask(site, question(ZHANG), question(LI))
    assert last is None, "stopped before anything about the second was sent"
    assert "拒绝" in stopped


def test_asked_once_and_then_no_captcha(desk):
    """What was sent stays sent: the moment of the query that came to nothing stands."""
    site = Scripted(exchange(b"", 500))
    site.challenge = iter([Challenge(b"picture", "token"), *[exchange(b"", None, "连接超时")] * 9]).__next__
    answer = desk.answer(site, question(ZHANG), asker=Absent(9))
    assert (answer.state, answer.asked_at, site.queries) == ("no_answer", START.isoformat(), 1)


def test_answer_is_written_before_it_is_read(desk):
    """A reader that dies loses nothing: the answer stands in the journal."""
    one = desk.look_up(Scripted(found(ZHANG)), asker=Absent(9))

    def dies(*_):
        raise MemoryError

    object.__setattr__(one, "read", dies)
    with pytest.raises(MemoryError):
        one.ask_all([question(ZHANG)], lambda *_: None)
    assert one.known(question(ZHANG)).state == "found"


WAIT = {"closed", "throttled"}  # these have tests of their own
ROUGH = [*sorted(set(FAULTS) - WAIT), "reset:2,truncated:3", "frequent@1,other-person@2,empty@3", "gzip,truncated", "huge,gzip,slow",
         "other-person,wrong-charset", "null-data:2,error500:3,maintenance:5", "history-only,other-name"]  # fmt: skip


@pytest.mark.parametrize("spec", ROUGH)
def test_faults_never_lie(desk, spec):
    """Under any fault: somebody on record is never "not found", nobody is never "found" as known."""
    bounds = Bounds(2, 0.25, 2_000_000)
    with site_of(bounds, faults=parse_faults(spec, pause=0.7)) as (site, replica):
        (known, unknown), _ = desk.ask(site, question(ZHANG), question(NOBODY), refusals_to_stop=99)
        assert known.state in ("found", "no_answer")
        assert all(record.id_number == ZHANG[1] for record in known.records)
        assert unknown.state in ("not_found", "no_answer") or "other-name" in spec
        assert replica.queries <= 10
    assert {known.asked_at, unknown.asked_at}.isdisjoint({None, START})
