"""Typing and asking at once: what overlaps, what never does, and what happens to what was typed ahead."""

import datetime as dt
import itertools
import threading
import time

import pytest

from certcheck.registry.interface import Challenge
from certcheck.registry.manners import Hours
from tests.certcheck.registry.client_support import (
    EVER,
    NOTHING,
    START,
    WRONG,
    Absent,
    Scripted,
    desk_in,
    exchange,
    found,
    question,
)
from tests.certcheck.registry.replica_support import LI, NOBODY, ZHANG


@pytest.fixture
def desk(tmp_path):
    with desk_in(tmp_path) as desk:
        yield desk


class Logged(Scripted):
    """A site that notes what happens at it and how many things at once."""

    def __init__(self, *answers, seconds=0.0):
        super().__init__(*answers)
        self.seconds, self.log, self.inside, self.pictures = seconds, [], 0, 0

    def challenge(self):
        self.pictures += 1
        return self._visit("fetch", Challenge(b"picture", str(self.pictures)))

    def query(self, asked, challenge, answer):
        return self._visit(f"query {asked.name} {challenge.token}", super().query(asked, challenge, answer))

    def _visit(self, what, answer):
        self.inside += 1
        assert self.inside == 1
        self.log.append((what, time.monotonic()))
        time.sleep(self.seconds)
        self.inside -= 1
        return answer

    @property
    def queries_made(self):
        return [what for what, _ in self.log if what.startswith("query")]


class Person:
    """Somebody who takes their time, and notes when."""

    def __init__(self, seconds=0.0, does=None):
        self.seconds, self.does, self.times = seconds, does or {}, []

    def ask(self, image):
        begun = time.monotonic()
        time.sleep(self.seconds)
        self.times.append((begun, time.monotonic()))
        does = self.does.get(len(self.times))
        return does() if does else "1234"


def everybody(count):
    return [question((f"仿真{nth}", ZHANG[1])) for nth in range(count)]


def all_found(count):
    return [found((f"仿真{nth}", ZHANG[1])) for nth in range(count)]


def test_typing_overlaps_with_asking(desk):
    """The person types all the time: 6 x 0.3 s and a little, where one after the other would take 6 x 0.6 s."""
    site, person = Logged(*all_found(6), seconds=0.15), Person(0.3)
    begun = time.monotonic()
    answers, stopped = desk.ask(site, *everybody(6), asker=person)
    took = time.monotonic() - begun
    assert [answer.state for answer in answers] == ["found"] * 6
    assert not stopped
    assert took < 3.0
    assert (site.pictures, len(person.times)) == (6, 6)
    assert [what.split()[1] for what in site.queries_made] == [f"仿真{nth}" for nth in range(6)]


def test_typing_overlaps_with_the_gap(desk):
    site, person = Logged(*all_found(5), seconds=0.2), Person(0.4)
    begun = time.monotonic()
    desk.ask(site, *everybody(5), asker=person, gap=0.4)
    assert time.monotonic() - begun < 3.5  # one after the other: 5 x 0.8 s
    starts = [moment for what, moment in site.log if what.startswith("query")]
    assert all(later - earlier >= 0.4 for earlier, later in itertools.pairwise(starts))


def test_a_wrong_captcha_takes_the_one_typed_ahead(desk):
    """The same question at once, with the next captcha; it costs one picture, and the order stays."""
    site, person = Logged(WRONG, *all_found(3)), Person()
    answers, _ = desk.ask(site, *everybody(3), asker=person)
    assert [answer.state for answer in answers] == ["found"] * 3
    assert site.queries_made == ["query 仿真0 1", "query 仿真0 2", "query 仿真1 3", "query 仿真2 4"]
    assert (site.pictures, len(person.times)) == (4, 4)


def test_nothing_is_typed_that_may_not_be_needed(desk):
    """The last question's second saying is typed only once the first has come back."""
    site, person = Logged(found(ZHANG), NOTHING, NOTHING), Person()
    answers, _ = desk.ask(site, question(ZHANG), question(NOBODY), asker=person)
    assert [answer.state for answer in answers] == ["found", "not_found"]
    assert (site.pictures, len(person.times)) == (3, 3)
    second = next(moment for what, moment in site.log if what.endswith(" 2"))
    assert person.times[2][0] > second


def test_nobody_here_while_a_query_is_under_way(desk):
    """The query is waited for; its answer counts; the rest is not asked."""
    site, person = Logged(*all_found(3), seconds=0.2), Person(does={2: lambda: None})
    answers, stopped = desk.ask(site, *everybody(3), asker=person)
    assert [answer and answer.state for answer in answers] == ["found", None, None]
    assert "没有人" in stopped


def test_old_pictures_and_old_answers_are_thrown_away(desk):
    """A picture fetched ahead is not shown late, and an answer typed ahead is not sent late."""
    site, person = Logged(*all_found(3)), Person(0.8)
    desk.ask(site, *everybody(3), asker=person, captcha_keep=0.5)
    assert [what.split()[2] for what in site.queries_made] == ["1", "3", "5"]  # 2 and 4 lay for 0.8 s
    site, person = Logged(*all_found(2), seconds=1.0), Person()
    answers, _ = desk.ask(site, *everybody(2), asker=person, run="two", captcha_keep=0.5)
    assert [answer.state for answer in answers] == ["found"] * 2
    assert len(site.queries_made) == 2
    assert len(person.times) == 3  # the one typed ahead waited for the slow answer


def test_nothing_ahead_that_would_be_old_at_its_turn(desk):
    """Where queries are far apart, each captcha is fetched and typed for the next turn alone."""
    site, person = Logged(*all_found(3)), Person()
    answers, _ = desk.ask(site, *everybody(3), asker=person, gap=0.5, captcha_keep=0.6)
    assert [answer.state for answer in answers] == ["found"] * 3
    assert (site.pictures, len(person.times)) == (3, 3)
    queries = [moment for what, moment in site.log if what.startswith("query")]
    assert all(typed > query for query, (typed, _) in zip(queries, person.times[1:], strict=False))


def test_endlessly_late_captchas_end(desk):
    """Where each captcha gets too old before its turn, the question has no answer for now."""
    site = Logged(found(ZHANG))
    one = desk.look_up(site, asker=Person(), captcha_keep=0.0)
    (answer,), stopped = desk.ask(site, question(ZHANG), asker=Person(), captcha_keep=0.0)
    assert (answer.state, answer.reason, site.queries_made) == ("no_answer", "验证码等候过久，已作废", [])
    assert answer.asked_at is None
    assert not stopped
    assert one.known(question(ZHANG)) is None


def test_another_runs_answer_is_used_and_the_captcha_kept(desk):
    """Answered by another run while the person typed: not asked again, and nothing typed is lost."""

    def elsewhere():
        desk.journal.write("other", Scripted.host, question(("仿真0", ZHANG[1])), exchange(all_found(1)[0]))
        return "1234"

    site, person = Logged(*all_found(3)[1:]), Person(does={1: elsewhere})
    answers, _ = desk.ask(site, *everybody(3), asker=person, not_before=EVER)
    assert [answer.state for answer in answers] == ["found"] * 3
    assert site.queries_made == ["query 仿真1 1", "query 仿真2 2"]


def test_two_runs_that_heard_nothing_once_each(desk):
    """Said twice, whoever asked: neither asks a third time."""
    earlier = exchange(NOTHING, started_at=START - dt.timedelta(seconds=1))  # of one moment they would be one
    desk.journal.write("other", Scripted.host, question(NOBODY), earlier)
    site = Logged(NOTHING)
    assert desk.answer(site, question(NOBODY), asker=Person(), not_before=EVER).state == "not_found"
    assert len(site.queries_made) == 1
    assert desk.look_up(site, run="other", not_before=EVER).known(question(NOBODY)).state == "not_found"


def test_interruption_while_typing(desk):
    """Ctrl+C at the prompt: the query under way is written, no thread is left, waits are broken off."""

    def interrupted():
        raise KeyboardInterrupt

    site, person = Logged(*all_found(3), seconds=0.3), Person(0.1, does={2: interrupted})
    with pytest.raises(KeyboardInterrupt):
        desk.ask(site, *everybody(3), asker=person)
    first = desk.look_up(site).known(everybody(1)[0])
    assert first.state == "found"
    site, person = Logged(*all_found(3)[1:]), Person(does={2: interrupted})
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        desk.ask(site, *everybody(4), asker=person, gap=20.0)
    assert time.monotonic() - begun < 10  # the second query was waiting for its turn
    assert not [one for one in threading.enumerate() if "asking" in one.name]


def test_what_fails_in_the_other_thread_is_told_here(desk):
    class Broken(Logged):
        def query(self, asked, challenge, answer):
            raise MemoryError

    with pytest.raises(MemoryError):
        desk.ask(Broken(), *everybody(2), asker=Person())
    assert not [one for one in threading.enumerate() if "asking" in one.name]


def test_person_is_not_troubled_when_the_site_is_closed(desk):
    site, person = Logged(found(ZHANG)), Person()
    closed = Hours(0, 1) if time.localtime()[3:5] != (0, 0) else Hours(1, 2)
    (answer,), stopped = desk.ask(site, question(ZHANG), asker=person, hours=closed)
    assert (answer, person.times, site.log) == (None, [], [])
    assert "时段" in stopped


def test_budget_ends_the_run_after_the_last_answer(desk):
    """What the budget allows is answered, though the stop was known while that query was under way."""
    site = Logged(*all_found(3), seconds=0.1)
    answers, stopped = desk.ask(site, *everybody(3), asker=Person(), budget=2)
    assert [answer and answer.state for answer in answers] == ["found", "found", None]
    assert "上限" in stopped


def test_estimate(desk):
    """Before the first captcha only the count; then the median of the times, times what is left."""
    one = desk.look_up(Logged(*all_found(3)), asker=Person(0.1))
    told = []
    begun = time.monotonic()
    one.ask_all(
        everybody(3), lambda done, total: told.append((done, one.effort.left, one.effort.minutes_left))
    )
    most = time.monotonic() - begun  # a busy machine may add to the time in which somebody types
    assert [(done, left) for done, left, _ in told] == [(0, 3), (1, 2), (2, 1), (3, 1)]
    assert told[0][2] is None
    assert 0.1 * 2 / 60 <= told[1][2] <= most * 2 / 60


def test_closed_for_this_run(desk):
    """What is answered counts; the rest is left, with the reason."""
    desk.journal.write("run", Scripted.host, question(ZHANG), exchange(found(ZHANG)))
    one = desk.look_up(Logged(), asker=Absent())
    object.__setattr__(one, "closed", "不再查询")
    answers, stopped = one.ask_all([question(ZHANG), question(LI)], lambda *_: None)
    assert (list(answers), stopped) == ([question(ZHANG)], "不再查询")
    assert one.ask_all([question(ZHANG)], lambda *_: None)[1] == ""
