"""The report page: what it is called by, and how it shows on a small screen and on paper."""

import pytest
from bs4 import BeautifulSoup

from certcheck.findings import FOR_MANAGERS, next_step
from certcheck.report.page import _steps
from tests.journeys.check_support import check, person, row, write_csv


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Give the page of a list with an expired certificate, one that ends in four weeks, and one in ten."""
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    ends = ("2026-11-01", "2026-12-18", "2027-01-29")
    write_csv(tmp_path / "a.csv", [row(*person(nth), 有效期至=end) for nth, end in enumerate(ends)])
    check("a.csv", "--out", "o", "--as-of", "2026-11-20")
    return BeautifulSoup((tmp_path / "o" / "report.html").read_text(encoding="utf-8"), "html.parser")


def test_deadlines_are_told_by_days(page):
    """18 December is not 本月 in November, and late January no part of this quarter."""
    told = [head.text for head in page.select("h3")][:3]
    assert told == ["7 天内：0 项", "8 至 30 天：1 项", "31 至 90 天：1 项"]


def test_a_row_on_a_phone_says_what_its_cells_are(page):
    """On a small screen rows stand as cards, without the header: each cell names its column."""
    tables = page.select("table.stacked")
    assert len(tables) == 5
    for table in tables:
        labels = [head.text for head in table.select("th")]
        for one in table.select("tbody > tr"):
            assert [cell["data-of"] for cell in one.select("td")] == labels


def test_an_expired_certificate_of_a_manager_stops_no_special_operation(tmp_path, monkeypatch):
    """What is to be done now, and the counts of problems, speak of the certificate that is meant."""
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    name, number, *_ = person(0)
    (tmp_path / "a.csv").write_text(
        "姓名,身份证号,人员类型,行业类别,证书类型,证书编号,有效期起,有效期至\n"
        f"{name},{number},安全生产管理人员,金属冶炼,安全生产知识和管理能力考核合格证,{number},2023-01-01,2025-12-31\n",
        encoding="utf-8",
    )
    check("a.csv", "--out", "o", "--as-of", "2026-11-20")
    text = (tmp_path / "o" / "report.html").read_text(encoding="utf-8")
    assert text.count("立即安排重新考核取证；考核合格前不得履职") == 3
    assert "停止特种作业" not in text


def test_a_code_with_several_next_steps_says_whom_each_is_for():
    """The code's own first; a step that is alone needs no word."""
    own, managers = next_step("CERT-EXPIRED"), FOR_MANAGERS["CERT-EXPIRED"]
    assert _steps("CERT-EXPIRED", {managers: None, own: None}) == f"{own}。安管人员：{managers}"
    assert _steps("CERT-EXPIRED", {managers: None}) == managers
