"""``zhengkao forms`` through the program: written once, never over what somebody filled in."""

import docx
import openpyxl

from commands.root import run
from tests.journeys.check_support import check, roster


def test_forms_of_a_run(here, capsys):
    """Each form in both kinds; a second time the file is kept; a wrong ending and a wrong folder are told."""
    check(roster(here, 2), "--out", "o")
    for form in ("self-check", "summary", "statistics"):
        for ending in (".docx", ".xlsx"):
            assert run(["forms", form, "o", "--out", f"{form}{ending}"]) == 0
    assert "走过场" in docx.Document("self-check.docx").paragraphs[0].text
    assert openpyxl.load_workbook("summary.xlsx").active.max_row > 8
    kept = (here / "self-check.docx").read_bytes()
    assert run(["forms", "self-check", "o", "--out", "self-check.docx"]) == 2
    assert (here / "self-check.docx").read_bytes() == kept
    assert run(["forms", "self-check", "o", "--out", "a.pdf"]) == 2
    assert run(["forms", "self-check", "nowhere", "--out", "b.docx"]) == 2
    told = capsys.readouterr().err
    assert "没有覆盖" in told
    assert ".docx 或 .xlsx" in told
    assert "summary.json" in told
