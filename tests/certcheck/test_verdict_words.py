"""What the verdict of a row is called, and what to do next, by what came of asking."""

import pytest

from certcheck.model import NO_SAVED_PAGE, SAVED_PAGE, Answer, AnswerState, RegistryRecord
from certcheck.offline.context import Context, Roll
from certcheck.pipeline import verify
from certcheck.registry.vocabulary import load_vocabulary
from certcheck.report.handback import added_to
from certcheck.report.page import People
from common.dates import CivilDate
from tests.certcheck.lists import AS_OF, LI, SPECIAL, ZHANG, catalogue, entries_of, listed, roster, rules

RECORD = RegistryRecord(name="仿真张三", id_number=ZHANG, category="电工作业", item="低压电工作业")
NO_END, NO_ITEM = RECORD, RegistryRecord(name="仿真张三", id_number=ZHANG, valid_to=CivilDate(2030, 5, 12))
OFFLINE_WORDS = "材料无误，未联网核验"


class Site:
    """Gives one answer to every question, or stops."""

    def __init__(self, answer, stopped=""):
        self._answer, self._stopped = answer, stopped

    def refusal(self, question):
        return ""

    def ask_all(self, questions, progress):
        return {} if self._stopped else dict.fromkeys(questions, self._answer), self._stopped


def judged(site, **changes):
    """The outcome of one person's certificate, and the context."""
    entries = entries_of(roster(listed({**SPECIAL, **changes})))
    context = Context(AS_OF, rules(), catalogue(), Roll.of(entries))
    (outcome,) = verify(entries, context, site, load_vocabulary()).outcomes
    return outcome, context


def cells(site, **changes):
    """The verdict in words and the next step, as the list handed back has them."""
    outcome, context = judged(site, **changes)
    assert outcome.verdict == "unverified"
    words, _, steps = added_to([outcome], context).texts
    return words, steps


def test_a_run_that_asked_nobody():
    """Only there the words are those of a run without the registry, and nothing is to be done."""
    assert cells(None) == (OFFLINE_WORDS, "")


@pytest.mark.parametrize(
    ("site", "words", "step"),
    [
        (Site(Answer(AnswerState.FOUND, (NO_END,))), "已联网查到证书，但国家平台没有显示有效期，未能核对", "查看证书原件"),
        (Site(Answer(AnswerState.FOUND, (NO_ITEM,))), "已联网查到证书，但国家平台没有显示项目，未能核对", "查看证书原件"),
        (Site(Answer(AnswerState.NO_ANSWER, asked_at="2026-11-20T09:00:00+08:00", reason="超时")),
         "已联网查询，没有得到可用的答复", "--resume"),
        (Site(Answer(AnswerState.NO_ANSWER, reason="没有取到验证码")), "没有查询成，未能核实", "--resume"),
        (Site(Answer(AnswerState.NO_ANSWER, source=SAVED_PAGE)), "保存的网页不能作为答复，未能核实", "重新保存"),
        (Site(None, "已停止"), "还没有查到这一行", "--resume"),
        (Site(Answer(AnswerState.NOT_ASKED, reason=NO_SAVED_PAGE)), "没有此人可用的保存网页，未联网核验", "保存此人"),
    ],
)  # fmt: skip
def test_a_run_that_asked(site, words, step):
    """What came of asking is said, and what to do is never left empty."""
    told, steps = cells(site)
    assert told == words
    assert step in steps


def test_rows_that_are_not_asked_about():
    """A number that the site cannot be asked for, and a row without a certificate, say so."""
    site = Site(Answer(AnswerState.FOUND, (RECORD,)))
    words, steps = cells(site, name="ZHANG SAN", id_number="H12345678", certificate_number="TH12345678")
    assert (words, bool(steps)) == ("没有向国家平台查询，未能核实", True)
    entries = entries_of(roster([["姓名", "身份证号", "岗位"], ["仿真李四", LI, "安全专员"]]))
    context = Context(AS_OF, rules(), catalogue(), Roll.of(entries))
    (outcome,) = verify(entries, context, site, load_vocabulary()).outcomes
    words, _, steps = added_to([outcome], context).texts
    assert (words, steps[:4]) == ("没有填写证书，没有查询", "确认岗位")


def test_a_training_paper_is_not_looked_up():
    """Nobody is sent to the registry for it."""
    words, steps = cells(Site(None), kind="培训合格证", item="", certificate_number="")
    assert (words, "国家平台" in steps) == ("是培训证明，没有查询", False)


def test_the_words_over_all_rows():
    """The counts of a run that asked are never called 未联网核验."""
    asked, offline = People(), People()
    asked.add(judged(Site(None, "已停止"))[0])
    offline.add(judged(None)[0])
    assert (asked.words["unverified"], offline.words["unverified"]) == ("没有问题，但未能核实", OFFLINE_WORDS)
