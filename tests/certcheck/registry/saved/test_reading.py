import json

import pytest

from common.catalogue import Kind
from common.dates import CivilDate
from tests.certcheck.registry.saved.pages import (
    CERTIFICATE,
    LI,
    NOTHING,
    SAFETY,
    ZHANG,
    certificate,
    copied,
    of,
    page,
    single_file,
    third_generation,
)
from tests.certcheck.registry.saved.support import only, read

FORMS = {
    "generation 2": page(CERTIFICATE),
    "generation 3": third_generation(CERTIFICATE),
    "copied table": "特种作业操作证查询结果\n" + copied(CERTIFICATE) + "\n返回",
    "copied lines": "\n".join(f"{label}：{value}" for label, value in CERTIFICATE.items()),
    "pairs on a line": "  ".join(f"{label}: {value}" for label, value in CERTIFICATE.items()),
    "label over value": "\n".join(f"{label}\n{value}" for label, value in CERTIFICATE.items() if value),
    "without tables": "<html><body>"
    + "".join(f"<div>{label}</div><div>{value}</div>" for label, value in CERTIFICATE.items() if value)
    + "</body></html>",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form):
    """One certificate, whichever way it was saved: each field where it belongs, the empty one empty."""
    found = only(FORMS[form])
    ((record, kind),) = found.records
    assert (found.state, kind, found.subject.names) == ("found", Kind.SPECIAL, (ZHANG[0],))
    assert (record.item, record.category, record.issuer) == ("低压电工作业", "电工作业", "仿真市应急管理局")
    assert (record.valid_from, record.valid_to) == (CivilDate(2024, 5, 13), CivilDate(2030, 5, 12))
    assert (record.first_issue, record.review_due, record.review_done) == (
        CivilDate(2024, 5, 13), CivilDate(2027, 5, 12), None,
    )  # fmt: skip
    assert not record.history


def test_first_generation_from_the_replica():
    """The archived form: ``table.datalist``, ten pairs, dates padded with blanks."""
    from certcheck.registry.replica.pages import first_generation_page, in_rows

    pairs = [
        ("姓名", ZHANG[0]), ("性别", "男"), ("作业类别", "电工作业"), ("签发机关", "某局"),
        ("操作项目", "低压电工作业"), ("有效期结束时间", "  2030-05-12  "), ("初次发证日期", "2024-05-13 "),
        ("有效期开始时间", "2024-05-13"), ("应复审日期", "2027-05-12"), ("实际复审日期", ""),
    ]  # fmt: skip
    found = only(first_generation_page([in_rows(pairs, 2)], ""))
    ((record, kind),) = found.records
    assert (kind, record.valid_to, record.first_issue) == (
        Kind.SPECIAL, CivilDate(2030, 5, 12), CivilDate(2024, 5, 13),
    )  # fmt: skip
    assert found.from_replica


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("said", ["utf-8", "gbk", "big5", "nonsense"])
def test_any_encoding_whatever_the_page_says(encoding, said):
    """The meta charset may lie; what the bytes allow decides."""
    content = page(CERTIFICATE).replace('charset="utf-8"', f'charset="{said}"').encode(encoding)
    assert only(content).records[0][0].item == "低压电工作业"


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_single_file_page(charset):
    """Chrome's MHTML: its address tells the kind, its date header when it was saved."""
    content = single_file(page(certificate(作业类别=None), title="查询"), charset)
    found = only(content)
    assert (found.state, found.kind, found.saved_at) == ("found", Kind.SPECIAL, "2026-11-19T01:30:00+00:00")
    safety = single_file(page(nothing=NOTHING, title="查询"), address="https://cx.mem.gov.cn/safety?index=1")
    assert (only(safety).state, only(safety).kind) == ("nothing_found", Kind.SAFETY)


def test_single_file_page_that_was_cut_off():
    content = single_file(page(CERTIFICATE))
    for part in (content[: len(content) // 2], content[:-40]):
        assert only(part).state == "unusable"


def test_json():
    """An answer as the interface gave it, or its list of records alone."""
    data = [
        {
            "name": ZHANG[0],
            "idcardNum": ZHANG[1],
            "operItemName": "低压电工作业",
            "validEndDate": "2030-05-12",
        }
    ]
    for content in ({"code": 200, "msg": "查询成功", "data": data}, data):
        found = only(json.dumps(content))
        assert (found.state, found.subject.numbers) == ("found", (ZHANG[1],))
        assert found.records[0][1] is Kind.SPECIAL
    assert only(json.dumps({"code": 200, "msg": NOTHING, "data": []})).state == "nothing_found"
    assert only(json.dumps({"code": 200, "msg": "操作成功", "data": []})).state == "unusable"
    assert only("[]").state == "unusable"


def test_safety_page():
    found = only(page(SAFETY, title="安全生产知识和管理能力考核合格信息查询"))
    ((record, kind),) = found.records
    assert (kind, found.kind, record.person_type) == (Kind.SAFETY, Kind.SAFETY, "安全生产管理人员")
    assert found.subject.numbers == (LI[1],)


def test_history_is_kept_apart_and_what_is_shown_twice_is_one():
    old = certificate(有效期开始日期="2018-05-13", 有效期结束日期="2024-05-12")
    found = only(page(CERTIFICATE, CERTIFICATE, history=[old, old]))
    assert [record.history for record, _ in found.records] == [False, True]
    text = copied(CERTIFICATE) + "\n—— 历史数据 ——\n" + copied(old)
    assert [record.history for record, _ in only(text).records] == [False, True]


@pytest.mark.parametrize(
    "words", [NOTHING, "没有查询到相关证件信息", "没有查询到相关证件信息！", "未查询到相关证件信息。"]
)
def test_nothing_found_in_the_sites_own_words(words):
    assert only(page(nothing=words)).state == "nothing_found"
    assert only(words).state == "nothing_found"


def test_certificates_beside_hidden_words_are_found():
    """The site keeps its "nothing found" on the page, switched off."""
    hidden = f'<div class="nocert-content" style="display: none;">{NOTHING}</div>'
    assert only(page(CERTIFICATE, extra=hidden)).state == "found"
    shown = page(extra=f'<div style="display:none">{page(CERTIFICATE)}</div>', nothing=NOTHING)
    assert only(shown).state == "nothing_found"


def test_pages_of_the_official_site_and_of_this_machine_are_read():
    for address in (
        "http://cx.mem.gov.cn/special",
        "https://cx.mem.gov.cn/x",
        "http://127.0.0.1:8850/special",
    ):
        mark = f"<!-- saved from url=({len(address):04d}){address} -->"
        assert only(page(CERTIFICATE, extra=mark)).state == "found"


def test_several_people_clearly_parted():
    """A ruled or an empty line between people parts them; each part is about one."""
    one, other = copied(of(ZHANG)), f"姓名：{LI[0]}　证件号码：{LI[1]}\n{NOTHING}"
    for between in ("\n\n", "\n----------\n", "\n\n====\n\n"):
        pages = read("查询结果\n\n" + one + between + other)
        assert [(found.state, found.subject.names) for found in pages] == [
            ("found", (ZHANG[0],)), ("nothing_found", (LI[0],)),
        ]  # fmt: skip


def test_words_parted_from_their_person_are_not_understood():
    """Whose "nothing found" is it? An empty line inside a part must not give it to the neighbour."""
    text = f"姓名：{ZHANG[0]}\n\n{NOTHING}\n\n{copied(of(LI))}"
    assert only(text).state == "unusable"


def test_what_a_form_still_holds_is_shown():
    """Some browsers save what was typed."""
    typed = (
        f'<input type="text" placeholder="请输入证件号码" value="{ZHANG[1]}">'
        f'<input placeholder="请输入姓名" value="{ZHANG[0]}"><input type="hidden" value="{LI[1]}">'
    )
    found = only(page(nothing=NOTHING, extra=typed))
    assert (found.state, found.subject.names, found.subject.numbers) == (
        "nothing_found", (ZHANG[0],), (ZHANG[1],),
    )  # fmt: skip


def test_stars_and_full_form_are_one_person():
    pairs = certificate(证件号码="000000********0018", 证号=f"T{ZHANG[1]}")
    assert only(page(pairs)).subject.numbers == (ZHANG[1],)
    hidden = certificate(证件号码="000000XXXXXXXX0018")
    assert only(page(hidden)).subject.numbers == ("000000********0018",)


def test_time_that_is_shown():
    assert only("查询时间：2026-11-18 09:05\n" + copied(CERTIFICATE)).saved_at == "2026-11-18T09:05:00+08:00"
