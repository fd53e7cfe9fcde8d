"""The whole program with pages that a person saved, alone and beside a registry."""

import csv

import pytest

from certcheck.registry.replica.server import Replica
from tests.certcheck.registry.saved.pages import NOTHING, page, single_file
from tests.journeys.check_support import (
    asking,
    check,
    outcomes,
    people,
    person,
    queries,
    reports,
    roster,
    row,
    summary,
    write_csv,
)

AS_OF = ("--as-of", "2026-11-20")


def certificate(nth, **change):
    """The certificate that ``row`` states, as a page shows it."""
    name, number = person(nth)
    pairs = {
        "姓名": name, "证号": f"T{number}", "作业类别": "电工作业", "操作项目": "低压电工作业", "初领日期": "2024-05-13",
        "有效期开始日期": "2024-05-13", "有效期结束日期": "2030-05-12", "应复审日期": "2027-05-12", "签发机关": "某局",
    }  # fmt: skip
    return pairs | change


def save(folder, name, content):
    path = folder / "网页" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "网页"


def answers(folder):
    return [one["registry"]["answer"] for one in outcomes(folder)]


def codes(folder):
    return [[found["code"] for found in one["findings"]] for one in outcomes(folder)]


def nothing_twice(here, nth):
    for time in ("09:05", "09:31"):
        save(here, f"{person(nth)[1]} {time[3:]}.html", page(nothing=NOTHING, extra=time))


def test_every_answer(here, capsys):
    """Found, not found, another number, another name, another item; who has no page is not asked."""
    save(here, "1.html", page(certificate(0)))
    nothing_twice(here, 1)
    save(here, f"{person(2)[1]}.html", page(certificate(9)))
    save(here, "3.mhtml", single_file(page(certificate(3, 姓名="仿真某某"))))
    save(here, "4.html", page(certificate(4, 操作项目="高处安装、维护、拆除作业", 作业类别="高处作业")))
    assert check(roster(here, 6), "--out", "o", "--saved", here / "网页", *AS_OF) == 3
    assert answers(here / "o") == ["found", "not_found", "no_answer", "found", "found", "not_asked"]
    assert codes(here / "o") == [
        ["REG-SAVED-PAGE"], ["REG-SAVED-PAGE", "REG-NOT-FOUND"], ["REG-NO-ANSWER"],
        ["REG-SAVED-PAGE", "REG-NAME"], ["REG-SAVED-PAGE", "REG-ITEM"], [],
    ]  # fmt: skip
    assert [one["verdict"] for one in outcomes(here / "o")] == [
        "valid", "violation", "unverified", "violation", "violation", "unverified",
    ]  # fmt: skip
    sources = [one["registry"].get("source") for one in outcomes(here / "o")]
    assert sources == ["saved_page"] * 5 + [None]
    assert outcomes(here / "o")[3]["registry"]["asked_at"] == "2026-11-19T09:30:00+08:00"
    out, err = capsys.readouterr()
    assert "保存的网页：共 6 个文件，用上 5 个，不对应名单上的人 1 个" in out
    assert not any(part in out + err for nth in range(10) for part in person(nth))


def test_the_grade_is_visible_wherever_a_verdict_is(here):
    save(here, "1.html", page(certificate(0)))
    assert check(roster(here, 1), "--out", "o", "--saved", here / "网页", *AS_OF) == 0
    told = "凭本人保存的网页"
    assert told in (here / "o" / "report.html").read_text(encoding="utf-8")
    from common.sheets import read_sheets

    (sheet,) = read_sheets(here / "o" / "名单-核验结果.xlsx")
    assert told in str(sheet.rows)
    assert "saved-pages.csv" in summary(here / "o")["notes"][0]


def test_the_table_of_files_holds_no_numbers(here):
    save(here, f"{person(0)[1]}.html", page(certificate(0)))
    save(here, f"={person(1)[1]}.pdf", b"%PDF")
    check(roster(here, 2), "--out", "o", "--saved", here / "网页", *AS_OF)
    text = (here / "o" / "saved-pages.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert [line[2] for line in rows[1:]] == ["用上", "没有用上"]
    assert rows[2][1].startswith("'=")  # no live formula
    assert not any(person(nth)[1] in text for nth in (0, 1))


def test_one_saved_nothing_found_accuses_nobody(here):
    save(here, f"{person(0)[1]}.html", page(nothing=NOTHING))
    assert check(roster(here, 1), "--out", "o", "--saved", here / "网页", *AS_OF) == 3
    assert (answers(here / "o"), codes(here / "o")) == (["no_answer"], [["REG-NO-ANSWER"]])


def test_beside_a_registry(here):
    """A page with records spares a question; "nothing found" spares none, and the live answer stands."""
    save(here, "1.html", page(certificate(0)))
    nothing_twice(here, 1)
    with Replica(people(1, 2), audit=here / "audit.jsonl") as replica:
        code = check(roster(here, 3), "--out", "o", "--saved", here / "网页", *asking(here, replica))
    assert code == 0
    assert answers(here / "o") == ["found"] * 3
    assert len(queries(here / "audit.jsonl")) == 2
    assert [one["registry"].get("source") for one in outcomes(here / "o")] == ["saved_page", None, None]


def test_a_fresh_live_answer_goes_first(here):
    save(here, "1.html", page(certificate(0, 有效期结束日期="2033-01-01")))
    with Replica(people(0), audit=here / "audit.jsonl") as replica:
        assert check(roster(here, 1), "--out", "a", *asking(here, replica)) == 0
        again = asking(here, replica, max_age=7)
        assert check(roster(here, 1), "--out", "b", "--saved", here / "网页", *again) == 0
    assert len(queries(here / "audit.jsonl")) == 1
    assert outcomes(here / "b")[0]["registry"].get("source") is None


def test_resume_asks_those_without_a_page(here):
    save(here, "1.html", page(certificate(0)))
    save(here, f"{person(1)[1]}.html", page(nothing=NOTHING))
    assert check(roster(here, 2), "--out", "o", "--saved", here / "网页", "--gap", 0, *AS_OF) == 3
    before = reports(here / "o")
    assert check("--resume", "o") == 3
    assert reports(here / "o") == before
    with Replica(people(0, 1)) as replica:
        options = dict(zip(*[iter(asking(here, replica))] * 2, strict=True))
        more = [part for name in ("--registry", "--captcha") for part in (name, options[name])]
        assert check("--resume", "o", *more) == 0
        assert replica.queries == 1
    assert answers(here / "o") == ["found", "found"]


def test_a_folder_that_was_changed_is_not_gone_on_with(here, capsys):
    folder = save(here, f"{person(0)[1]}.html", page(nothing=NOTHING))
    assert check(roster(here, 1), "--out", "o", "--saved", folder, *AS_OF) == 3
    save(here, "2.html", page(certificate(0)))
    assert check("--resume", "latest") == 2
    assert "--saved 的文件夹在上次核验后有改动" in capsys.readouterr().err


def test_reports_into_the_folder_of_pages(here, capsys):
    """Not the same folder; one inside it is no page of anybody's, and may be there again next time."""
    folder = save(here, "1.html", page(certificate(0)))
    assert check(roster(here, 1), "--out", folder, "--saved", folder, *AS_OF) == 2
    assert "不能是同一个文件夹" in capsys.readouterr().err
    for _ in range(2):
        assert check(roster(here, 1), "--out", folder / "报告", "--saved", folder, *AS_OF) == 0
    assert check("--resume", folder / "报告") == 0


@pytest.mark.parametrize("name", ["gone", "名单.csv"])
def test_no_folder(here, name, capsys):
    assert check(roster(here, 1), "--out", "o", "--saved", name) == 2
    assert "--saved：没有这个文件夹" in capsys.readouterr().err
    assert not (here / "o").exists()


def test_pages_of_the_replica_are_told_as_such(here, capsys):
    """The demo's own pages are read, and nobody may take them for the national site's."""
    from certcheck.registry.replica.message import BANNER

    save(here, "1.html", page(certificate(0), extra=f"<div>{BANNER}</div>"))
    assert check(roster(here, 1), "--out", "o", "--saved", here / "网页", *AS_OF) == 0
    assert "结果不能作为依据" in capsys.readouterr().out


def test_wide_lists_ask_once_for_all_items(here):
    """Two items of one person: one page answers both rows."""
    content = page(certificate(0), certificate(0, 操作项目="高压电工作业"))
    save(here, "1.html", content)
    rows = [row(*person(0)), row(*person(0), 准操项目="高压电工作业")]
    assert check(write_csv(here / "a.csv", rows), "--out", "o", "--saved", here / "网页", *AS_OF) == 0
    assert [one["verdict"] for one in outcomes(here / "o")] == ["valid", "valid"]


def test_the_line_on_who_was_asked_names_the_label_of_the_rows(here, capsys):
    """Beside saved pages nobody reads 材料无误，未联网核验: what it means is said of the label that is there."""
    (here / "网页").mkdir()
    write_csv(here / "a.csv", [row(*person(0))])
    check("a.csv", "--out", "o", "--saved", "网页", *AS_OF)
    told = capsys.readouterr().out
    shown = (here / "o" / "report.html").read_text(encoding="utf-8")
    for text in (told, shown):
        assert "“没有问题，但未能核实”只指所填材料本身" in text
        assert "材料无误" not in text
