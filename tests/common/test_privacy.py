"""Masks show what the contract allows and no more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.privacy import (
    mask,
    mask_identity_in,
    mask_in_name,
    mask_name,
    mask_numbers_in,
    says_number,
    told_apart,
)
from tests.certcheck.lists import ZHANG


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789XT", max_size=30))
def test_mask_never_shows_more(number):
    """Six and four of eighteen characters, two and two of any other; the length stays."""
    masked = mask(number)
    assert len(masked) == len(number)
    shown = sum(mark != "*" for mark in masked)
    assert shown <= (10 if len(number) == 18 else 4)
    if len(number) == 18:
        assert (masked[:6], masked[-4:]) == (number[:6], number[-4:])
    elif len(number) > 4:
        assert (masked[:2], masked[-2:]) == (number[:2], number[-2:])


def test_nothing_to_mask():
    """No number stays no number."""
    assert mask(None) is None
    assert mask("") == ""


FULL_WIDTH = "".join(chr(ord(mark) + 0xFEE0) for mark in ZHANG)


@pytest.mark.parametrize(
    "written",
    [ZHANG, f"T{ZHANG}", f"号码{ZHANG}。", f"{ZHANG[:6]} {ZHANG[6:14]} {ZHANG[14:]}", f"{ZHANG[:6]}-{ZHANG[6:14]}-{ZHANG[14:]}",
     FULL_WIDTH, "000000900101001", f"{ZHANG}、{ZHANG}", f"'{ZHANG}", "00000019900101001x", "ABC123456789012",
     f"{ZHANG[:6]}\u200b{ZHANG[6:]}"],
)  # fmt: skip
def test_numbers_in_text_are_masked(written):
    """However a number is typed into a sentence, fewer than eleven of its marks in a row stay."""
    masked = mask_numbers_in(written)
    assert "*" in masked
    digits = [mark for mark in masked if mark.isdigit()]
    assert len(digits) <= 20 if "、" in written else len(digits) <= 10


@pytest.mark.parametrize(
    "text",
    ["2021-05-01至2027-04-30", "2021-05-01 - 2027-04-30", "低压电工作业", "第 12 行", "2021.5.1-2027.4.30"],
)
def test_other_text_stays(text):
    """Dates and words are quoted as they stand."""
    assert mask_numbers_in(text) == text


def test_names_for_the_public():
    assert mask_name("张三") == "张*"
    assert mask_name("张小三") == "张*三"
    assert mask_name("阿依古丽·买买提") == "阿**提"
    assert [mask_name("甲"), mask_name("")] == ["*", ""]
    assert [mask_name("张小三（曾用名李四）"), mask_name("张三 (退休)")] == ["张*三", "张*"], (
        "not the bracket"
    )
    assert mask_name("（张三）") == "（**）"


@pytest.mark.parametrize(
    "text", ["T20261201000012", "330120261201000123", "X000000203001010018", "考点 S1 2026-12-01"]
)
def test_ids_of_another_kind_stay_readable(text):
    """18 digits are an identity number only with a day of birth in its place, beside letters with that of an adult."""
    assert mask_identity_in(text) == text


def test_an_identity_number_among_other_words_is_masked():
    assert mask_identity_in("考生 00000019900101001x 不在") == "考生 000000********001x 不在"


def test_an_id_that_is_a_letter_and_an_identity_number_is_masked():
    """A schedule from elsewhere may call people so; the checker prints its ids."""
    assert mask_identity_in("考生 X000000199001010018 重复") == "考生 X000000********0018 重复"


@pytest.mark.parametrize(
    "text",
    [
        "000000199001010018", "T000000199001010018", "000000199001010018班", "000000-19900101-0018", "000000 19900101 001x",
        "００００００１９９００１０１００１８", "A_000000.1990.01.01.0018", "张三000000199001010018",
    ],
)  # fmt: skip
def test_a_number_is_seen_in_every_guise(text):
    """The number of a certificate is the person's number behind a letter: as an id it would be published."""
    assert says_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "T20261201000012",
        "440100-20261207-0001",
        "00000019900101001",
        "0000001990010100189",
        "考生 S1 2026-12-01 2026-12-02",
        "f" * 64,
    ],
)
def test_long_ids_of_another_kind_are_no_number(text):
    """An area, a day of examination and a running number have 18 digits; nobody who sits was born on that day."""
    assert not says_number(text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (f"张三{ZHANG}.xlsx", "张三000000********0018.xlsx"),
        (f"T{ZHANG}（新）", "T000000********0018(新)"),
        (FULL_WIDTH, "000000********0018"),
        (f"{ZHANG[:6]}_{ZHANG[6:14]}-{ZHANG[14:]}", "000000********0018"),
        ("000000900101001.csv", "00***********01.csv"),
        ("名单（新）20261120153000.xlsx", "名单（新）20261120153000.xlsx"),
        ("IMG20261120153000123", "IMG20261120153000123"),
    ],
)
def test_numbers_in_names_of_files(name, shown):
    """A number is masked however it is written; the time in a name (14 or 17 digits) stays readable."""
    assert mask_in_name(name) == shown


def test_names_alike_when_masked_stay_apart():
    """A reader of two files must see that they are two; one that is called like a mask keeps its name."""
    like = "000000198001010018"
    assert told_apart([ZHANG, "表", like, ZHANG]) == [
        "000000********0018",
        "表",
        "000000********0018（2）",
        "000000********0018",
    ]
    assert told_apart([ZHANG, "000000********0018"]) == ["000000********0018（2）", "000000********0018"]
