"""Saved pages before a site: who is asked, what is typed ahead, what stands where the site has no answer."""

import pytest

from certcheck.model import SAVED_PAGE
from certcheck.registry.saved.with_saved import WithSaved
from common.catalogue import Kind
from tests.certcheck.registry.client_support import (
    EVER,
    Absent,
    Scripted,
    Standin,
    desk_in,
    exchange,
    found,
    question,
)
from tests.certcheck.registry.client_support import NOTHING as SITE_NOTHING
from tests.certcheck.registry.saved.pages import LI, NOTHING, SAFETY, ZHANG, of, page
from tests.certcheck.registry.saved.support import NAMESAKE, STRANGER, Saved

PEOPLE = (ZHANG, STRANGER, LI, NAMESAKE)


class Typist:
    """Answers every captcha and counts them."""

    def __init__(self):
        self.asked = 0

    def ask(self, _image):
        self.asked += 1
        return "1234"


class ByPerson(Scripted):
    """Has a certificate of everybody it is asked about."""

    def query(self, asked, challenge, answer):
        self.queries += 1
        return exchange(found((asked.name, asked.id_number)), started_at=next(self.times))


class OldSite(ByPerson):
    kinds = frozenset({Kind.SPECIAL})


@pytest.fixture
def saved(tmp_path):
    (tmp_path / "网页").mkdir()
    return Saved(tmp_path / "网页")


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "库").mkdir()
    with desk_in(tmp_path / "库") as desk:
        yield desk


def nothing_twice(saved, person, title="特种作业操作证查询"):
    for extra in ("<p>1</p>", "<p>2</p>"):
        content = page(nothing=NOTHING, title=title, extra=extra)
        saved.add(content, f"{person[1]}-{extra[3]}.html")


def ask(answerer, questions):
    told = []
    answers, stopped = answerer.ask_all(questions, lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {len(questions)}
    given = [answers.get(one) and (str(answers[one].state), answers[one].source) for one in questions]
    return given, stopped


def test_pages_alone(saved):
    saved.add(page(of(ZHANG)))
    nothing_twice(saved, STRANGER)
    saved.of(*PEOPLE)
    answerer = WithSaved(saved.answers, None)
    given, stopped = ask(answerer, saved.questions)
    assert [state for state, _ in given] == ["found", "not_found", "not_asked", "not_asked"]
    assert stopped == ""
    assert not any(map(answerer.refusal, saved.questions))


def test_beside_a_site_only_the_rest_is_typed(saved, desk):
    """One captcha per question that is asked, typed ahead or not, and none for those with a page."""
    saved.add(page(of(ZHANG))).add(page(of(LI)))
    nothing_twice(saved, STRANGER)
    saved.of(*PEOPLE)
    site, typist = ByPerson(None), Typist()
    given, stopped = ask(WithSaved(saved.answers, desk.look_up(site, typist)), saved.questions)
    assert [state for state, _ in given] == ["found"] * 4
    assert [source == SAVED_PAGE for _, source in given] == [True, False, True, False]
    assert (site.queries, typist.asked, stopped) == (2, 2, "")


def test_pages_stand_where_nobody_types(saved, desk):
    """What a page answers is there all the same; a saved "nothing found" waits for the site."""
    saved.add(page(of(LI)))
    nothing_twice(saved, STRANGER)
    saved.of(*PEOPLE)
    live = desk.look_up(ByPerson(None), Absent())
    given, stopped = ask(WithSaved(saved.answers, live), saved.questions)
    assert [one and one[0] for one in given] == [None, None, "found", None]
    assert "--resume" in stopped


def test_a_fresh_answer_of_the_site_goes_first(saved, desk):
    saved.add(page(of(ZHANG)))
    saved.of(ZHANG)
    for _ in range(2):
        desk.journal.write("before", Scripted.host, question(ZHANG), exchange(SITE_NOTHING, started_at=None))
    site = ByPerson(None)
    live = desk.look_up(site, Standin(), not_before=EVER)
    # both sayings have one moment: they are one
    assert ask(WithSaved(saved.answers, live), saved.questions) == ([("found", SAVED_PAGE)], "")
    desk.journal.write("before", Scripted.host, question(ZHANG), exchange(found(ZHANG)))
    live = desk.look_up(site, Standin(), run="next", not_before=EVER)
    (given,), _ = ask(WithSaved(saved.answers, live), saved.questions)
    assert (given[0], given[1] == SAVED_PAGE, site.queries) == ("found", False, 0)


def test_a_kind_that_the_site_does_not_have(saved, desk):
    """A page answers it, even with "nothing found"; without a page it is said why it is not asked."""
    title = "安全生产知识和管理能力考核合格信息查询"
    saved.add(page(SAFETY, title=title))
    nothing_twice(saved, STRANGER, title)
    saved.of(*PEOPLE, kinds=(Kind.SPECIAL, Kind.SAFETY))
    site = OldSite(None)
    answerer = WithSaved(saved.answers, desk.look_up(site, Typist()))
    refused = [one for one in saved.questions if answerer.refusal(one)]
    assert [(one.id_number, one.kind) for one in refused] == [
        (ZHANG[1], Kind.SAFETY),
        (NAMESAKE[1], Kind.SAFETY),
    ]
    assert "旧版" in answerer.refusal(refused[0])
    asked = [one for one in saved.questions if one not in refused]
    given, _ = ask(answerer, asked)
    told = {(one.id_number, str(one.kind)): given[0] for one, given in zip(asked, given, strict=True)}
    assert told[LI[1], "safety"] == "found"
    assert told[STRANGER[1], "safety"] == "not_found"
    assert site.queries == 4
