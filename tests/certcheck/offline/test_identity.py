"""Identity numbers against themselves, against the row, and across rows."""

import pytest

from certcheck.verdict import VERDICTS
from tests.certcheck.lists import LI, SPECIAL, ZHANG, codes, codes_of, number, outcomes

PLAIN = {"name": "仿真张三", "id_number": ZHANG, "post": "资料员"}
WRONG_CHECK = ZHANG[:-1] + "0"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (ZHANG, []),
        ("", ["ID-MISSING"]),
        ("无", ["ID-MISSING"]),
        (WRONG_CHECK, ["ID-CHECKDIGIT"]),
        (ZHANG[:-1], ["ID-FORMAT"]),
        ("待补充", ["ID-FORMAT"]),
        (number("2026-11-21"), ["ID-BIRTHDATE"]),
        ("000000900101001", ["ID-OLD15"]),
        (900101001000001, ["ID-BIRTHDATE", "ID-OLD15"]),
        (100000199001010018, ["ID-TRUNCATED"]),
        (1.1010119900101e17, ["ID-TRUNCATED"]),
        ("1.10101E+17", ["ID-TRUNCATED"]),
        ("1.10101e17", ["ID-TRUNCATED"]),
        (199001010018, ["ID-TRUNCATED"]),
        (12345, ["ID-FORMAT"]),
        ("H12345678", []),
        ("12345678", []),
        ("E12345678", []),
        ("ABC123456789012", []),
    ],
)
def test_number_cells(written, expected):
    """Each form of a number cell has one finding; 199001010018 is a number whose zeros were dropped."""
    assert codes(PLAIN, id_number=written) == expected


def test_impossible_birth_date():
    """The 30th of February is no day, however right the check digit is."""
    assert codes(PLAIN, id_number=number("1990-02-30")) == ["ID-BIRTHDATE"]


def test_born_today_is_possible():
    """Only a birth date after the checking date is in the future."""
    assert codes(PLAIN, id_number=number("2026-11-20")) == []


def test_sex_column():
    """The 17th digit is odd for men; what the form or the cell does not tell contradicts nothing."""
    assert codes(PLAIN, sex="男") == []
    assert codes(PLAIN, sex="女性") == ["ID-SEX"]
    assert codes(PLAIN, sex="—") == []
    assert codes(PLAIN, sex="女", id_number="H12345678") == []


def test_birth_column():
    """A birth column agrees at the precision it was written with."""
    assert codes(PLAIN, birth="1990-01-01") == []
    assert codes(PLAIN, birth="1990.01") == []
    assert codes(PLAIN, birth="1990-02") == ["ID-BIRTH-COLUMN"]
    assert codes(PLAIN, birth="1990-01-02") == ["ID-BIRTH-COLUMN"]


def test_one_number_two_names():
    """Every row with the number is marked, however the number is spelled."""
    other = {**PLAIN, "name": "仿真李四", "id_number": f"'{ZHANG[:6]} {ZHANG[6:]}"}
    third = {**PLAIN, "name": "仿真王五", "id_number": LI}
    found = [codes_of(outcome) for outcome in outcomes(PLAIN, other, third)]
    assert found == [["ID-NAME-CONFLICT"], ["ID-NAME-CONFLICT"], []]


def test_old_and_new_number_of_one_person_with_two_names():
    """A 15-digit number is its 18-digit form, so the two names conflict."""
    old = {**PLAIN, "name": "仿真李四", "id_number": ZHANG[:6] + ZHANG[8:17]}
    assert all("ID-NAME-CONFLICT" in codes_of(outcome) for outcome in outcomes(PLAIN, old))


@pytest.mark.parametrize("other", ["仿真 张三", "仿真\u3000张三", "仿真张三\u200b"])
def test_spelling_of_a_name_is_no_conflict(other):
    """Blanks and invisible marks do not make another name."""
    assert [codes_of(o) for o in outcomes(PLAIN, {**PLAIN, "name": other})] == [[], []]


def test_middle_dots_are_no_conflict():
    """The same name is typed with several middle dots."""
    first, second = {**PLAIN, "name": "阿依·古丽"}, {**PLAIN, "name": "阿依•古丽"}
    assert [codes_of(o) for o in outcomes(first, second)] == [[], []]


def test_words_for_a_missing_number_are_nobodys_number():
    """Two people whose number is 待补充 do not share a number: no conflict may accuse them."""
    people = ({**PLAIN, "id_number": "待补充"}, {**PLAIN, "name": "仿真李四", "id_number": "待补充"})
    assert [codes_of(outcome) for outcome in outcomes(*people)] == [["ID-FORMAT"], ["ID-FORMAT"]]


def test_lost_digits_join_nobody():
    """Two people whose cells lost the same digits are not one person."""
    people = (
        {**SPECIAL, "id_number": 100000199001010000, "certificate_number": ""},
        {**SPECIAL, "name": "仿真李四", "id_number": 100000199001010000, "certificate_number": ""},
    )
    assert [codes_of(outcome) for outcome in outcomes(*people)] == [["ID-TRUNCATED"], ["ID-TRUNCATED"]]


def test_missing_name():
    """A row with a number and no name is a person whose name is missing."""
    (outcome,) = outcomes({**PLAIN, "name": "/"})
    assert codes_of(outcome) == ["NAME-MISSING"]
    assert outcome.verdict == "attention"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#公式没有结果"])
def test_an_error_of_the_spreadsheet_is_nobodys_name_and_no_number(error):
    """Asked of a registry, "#N/A" would be answered "nobody of that name": a person would be wronged."""
    (outcome,) = outcomes({**PLAIN, "name": error})
    assert codes_of(outcome) == ["NAME-MISSING"]
    assert "公式" in outcome.findings[0].message
    assert outcome.entry.person.name == ""
    (outcome,) = outcomes({**PLAIN, "id_number": error})
    assert codes_of(outcome) == ["ID-MISSING"]
    assert outcome.entry.person.identity is None


def test_verdict_words_are_complete():
    """Every verdict of the contract has its words."""
    assert set(VERDICTS) == {"valid", "attention", "violation", "unverified", "not_required"}


def test_number_from_certificate_number():
    """Without a column for it, the number is in the certificate number, and the row says so."""
    row = {k: v for k, v in SPECIAL.items() if k != "id_number"}
    (outcome,) = outcomes(row)
    assert codes_of(outcome) == ["ID-FROM-NUMBER"]
    assert outcome.entry.person.number == ZHANG
    assert codes(row, certificate_number="") == ["ID-MISSING"]


def test_number_is_not_taken_where_the_column_is_empty():
    """A column for the number that is empty here is a missing number."""
    assert codes(SPECIAL, id_number="") == ["ID-MISSING"]


def test_number_is_not_taken_from_a_numeric_cell():
    """A numeric certificate number lost digits: whoever it seems to name, nobody is guessed from it."""
    row = {k: v for k, v in SPECIAL.items() if k != "id_number"}
    for lost in range(100000199001010000, 100000199001010000 + 31_000, 1000):
        assert codes(row, certificate_number=float(lost)) == ["ID-MISSING", "NUMBER-FORM"]
