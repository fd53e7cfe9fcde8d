"""Two columns of one row that state the same date: the own column goes first, and a disagreement is told."""

from tests.certcheck.lists import ZHANG, codes_under, entries_of, roster

WHO = ["仿真张三", ZHANG, "低压电工作业"]


def claim_under(*headers_and_cells):
    headers, cells = headers_and_cells
    (entry,) = entries_of(roster([["姓名", "身份证号", "准操项目", *headers], [*WHO, *cells]]))
    return entry


def conflict_of(entry):
    (finding,) = [one for one in entry.findings if one.code == "DATE-CONFLICT"]
    return finding


def test_the_own_end_goes_before_the_range():
    """An end that is over must not hide behind a range that is not: 2026-08-01 counts, and both are quoted."""
    entry = claim_under(["证书有效期限", "到期日期"], ["2024-08-01至2030-08-01", "2026-08-01"])
    assert (str(entry.claim.valid_from), str(entry.claim.valid_to)) == ("2024-08-01", "2026-08-01")
    finding = conflict_of(entry)
    assert (finding.field, finding.value, finding.expected) == ("valid_to", "2026-08-01", "2030-08-01")
    assert "“到期日期”写 2026-08-01，“证书有效期限”写 2030-08-01" in finding.message


def test_expired_by_the_own_end(tmp_path):
    """The whole way: the man whose end is over is a violation, not 材料无误."""
    header = ["姓名", "身份证号", "准操项目", "有效期", "有效期至", "实际复审日期"]
    row = [*WHO, "2020-08-01至2030-08-01", "2026-08-01", "2023-07-30"]
    assert codes_under(tmp_path, header, row) == [["CERT-EXPIRED", "DATE-CONFLICT"]]


def test_the_own_start_goes_before_the_range():
    """The same for the start; its field is named."""
    entry = claim_under(["有效期起", "有效期"], ["2024-09-01", "2024-08-01至2030-08-01"])
    assert (str(entry.claim.valid_from), str(entry.claim.valid_to)) == ("2024-09-01", "2030-08-01")
    finding = conflict_of(entry)
    assert (finding.field, finding.value, finding.expected) == ("valid_from", "2024-09-01", "2024-08-01")


def test_columns_that_agree_say_nothing():
    """The same day twice is no conflict; a month agrees with a day of it, and the day is kept."""
    for end in ("2030-08-01", "2030-08", "2030年8月1日"):
        entry = claim_under(["有效期", "有效期至"], ["2024-08-01至2030-08-01", end])
        assert entry.findings == ()
        assert str(entry.claim.valid_to) == "2030-08-01"


def test_two_words_for_one_field():
    """有效期至 and 到期日期 are one field: the word that is read first is used, the other is not thrown away."""
    entry = claim_under(["有效期至", "到期日期"], ["2030-08-01", "2026-08-01"])
    assert str(entry.claim.valid_to) == "2030-08-01"
    assert "“有效期至”写 2030-08-01，“到期日期”写 2026-08-01" in conflict_of(entry).message
    alike = claim_under(["有效期至", "到期日期"], ["2030-08-01", "2030/8/1"])
    assert alike.findings == ()


def test_the_second_column_speaks_where_the_first_is_empty():
    """Nothing that is stated is lost: 到期日期 is the end where 有效期至 is empty, and it is no unread column."""
    rows = [["姓名", "身份证号", "准操项目", "有效期至", "到期日期"], [*WHO, "", "2026-08-01"]]
    read = roster(rows)
    (entry,) = entries_of(read)
    assert (str(entry.claim.valid_to), entry.findings) == ("2026-08-01", ())
    assert read.tables[0].unread == ()


def test_the_second_column_is_told_where_it_is_no_date():
    """长期 under 到期日期 is quoted: nobody is told that the certificate states no end."""
    (finding,) = claim_under(["有效期至", "到期日期"], ["", "长期"]).findings
    assert (finding.code, finding.field, finding.value) == ("DATE-UNREADABLE", "valid_to", "长期")


def test_each_certificate_of_a_wide_list_has_its_own_dates():
    """What is told of the first certificate's two ends says nothing of the second's."""
    header = ["姓名", "身份证号", "低压证-有效期", "低压证-有效期至", "高压证-有效期", "高压证-有效期至"]
    row = [*WHO[:2], "2024-08-01至2030-08-01", "2026-08-01", "2024-08-01至2030-08-01", "2030-08-01"]
    low, high = entries_of(roster([header, row]))
    assert [one.code for one in low.findings] == ["DATE-CONFLICT"]
    assert high.findings == ()
