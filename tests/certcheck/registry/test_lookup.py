import pytest

from certcheck.registry.interface import NobodyHereError, RefusedError
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
    exchange,
    found,
    journal_in,
    look_up,
    question,
    site_of,
)  # fmt: skip
from tests.certcheck.registry.replica_support import NOBODY, ZHANG


@pytest.fixture
def journal(tmp_path):
    with journal_in(tmp_path) as journal:
        yield journal


def test_nothing_found_is_said_twice_on_two_captchas(journal):
    asker = Standin()
    with site_of() as (site, replica):
        answer = look_up(site, journal, asker).ask(question(NOBODY))
        assert (answer.state, replica.queries, asker.asked) == ("not_found", 2, 2)


def test_said_once_is_no_answer(journal):
    """Said once, then failures: not a not-found, and the reason does not sound like one."""
    site = Scripted(NOTHING, exchange(b"", 500))
    answer = look_up(site, journal, Absent(99)).ask(question(NOBODY))
    assert (answer.state, site.queries) == ("no_answer", 4)
    assert answer.asked_at is not None
    site = Scripted(NOTHING, NOTHING)
    assert look_up(site, journal, Absent(99)).ask(question(NOBODY)).state == "not_found"
    assert site.queries == 1  # the first saying was not lost


def test_wrong_captchas_cost_one_picture_each(journal):
    asker = Absent(99)
    site = Scripted(WRONG, WRONG, found(ZHANG))
    assert look_up(site, journal, asker).ask(question(ZHANG)).state == "found"
    assert (site.queries, asker.left) == (3, 96)


def test_always_wrong_captchas_end_in_no_answer(journal):
    site = Scripted(WRONG)
    answer = look_up(site, journal, Absent(99)).ask(question(ZHANG))
    assert (answer.state, answer.reason, site.queries) == ("no_answer", "验证码没有通过", 5)


def test_five_refusals_in_a_row_stop(journal):
    """The question under way was asked: no answer; the next run may ask it again."""
    site = Scripted(REFUSED)
    one = look_up(site, journal, Absent(99))
    assert one.ask(question(NOBODY)).state == "no_answer"
    with pytest.raises(RefusedError) as raised:
        one.ask(question(ZHANG))
    assert site.queries == 5
    assert raised.value.answer.state == "no_answer"


def test_nobody_here(journal):
    site = Scripted(NOTHING)
    with pytest.raises(NobodyHereError, match="--resume") as raised:
        look_up(site, journal, Absent()).ask(question(ZHANG))
    assert (site.queries, raised.value.answer) == (0, None)
    with pytest.raises(NobodyHereError) as raised:
        look_up(site, journal, Absent(1)).ask(question(ZHANG))
    assert raised.value.answer.state == "no_answer"  # it was put once


def test_site_without_captchas_is_not_hurried(journal):
    """Failing to get a picture waits its turn like a query."""
    waits = []
    site = Scripted(NOTHING, challenges=exchange(b"", None, "连接超时"))
    one = look_up(site, journal)
    one.pacer.wait_for_turn = lambda: waits.append(1)
    answer = one.ask(question(ZHANG))
    assert (answer.state, answer.reason, len(waits)) == ("no_answer", "连接超时", 3)
    site.challenges = exchange(NOTHING)
    assert one.ask(question(ZHANG)).reason == "没有取到验证码"
    site.challenges = exchange(b"", 403)
    with pytest.raises(RefusedError):
        [one.ask(question(ZHANG)) for _ in range(2)]


def test_answer_is_written_before_it_is_read(journal):
    """A reader that dies loses nothing: the answer stands in the journal."""
    site = Scripted(found(ZHANG))
    one = look_up(site, journal, Absent(9))

    def dies(*_):
        raise MemoryError

    object.__setattr__(one, "read", dies)
    with pytest.raises(MemoryError):
        one.ask(question(ZHANG))
    assert one.known(question(ZHANG)).state == "found"


ROUGH = [*FAULTS, "reset:2,truncated:3", "frequent@1,other-person@2,empty@3", "gzip,truncated", "huge,gzip,slow",
         "other-person,wrong-charset", "null-data:2,error500:3,maintenance:5", "history-only,other-name"]  # fmt: skip


@pytest.mark.parametrize("spec", ROUGH)
def test_faults_never_lie(journal, spec):
    """Under any fault: somebody on record is never "not found", nobody is never "found" as known."""
    bounds = Bounds(2, 0.25, 2_000_000)
    with site_of(bounds, faults=parse_faults(spec, pause=0.7)) as (site, replica):
        one = look_up(site, journal, refusals=99)
        known, unknown = one.ask(question(ZHANG)), one.ask(question(NOBODY))
        assert known.state in ("found", "no_answer")
        assert all(record.id_number == ZHANG[1] for record in known.records)
        assert unknown.state in ("not_found", "no_answer") or "other-name" in spec
        assert replica.queries <= 10
    assert {known.asked_at, unknown.asked_at}.isdisjoint({None, START})
