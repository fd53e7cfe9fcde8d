"""The notices' forms: what the data knows is filled in, the rest stays blank, in both file kinds."""

import datetime as dt
import io
import json

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from certcheck.findings import CODES, title
from certcheck.forms import build
from certcheck.forms.codes import MANAGERS, NEEDS, NO_DOUBT, NOT_SETTLED
from certcheck.forms.render import as_docx, as_xlsx
from certcheck.forms.runs import PastRun, Unsettled, read_run
from common.errors import InputError
from common.finding import Severity

DAY = dt.date(2026, 11, 20)


def past_run(**changed):
    """Give a run of 80 people with three expired certificates."""
    given = {
        "enterprise": "恒远机电",
        "as_of": "2026-11-20",
        "rows": 80,
        "people": 80,
        "certificates": 76,
        "findings": {"CERT-EXPIRED": 3, "ID-SEX": 2},
        "asked": True,
        "mended": False,
    }
    return PastRun(**(given | changed))


def table_of(form):
    """Read the table of a form back from its Word document."""
    document = docx.Document(io.BytesIO(as_docx(form)))
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_self_check_fills_only_the_item_on_certificates():
    """The list knows nothing of training plans: items 1 to 5 stay blank, item 6 tells counts."""
    form = build.self_check(past_run(), DAY)
    answers = [row[1] for row in form.rows]
    assert answers[:5] == [""] * 5
    assert "证书已过期 3 条" in answers[5]
    problems, _, doubts = answers[5].partition("另有")
    assert "性别" not in problems, "a finding about the number is no finding about the certificate"
    assert doubts.startswith("性别与身份证号不符 2 条，待核实")


def test_self_check_tells_whose_need_is_open():
    """Where posts are missing, nothing found does not mean that everybody who needs one has one."""
    form = build.self_check(past_run(findings={"POST-MISSING": 2, "POST-UNSURE": 1}), DAY)
    assert "另有没有填写岗位 2 条；岗位可能须持证 1 条，是否须持证待核实" in form.rows[5][1]
    assert form.rows[5][2] == "", "an open question is no problem of a certificate"


@pytest.mark.parametrize("code", CODES)
def test_no_violation_is_denied(code):
    """Whatever breaks a rule is a problem in the form that somebody signs, and what is in doubt stands there as open."""
    told = build.self_check(past_run(findings={code: 3}), DAY).rows[5][1]
    severity, named = CODES[code][0], f"{title(code)} 3 条"
    if code in MANAGERS | NO_DOUBT | NOT_SETTLED:
        assert named not in told
    elif severity is Severity.VIOLATION:
        assert f"存在问题：{named}。" in told
        assert "未发现" not in told
    else:
        assert (named in told) == (severity is Severity.ATTENTION or code in NEEDS)


def test_what_weighs_nothing_in_the_form_is_named_code_by_code():
    """The exceptions are codes that there are, and of violations only the one about managers."""
    excepted = MANAGERS | NO_DOUBT | NOT_SETTLED | NEEDS
    assert excepted <= set(CODES)
    assert {code for code in excepted if CODES[code][0] is Severity.VIOLATION} == {"MANAGER-UNQUALIFIED"}


def test_a_code_of_a_newer_version_is_a_problem():
    """What this version does not know is told by its code, never denied."""
    assert "存在问题：CERT-NEW 1 条" in build.self_check(past_run(findings={"CERT-NEW": 1}), DAY).rows[5][1]


def test_whom_nobody_answered_for_is_told():
    """An incomplete run never reads as clean: 3 without an answer, 2 not asked about, 4 rows not confirmed."""
    unsettled = Unsettled(no_answer=3, not_asked=2, unverified=4, waived=1)
    told = build.self_check(past_run(findings={"REG-NO-ANSWER": 3}, unsettled=unsettled), DAY).rows[5][1]
    assert "就所填材料和已得到的答复，未发现" in told
    assert "另有国家平台没有给出可用的答复 3 条；没有向国家平台查询 2 条，持证情况待核实。" in told
    assert "没有问题但未能核实的共 4 条，不作结论。" in told
    assert "另有 1 条问题已豁免" in told


def test_a_run_in_which_all_is_settled_says_no_more():
    told = build.self_check(past_run(findings={}), DAY).rows[5][1]
    assert told.endswith("证书 76 本。未发现无证、超期或不符的情况。")


def test_self_check_says_when_nobody_was_asked():
    """A clean list that was not looked up must not read as confirmed."""
    form = build.self_check(past_run(findings={}, asked=False), DAY)
    assert "未联网核验" in form.rows[5][1]
    assert form.rows[5][2] == ""


def test_self_check_repeats_what_the_report_says_first():
    """A form made from a run against the replica, or by unconfirmed rules, says so as the report does."""
    form = build.self_check(past_run(notes=("这不是国家平台。", "规则未经原文确认。")), DAY)
    assert form.rows[5][1].endswith("这不是国家平台。\n规则未经原文确认。")


def test_nobody_asked_is_said_once():
    """The notes of a run begin with who was asked: no second sentence says it again."""
    told = build.self_check(past_run(asked=False, notes=("本次没有联网核验：……",)), DAY).rows[5][1]
    assert told.count("联网核验") == 1


@pytest.mark.parametrize(
    ("rows", "people", "told"),
    [
        (89, 86, "核对 86 人（名单 89 行）、证书 76 本"),
        (80, 80, "核对 80 人、证书"),
        (80, None, "核对名单 80 行、"),
    ],
)
def test_rows_are_not_people(rows, people, told):
    """Somebody with two certificates on two rows is one person; an earlier summary counted rows alone."""
    assert told in build.self_check(past_run(rows=rows, people=people), DAY).rows[5][1]


def test_no_file_name_stands_in_an_official_form():
    """The enterprise hands the form in; the list of problems is told by its name for people."""
    assert build.self_check(past_run(), DAY).rows[5][2] == "见问题清单"


def test_summary_counts_enterprises():
    """Three checked, two with problems, one of them mended."""
    form = build.summary([past_run(), past_run(mended=True), past_run(findings={}, mended=True)], DAY)
    assert form.rows[5][1:] == ("3", "2", "1")


def test_statistics_leave_penalties_blank():
    """Penalties are the authority's: only the number of enterprises is known."""
    form = build.statistics([past_run(), past_run()], DAY)
    assert form.rows[0] == ("2", "", "")
    assert form.rows[-1][0] == "合计："


@pytest.mark.parametrize(
    "form",
    [
        build.self_check(past_run(), DAY),
        build.summary([past_run()], DAY),
        build.statistics([past_run()], DAY),
    ],
)
def test_both_files_hold_every_text(form):
    """Whatever the form says stands in the Word document and in the workbook, and the bytes repeat."""
    words = [text for row in table_of(form) for text in row]
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx(form))).active
    cells = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    for row in form.rows:
        for text in filter(None, row):
            assert text in words
            assert text in cells
    assert form.title in cells
    assert as_docx(form) == as_docx(form)
    assert as_xlsx(form) == as_xlsx(form)


def test_forms_have_page_numbers_and_whole_rows():
    """A form of two pages says so on both, and no answer is torn between them."""
    form = build.self_check(past_run(), DAY)
    document = docx.Document(io.BytesIO(as_docx(form)))
    assert document.sections[0].footer.paragraphs[0].text == "第  页 共  页"
    fields = [one.text for one in document.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in document.tables[0].rows)
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx(form))).active
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_header_spans_its_neighbours():
    """存在问题及整改情况 stands over two columns, 检查内容 over two rows."""
    table = table_of(build.self_check(past_run(), DAY))
    assert table[0] == ["检查内容", "存在问题及整改情况", "存在问题及整改情况"]
    assert table[1] == ["检查内容", "企业自查", "整改情况（整改期限）"]


def test_counts_of_a_summary(tmp_path):
    """Rows without a certificate are nobody to ask about: of 5 not asked 2 claim nothing."""
    summary = {
        "as_of": "2026-11-20", "rows": {"read": 9, "without_claim": 2}, "people": 9, "outcomes": 9, "findings": {},
        "registry": {"found": 1, "not_found": 0, "no_answer": 3, "not_asked": 5}, "verdicts": {"unverified": 6},
    }  # fmt: skip
    (tmp_path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert read_run(tmp_path).unsettled == Unsettled(no_answer=3, not_asked=3, unverified=6)


def test_a_folder_without_a_run_is_told(tmp_path):
    """No summary.json: a sentence that names the folder; a broken one, too."""
    with pytest.raises(InputError, match="不是一次核验的输出文件夹"):
        read_run(tmp_path)
    (tmp_path / "summary.json").write_text(json.dumps({"rows": 3}), encoding="utf-8")
    with pytest.raises(InputError, match="读不了"):
        read_run(tmp_path)


def test_a_long_name_of_an_enterprise_leaves_the_lines_to_sign_whole():
    """What does not stand on one line stands on a line each: nobody signs on half a line."""
    heads = []
    for name in ("恒远机电", "云岭市高新技术产业开发区仿真重型装备制造（集团）有限责任公司第二分公司"):
        form = build.self_check(past_run(enterprise=name), DAY)
        sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(form))).active
        heads.append((sheet["A2"].value.count("\n"), sheet.row_dimensions[2].height))
    assert heads == [(0, 32.25), (2, 47.25)]
