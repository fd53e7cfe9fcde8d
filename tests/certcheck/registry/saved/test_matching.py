import pytest

from tests.certcheck.registry.saved.pages import (
    CERTIFICATE,
    LI,
    ZHANG,
    certificate,
    of,
    page,
)
from tests.certcheck.registry.saved.support import NAMESAKE, STRANGER, Saved


@pytest.fixture
def saved(tmp_path):
    return Saved(tmp_path)


def test_matched_by_number_whatever_the_file_is_called(saved):
    saved.add(page(of(LI)), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG, LI) == ["no_answer", "found"]
    assert "另一个号码" in saved.reason(0)


def test_another_number_is_no_answer(saved):
    """The file is named after one of the list, the page is about somebody who is not."""
    saved.add(page(of(STRANGER)), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["no_answer"]
    assert saved.uses() == ["不对应名单上的人"]


def test_a_number_with_words_around_it(saved):
    saved.add(page(certificate(证件号码=f"{ZHANG[1]}（居民身份证）")))
    assert saved.of(ZHANG) == ["found"]


def test_old_number_of_15_digits(saved):
    """It is the 18-digit number of the same person."""
    short = ZHANG[1][:6] + ZHANG[1][8:17]
    saved.add(page(certificate(证件号码=short)))
    assert saved.of(ZHANG, NAMESAKE) == ["found", None]


def test_same_name_another_number(saved):
    """No answer for the one of that name, and a word why; where two have the name, for neither."""
    saved.add(page(of((ZHANG[0], STRANGER[1]))))
    assert saved.of(ZHANG) == ["no_answer"]
    assert "另一个号码" in saved.reason()
    assert saved.of(ZHANG, NAMESAKE) == [None, None]


def test_same_number_another_name_is_an_answer(saved):
    """The comparison then says REG-NAME."""
    saved.add(page(certificate(姓名="仿真张叁", 证号=f"T{ZHANG[1]}")))
    assert saved.of(ZHANG) == ["found"]
    assert saved.answers.known(saved.questions[0]).records[0].name == "仿真张叁"


def test_another_name_without_a_number_is_nobodys(saved):
    """Only the file name speaks of the number then: no answer, and no word against anybody."""
    saved.add(page(certificate(姓名="仿真张叁")), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["no_answer"]


def test_name_alone_where_one_has_it(saved):
    saved.add(page(CERTIFICATE))
    assert saved.of(ZHANG, LI) == ["found", None]


def test_namesakes_need_the_number_in_the_file_name(saved):
    saved.add(page(CERTIFICATE), "甲.html")
    assert saved.of(ZHANG, NAMESAKE) == [None, None]
    assert saved.uses() == ["没有用上"]
    saved.add(page(CERTIFICATE), f"乙 {NAMESAKE[1]}.html")
    assert saved.of(ZHANG, NAMESAKE) == [None, "found"]


def test_a_sound_number_of_somebody_else_in_the_file_name(saved):
    """A namesake who is not on the list, by the file's name: the doubt leaves the page unused."""
    saved.add(page(CERTIFICATE), f"{NAMESAKE[1]}.html")
    assert saved.of(ZHANG) == [None]


def test_stars_count_only_with_the_name_and_for_one(saved):
    starred = "000000********0018"
    saved.add(page(certificate(证件号码=starred)))
    assert saved.of(ZHANG, LI) == ["found", None]
    twin = (ZHANG[0], "000000198001010018")
    assert saved.of(ZHANG, twin) == [None, None]


def test_stars_without_a_name(saved):
    starred = "000000********0018"
    saved.add(page(certificate(姓名=None, 证件号码=starred)), "甲.html")
    assert saved.of(ZHANG) == [None]
    saved.add(page(certificate(姓名=None, 证件号码=starred)), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["found"]


def test_a_name_with_stars_that_fits_is_no_other_name(saved):
    saved.add(page(certificate(姓名="仿**", 证号=f"T{ZHANG[1]}")))
    assert saved.of(ZHANG) == ["found"]
    assert saved.answers.known(saved.questions[0]).records[0].name is None
