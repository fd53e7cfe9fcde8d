"""The blank list is what the reader reads: what a clerk fills in is found under its head, and no column is left over."""

import datetime as dt
import io

import openpyxl

from certcheck.staff_list.template import blank_list
from common.catalogue import SPECIAL, Kind, load_catalogue
from tests.certcheck.lists import ZHANG, read

ROW = {
    "姓名": "仿真张三", "身份证号": ZHANG, "单位": "某厂", "部门": "一班", "岗位": "电工", "证书类型": SPECIAL, "准操项目": "低压电工作业",
    "证号": f"T{ZHANG}", "初领日期": dt.date(2021, 5, 1), "有效期起": "2021-05-01", "有效期至": "2027-04-30",
    "应复审日期": "2024-04-30", "实际复审日期": "2024-04-01", "发证机关": "某市应急管理局", "人员类型": "安全生产管理人员",
    "行业类别": "危险化学品", "任职日期": "2020-01-01", "最近再培训日期": "2026-01-01",
}  # fmt: skip


def test_every_column_is_read_as_what_its_head_says(tmp_path):
    assert blank_list() == blank_list()
    book = openpyxl.load_workbook(io.BytesIO(blank_list()))
    heads = [cell.value for cell in book.active[1]]
    assert heads == list(ROW)
    book.active.append([ROW[head] for head in heads])
    book.save(tmp_path / "名单.xlsx")
    lists = read(tmp_path / "名单.xlsx")
    (entry,) = lists.entries
    assert (entry.person.name, entry.person.id_written, entry.person.post) == ("仿真张三", ZHANG, "电工")
    claim = entry.claim
    assert (claim.kind, claim.item, claim.certificate_number) == (Kind.SPECIAL, "低压电工作业", f"T{ZHANG}")
    dates = [claim.first_issue, claim.valid_from, claim.valid_to, claim.review_due, claim.review_done]
    assert [str(one) for one in dates] == [
        "2021-05-01",
        "2021-05-01",
        "2027-04-30",
        "2024-04-30",
        "2024-04-01",
    ]
    assert not [reading for reading in lists.readings if reading.not_read]


def test_every_cell_tells_what_it_holds():
    sheet = openpyxl.load_workbook(io.BytesIO(blank_list())).active
    told = sheet.data_validations.dataValidation
    assert len(told) == sheet.max_column
    assert all(one.prompt and len(one.prompt) <= 255 for one in told)
    assert load_catalogue().match_kind(SPECIAL).certain
