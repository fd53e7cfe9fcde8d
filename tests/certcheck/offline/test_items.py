"""Items, other bodies' certificates, certificate numbers and rows that come twice."""

import pytest

from tests.certcheck.lists import LI, SAFETY, SPECIAL, ZHANG, codes, codes_of, number, outcomes

OLD_LI = LI[:6] + LI[8:17]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("低压电工作业", []),
        ("低压电工", []),
        ("低压证", []),
        ("量子焊接作业", ["ITEM-UNKNOWN"]),
        ("电工作业", ["ITEM-BROAD"]),
        ("悬空作业", ["ITEM-UNKNOWN"]),
        ("叉车司机", ["ITEM-OTHER-MINISTRY"]),
        ("建筑电工", ["ITEM-OTHER-MINISTRY"]),
        ("煤矿瓦斯检查作业", ["ITEM-OTHER-MINISTRY"]),
    ],
)
def test_items(written, expected):
    """The catalogue's words pass, drafts and unknown words are told, other bodies' are routed."""
    assert codes(SPECIAL, item=written) == expected


def test_other_body_says_whose_and_where():
    """The sentence names the body and where to check, and the certificate is not judged further."""
    (outcome,) = outcomes(
        {**SPECIAL, "item": "叉车司机", "valid_to": "2020-01-01", "certificate_number": "1"}
    )
    (finding,) = outcome.findings
    assert finding.code == "ITEM-OTHER-MINISTRY"
    assert "市场监督管理" in finding.message


def test_where_to_check_is_told_in_chinese():
    """A coal certificate has no national query site: its issuer is told in words, a site by its address."""
    for item, told in (
        ("煤矿井下电气作业", "请到证书上的发证机关核验。"),
        ("叉车", "请到 cnse.samr.gov.cn 核验。"),
    ):
        (outcome,) = outcomes({**SPECIAL, "kind": "", "item": item})
        assert told in outcome.findings[0].message


def test_a_number_in_an_item_cell_is_masked():
    """A sentence never holds a whole number, whichever cell it came from."""
    for item in (f"叉车{LI}", f"怪项目{LI}", f"叉车 {LI[:6]} {LI[6:14]} {LI[14:]}"):
        (outcome,) = outcomes({**SPECIAL, "item": item})
        assert not any(LI in finding.message.replace(" ", "") for finding in outcome.findings)


def test_known_item_under_an_uncertain_kind():
    """A证 may be anybody's; an item of the directory beside it says whose it is."""
    (outcome,) = outcomes({**SPECIAL, "kind": "安全生产考核合格证"})
    assert outcome.entry.claim.kind == "special"
    assert codes_of(outcome) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"T{ZHANG}", []),
        (f"t {ZHANG}", []),
        (f"T{ZHANG[:6]}{ZHANG[8:17]}", []),
        (ZHANG, ["NUMBER-FORM"]),
        (f"T{ZHANG}01", ["NUMBER-FORM"]),
        ("粤A1234", ["NUMBER-FORM"]),
        ("", []),
        (f"T{LI}", ["NUMBER-NOT-HOLDER"]),
        (LI, ["NUMBER-NOT-HOLDER"]),
        (f"粤T{LI}号", ["NUMBER-NOT-HOLDER"]),
        (f"T{OLD_LI}", ["NUMBER-NOT-HOLDER"]),
        (OLD_LI, ["NUMBER-FORM"]),
        (100000198512310000, ["NUMBER-FORM"]),
        ("T1.10101E+17", ["NUMBER-FORM"]),
    ],
)
def test_certificate_numbers(written, expected):
    """T and the holder's number; fifteen bare digits may be anything and accuse nobody."""
    assert codes(SPECIAL, certificate_number=written) == expected


def test_number_of_a_safety_certificate():
    """The safety-knowledge certificate bears the number itself."""
    assert codes(SAFETY, certificate_number=LI) == []
    assert codes(SAFETY, certificate_number=ZHANG) == ["NUMBER-NOT-HOLDER"]
    assert codes(SAFETY, certificate_number="AQ-1") == ["NUMBER-FORM"]


def test_number_of_other_documents():
    """T and a passport number is the form for its holder."""
    assert codes(SPECIAL, id_number="E12345678", certificate_number="TE12345678") == []


def test_numeric_certificate_number_is_never_somebody_elses():
    """Lost digits may look like another person's number once in eleven times; nobody is accused."""
    for lost in range(100000198512310000, 100000198512310000 + 31_000, 1000):
        (outcome,) = outcomes({**SPECIAL, "certificate_number": float(lost)})
        assert codes_of(outcome) == ["NUMBER-FORM"]
        assert outcome.entry.claim.certificate_number is None


def test_wrong_own_number_copied_into_the_certificate_number():
    """A typing error copied along is one error, not somebody else's number."""
    wrong = ZHANG[:-1] + "0"
    assert codes(SPECIAL, id_number=wrong, certificate_number=f"T{wrong}") == ["ID-CHECKDIGIT"]


def test_duplicates():
    """The later rows with the same person, kind and item are marked, however they are spelled."""
    again = {**SPECIAL, "item": "低压电工", "first_issue": "2024-05-14"}
    other = {**SPECIAL, "item": "高压电工作业"}
    found = [codes_of(outcome) for outcome in outcomes(SPECIAL, again, other, SPECIAL)]
    assert found == [[], ["ROW-DUPLICATE"], [], ["ROW-DUPLICATE"]]


def test_certificates_without_an_item_are_not_the_same():
    """Two special operation certificates that name no item may be two."""
    row = {**SPECIAL, "item": ""}
    assert [codes_of(outcome) for outcome in outcomes(row, {**row, "first_issue": "2024-06-01"})] == [[], []]


def test_two_safety_certificates_of_two_industries():
    """A manager may hold one for each industry and person type; the same again is a duplicate."""
    other = {**SAFETY, "industry": "金属冶炼"}
    found = [codes_of(outcome) for outcome in outcomes(SAFETY, other, SAFETY)]
    assert found == [[], [], ["ROW-DUPLICATE"]]


def test_a_second_name_does_not_hide_a_duplicate():
    """Whoever else has the number: the same name with the same item again is a duplicate, another name's is not."""
    other = {**SPECIAL, "name": "仿真李四"}
    high = {**other, "item": "高压电工作业"}
    nameless = {**SPECIAL, "name": ""}
    found = [codes_of(outcome) for outcome in outcomes(SPECIAL, SPECIAL, high, other, other, nameless)]
    conflict, both = ["ID-NAME-CONFLICT"], ["ID-NAME-CONFLICT", "ROW-DUPLICATE"]
    assert found == [conflict, both, conflict, conflict, both, [*conflict, "NAME-MISSING"]]


def test_two_categories_in_one_cell_are_two_certificates():
    """焊工/电工 names two categories: neither repeats the other, and the whole row again repeats both."""
    row = {**SPECIAL, "item": "焊工/电工"}
    assert [codes_of(outcome) for outcome in outcomes(row)] == [["ITEM-BROAD"]] * 2
    again = outcomes(row, row)
    assert [codes_of(outcome) for outcome in again[2:]] == [["ITEM-BROAD", "ROW-DUPLICATE"]] * 2


def test_duplicates_of_nobody():
    """Without a sound number two rows of one name are not said to be one person."""
    row = {**SPECIAL, "id_number": "", "certificate_number": ""}
    assert [codes_of(outcome) for outcome in outcomes(row, row)] == [["ID-MISSING"], ["ID-MISSING"]]


def test_two_items_in_one_cell():
    """Two recognised items are two certificates, numbered within the row."""
    found = outcomes({**SPECIAL, "item": "低压电工、高压电工"})
    assert [(o.entry.source.row, o.entry.source.certificate, o.entry.claim.item) for o in found] == [
        (2, 0, "低压电工作业"),
        (2, 1, "高压电工作业"),
    ]
    assert {o.entry.claim.item_written for o in found} == {"低压电工、高压电工"}


def test_one_unknown_item_in_a_cell_keeps_the_cell_whole():
    """Where one of two is unknown nothing is split: the cell is quoted as it stands."""
    (outcome,) = outcomes({**SPECIAL, "item": "低压电工、量子焊接"})
    assert codes_of(outcome) == ["ITEM-UNKNOWN"]
    assert outcome.entry.claim.item == "低压电工、量子焊接"


def test_number_of_somebody_in_a_long_run_of_digits():
    """Twenty digits hold no number for certain, whatever eighteen of them would say."""
    assert codes(SPECIAL, certificate_number=f"12{number('1980-01-01')}") == ["NUMBER-FORM"]


def test_an_old_name_says_what_to_do():
    """A name of before 2010 is told with the next step."""
    (outcome,) = outcomes({**SPECIAL, "item": "金属焊接、切割作业"})
    told = [finding.message for finding in outcome.findings if finding.code == "ITEM-UNKNOWN"]
    assert told == [
        "“金属焊接、切割作业”是 2010 年以前的旧名称，请按证书上现行的“准操项目”填写；证书上只有旧名称的，请向发证机关核实。"
    ]
