"""The name that is asked: the person's alone, whatever a list writes beside it."""

import pytest

from certcheck.asked_name import asked_name
from certcheck.compare import compare
from certcheck.listed import ListedPeople
from certcheck.model import Answer, AnswerState
from certcheck.questions import question_for
from tests.certcheck.builders import LI, SPECIAL, codes_of, outcomes
from tests.certcheck.registry.client_support import VOCABULARY
from tests.certcheck.test_compare import CONTEXT, RECORD, codes, entry_of


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("买买提•艾力", "买买提·艾力"), ("买买提・艾力", "买买提·艾力"), ("买买提.艾力", "买买提·艾力"),
        ("买买提 ● 艾力", "买买提·艾力"), ("李四（班长）", "李四"), ("李四 (班长)", "李四"), ("李四（班长", "李四"),
        ("李六*", "李六"), ("★李六", "李六"), ("李四【新】*", "李四"), ("张伟1", "张伟"), ("张伟①", "张伟"),
        ("李四（曾用名李五）", "李四"), ("John (Johnny)", "John"),
        # no mark of somebody else's, and nothing that would leave no name
        ("仿真张三", "仿真张三"), ("John A. Smith", "John A. Smith"), ("李*", "李*"), ("张*三", "张*三"),
        ("（李四）", "（李四）"), ("阿不都（买买提）江", "阿不都（买买提）江"),
    ],
)  # fmt: skip
def test_the_name_alone(written, asked):
    """The platform knows only the person's name: any sign beside it makes "nothing found" of everybody."""
    assert asked_name(written) == asked
    assert asked_name(asked) == asked


def answered(name, state):
    entry = entry_of({**SPECIAL, "name": name})
    return list(compare(entry, Answer(state, reason="连接超时"), CONTEXT, VOCABULARY))


def test_what_is_asked_is_told():
    """The list keeps what is written; the reader sees which name was asked, first of all where nothing was found."""
    entry = entry_of({**SPECIAL, "name": "李四（班长）"})
    assert entry.person.name == "李四（班长）"
    assert question_for(entry, CONTEXT).name == "李四"
    remark, missing = answered("李四（班长）", AnswerState.NOT_FOUND)
    assert (remark.code, remark.severity, remark.value, remark.expected) == (
        "NAME-REMARK", "note", "李四（班长）", "李四",
    )  # fmt: skip
    assert missing.code == "REG-NOT-FOUND"
    assert "查询用的姓名是“李四”" in missing.message
    assert "曾用名或别名" in missing.message
    assert "曾用名" not in answered("李六*", AnswerState.NOT_FOUND)[1].message
    assert [one.code for one in answered("仿真张三", AnswerState.NOT_FOUND)] == ["REG-NOT-FOUND"]
    assert answered("李六*", AnswerState.NOT_ASKED) == []


def test_a_remark_contradicts_no_record():
    """What is compared is what was asked."""
    assert codes({**SPECIAL, "name": "仿真张三（班长）"}, RECORD) == ["NAME-REMARK"]
    assert codes({**SPECIAL, "name": "仿真李三（班长）"}, RECORD) == ["NAME-REMARK", "REG-NAME"]


def test_one_person_with_and_without_a_remark():
    """One number under 仿真张三 and 仿真张三（班长） is one person, and no conflict of names."""
    other = {**SPECIAL, "item": "高压电工作业", "name": "仿真张三（班长）"}
    assert [codes_of(one) for one in outcomes(SPECIAL, other)] == [[], []]
    assert [codes_of(one) for one in outcomes(SPECIAL, {**other, "name": "仿真李三*"})] == [
        ["ID-NAME-CONFLICT"],
        ["ID-NAME-CONFLICT"],
    ]


def test_numbered_namesakes_stay_apart_where_files_number_them():
    """张伟1.jpg is the first one's; 张伟.jpg may be either's."""
    first = entry_of({**SPECIAL, "name": "张伟1"})
    second = entry_of({**SPECIAL, "name": "张伟2", "id_number": LI, "certificate_number": ""})
    listed = ListedPeople([first, second])
    assert listed.named_in("张伟1的证书") == {first.person.number}
    assert listed.named("张伟") == {first.person.number, second.person.number}
