"""The papers of exam day; why: a person missing on paper stands before a closed door."""

import datetime as dt
import hashlib
import io
import itertools
import json
import zipfile
from dataclasses import replace

import docx
import icalendar
import openpyxl
import pypdf
import pytest

from common.canonical import digest
from common.errors import InputError
from scheduler.folder import json_text
from scheduler.papers.facts import read_facts
from scheduler.papers.kinds import KINDS, kinds_of
from scheduler.papers.notice import notice
from scheduler.papers.people import People
from scheduler.papers.write import write_papers
from scheduler.problem import Part
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import (
    ITEM,
    MOMENT,
    NAMES,
    NUMBERS,
    PLAIN,
    RARE,
    SITE,
    UGLY,
    UNKNOWN,
    drawn,
    read,
    squeezed,
    text_of,
)

PDFS = {
    "tickets.pdf", "doors.pdf", "sign-in.pdf", "seat-labels.pdf", "table-cards.pdf", "duty-letters.pdf",
    "room-records.pdf", "filing.pdf", "notice.pdf", "chances.pdf", "draw-record.pdf", "inspections.pdf",
}  # fmt: skip
OTHERS = {
    "duty-letters.docx", "filing.docx", "notice.docx", "inspections.docx", "schedule.xlsx", "duties.xlsx",
    *(f"calendars/duties-W{number}.ics" for number in (1, 2, 3)),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("drawn") / "exam")


@pytest.fixture(scope="module")
def made(folder):
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    return facts, write_papers(facts, problem, folder / "papers", tuple(KINDS))


def test_every_kind_is_written_and_the_manifest_covers_every_byte(folder, made):
    facts, written = made
    assert set(written.files) == PDFS | OTHERS
    manifest = json.loads((folder / "papers" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["plan_digest"] == facts.plan["digest"]
    assert manifest["result_digest"] == facts.draw["result_digest"]
    for name, stated in manifest["files"].items():
        assert hashlib.sha256((folder / "papers" / name).read_bytes()).hexdigest() == stated
    left = {
        str(path.relative_to(folder / "papers").as_posix())
        for path in (folder / "papers").rglob("*")
        if path.is_file()
    }
    assert left == {*manifest["files"], "manifest.json"}


def test_the_same_draw_gives_the_same_bytes(folder, made, tmp_path):
    facts, written = made
    again = write_papers(facts, read_batch(folder / "batch"), tmp_path, tuple(KINDS))
    assert again.files == written.files
    manifests = [(place / "manifest.json").read_bytes() for place in (tmp_path, folder / "papers")]
    assert manifests[0] == manifests[1]


def test_everybody_is_on_one_ticket_with_place_and_masked_number(folder, made):
    text = text_of(folder / "papers" / "tickets.pdf")
    assert len(pypdf.PdfReader(folder / "papers" / "tickets.pdf").pages) == 5  # two a page
    rows = read(folder / "assignments.csv")
    assert len(rows) == len(NAMES)
    for number, name in enumerate(NAMES, start=1):
        assert text.count(f"准考证号T{number}考试项目") == 1
        shown = name.replace("\U0003134a", "〔U+3134A〕")
        assert text.count(squeezed(f"姓　　名{shown}证件号码")) == 1
        assert NUMBERS[number - 1] not in text
        assert f"000000********{NUMBERS[number - 1][-4:]}" in text
    for row in rows:
        if row["room"]:
            assert f"第{row['room']}考场　{row['seat']}号座位" in text
        if row["group"]:
            assert f"第{row['group']}组　顺序号{row['place']}" in text
    assert "上午09:00开始入场时间08:30起" in text
    assert "云州市甲区仿真路1号" in text
    assert "地　　址云州市乙区（未写明详细地址）" in text, "a district alone looks like an address"
    assert text.count("未写明详细地址") == sum(row["site_id"] == "S2" for row in rows)


def test_markup_of_the_typesetter_in_names_stays_what_it_is(folder, made):
    for name in ("tickets.pdf", "doors.pdf", "sign-in.pdf"):
        text = text_of(folder / "papers" / name)
        assert squeezed(UGLY) in text
        assert squeezed(SITE) in text


def test_a_character_no_font_has_is_told_and_printed_as_its_code(folder, made):
    _, written = made
    assert [one.as_data() for one in written.undrawable] == [
        {"kind": "trainee", "id": "T3", "row": 4, "characters": ["U+3134A"]}
    ]
    (told,) = [one.told() for one in written.undrawable]
    assert "T3" in told
    assert "第 4 行" in told
    assert UNKNOWN not in told
    nameless = {
        "chances.pdf",
        "draw-record.pdf",
        "filing.pdf",
        "inspections.pdf",
        "duty-letters.pdf",
        "room-records.pdf",
    }
    for name in sorted(PDFS - nameless):
        assert "〔U+3134A〕" in text_of(folder / "papers" / name)


def test_rare_names_are_drawn_by_fonts_that_are_embedded(folder, made):
    reader = pypdf.PdfReader(folder / "papers" / "tickets.pdf")
    assert RARE in text_of(folder / "papers" / "tickets.pdf")
    fonts = [
        font["/DescendantFonts"][0] for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    assert names == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"]) for font in fonts)


def test_a_name_of_extension_b_brings_the_packed_font(tmp_path):
    folder = drawn(tmp_path / "exam", names=["仿真\U00020000\U0002a6a5", *NAMES[1:]])
    written = write_papers(read_facts(folder), read_batch(folder / "batch"), tmp_path / "out", ("doors",))
    assert [one.id for one in written.undrawable] == ["T3"]
    assert "仿真\U00020000\U0002a6a5" in text_of(tmp_path / "out" / "doors.pdf")


def test_lists_of_rooms_hold_everybody_once_in_order(folder, made):
    facts, _ = made
    pages = [
        squeezed(page.extract_text()) for page in pypdf.PdfReader(folder / "papers" / "sign-in.pdf").pages
    ]
    theory = [one for one in facts.sittings if facts.part(one.trainee_id) != Part.PRACTICAL]
    practical = [one for one in facts.sittings if facts.part(one.trainee_id) != Part.THEORY]
    rooms = {(one.session, one.room) for one in theory} | {(one.session, -one.group) for one in practical}
    assert len(pages) == len(rooms)
    for number in range(1, len(NAMES) + 1):
        masked = f"000000********{NUMBERS[number - 1][-4:]}"
        seats = sum(one.trainee_id == f"T{number}" for one in (*theory, *practical))
        assert sum(page.count(masked) for page in pages) == seats
    assert all("监考员：仿真考务一" in page for page in pages if "第1考场" in page)
    labels, cards = (text_of(folder / "papers" / name) for name in ("seat-labels.pdf", "table-cards.pdf"))
    assert (labels.count("考场"), cards.count("第1组")) == (len(theory), len(practical))


def test_the_public_notice_masks_names_and_numbers(folder, made):
    notice = text_of(folder / "papers" / "notice.pdf")
    assert "T1仿**一" in notice
    for secret in [PLAIN, RARE, *NUMBERS]:
        assert secret not in notice
    assert "最迟" not in notice, "when to publish is the office's matter"
    assert "000000" not in notice.replace("0000-", "")


def test_what_is_copied_from_a_paper_is_what_is_printed(folder, made):
    """A digest that holds marks nobody sees is none: it is not found, and no program takes it."""
    for name in sorted(PDFS):
        pages = pypdf.PdfReader(folder / "papers" / name).pages
        assert not any(
            set(page.extract_text()) & set("\u200b\u200c\u200d\u2060\ufeff\u00ad") for page in pages
        )


def test_papers_say_whether_the_draw_was_announced(folder, made):
    """Of a trial nobody may read that plan and chances were published before; nor of a change that was drawn at once."""
    facts, _ = made
    for name in ("notice.pdf", "filing.pdf"):
        text = text_of(folder / "papers" / name)
        assert "本次没有事先公告，不能证明种子的来历（试用：命令行给出的种子）" in text
        assert "已公告计划" not in text
    people = People(facts, None, show_id=False)
    at_once = "首次抽签前已公告；这次变更没有另行公告"
    for stated, words in (
        ({"reveal": {"secret": "ab"}}, "抽签前已公告计划和每个人的机会"),
        ({"reveal": {"public_value": "1"}, "committed": False}, "抽签前已公告计划和每个人的机会"),
        ({"committed": True}, at_once),
    ):
        announced = replace(facts, draw={**facts.draw, **stated})
        told = "".join(str(block) for block in notice(announced, people, with_list=False))
        assert words in told
        assert "不能证明" not in told


def test_papers_tell_the_time_in_china_wherever_the_draw_was_made(folder, made):
    facts, _ = made
    elsewhere = replace(facts, draw={**facts.draw, "drawn_at": "2026-11-19T16:30:00+00:00"})
    told = "".join(
        str(block) for block in notice(elsewhere, People(facts, None, show_id=False), with_list=False)
    )
    assert "抽签时间：2026年11月20日 00:30（北京时间）" in told
    assert "2026年11月20日" in told


def test_the_filing_form_counts_and_names_the_last_day(folder, made):
    text = text_of(folder / "papers" / "filing.pdf")
    assert "考生人数9人" in text
    assert "2个考点，2场" in text
    assert "最迟备案日2026年11月30日（星期一）（首个考试日前5个工作日" in text
    assert "最迟公告日2026年11月30日（星期一）（首个考试日前7日；天数非法律规定）" in text
    assert f"{ITEM}" in text
    assert "监考员1人、考评员1人、巡考员1人，6人次" in text.replace(
        "考评员1人、监考员1人", "监考员1人、考评员1人"
    )


def test_chances_and_record_state_exact_numbers(folder, made):
    facts, _ = made
    chances = text_of(folder / "papers" / "chances.pdf")
    for group in facts.plan["groups"]:
        assert group["group"] in chances
        assert all(cell["chance"] in chances for cell in group["cells"])
    record = text_of(folder / "papers" / "draw-record.pdf")
    for told in (
        facts.plan["digest"],
        facts.draw["seed"],
        facts.draw["result_digest"],
        *facts.draw["files"].values(),
    ):
        assert told in record


def test_letters_tell_every_duty_and_the_substitute(folder, made):
    text = text_of(folder / "papers" / "duty-letters.pdf")
    assert all(title in text for title in ("监考通知函", "考评通知函", "巡考通知函"))
    assert text.count("第1替补") == 2
    assert "仿真考务一（机构二，编号W1）" in text
    word = docx.Document(folder / "papers" / "duty-letters.docx")
    assert len(word.sections) == 3, (
        "each letter is handed to somebody else: its pages are counted by themselves"
    )
    assert all('w:pgNumType w:start="1"' in one._sectPr.xml for one in word.sections)
    assert all(
        "PAGE" in one.footer._element.xml and "NUMPAGES" not in one.footer._element.xml
        for one in word.sections
    )
    rows = [row for table in word.tables for row in table.rows]
    assert rows
    assert all("w:cantSplit" in row._tr.xml for row in rows)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert cells.count("监考员") == 2 + 2  # two duties, and two as substitute


def test_workbooks_hold_texts_and_no_formulas(folder, made):
    sheet = openpyxl.load_workbook(folder / "papers" / "schedule.xlsx").active
    rows = list(sheet.iter_rows(min_row=4))
    assert len(rows) == len(NAMES)
    name = [cell for row in rows for cell in row if cell.value == "=1+2"]
    assert [cell.data_type for cell in name] == ["s"]
    duties = openpyxl.load_workbook(folder / "papers" / "duties.xlsx")
    assert duties.sheetnames == ["考务安排", "替补"]
    assert duties["考务安排"].max_row == 3 + 6


def test_calendars_are_utc_and_come_from_the_draw(folder, made):
    content = (folder / "papers" / "calendars" / "duties-W1.ics").read_bytes()
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [
        dt.datetime(2026, 12, 7, 0, 30, tzinfo=dt.UTC),  # 08:30 in China
        dt.datetime(2026, 12, 8, 6, 0, tzinfo=dt.UTC),
    ]
    assert {event.decoded("dtstamp") for event in events} == {dt.datetime.fromisoformat(MOMENT)}
    assert len({str(event["uid"]) for event in events}) == 2
    assert not [name for name in NAMES if name.encode() in content]


def test_documents_have_no_time_of_their_own(folder, made):
    assert "NUMPAGES" in docx.Document(folder / "papers" / "filing.docx").sections[0].footer._element.xml
    for name in ("filing.docx", "notice.docx", "schedule.xlsx"):
        with zipfile.ZipFile(io.BytesIO((folder / "papers" / name).read_bytes())) as packed:
            assert {entry.date_time[0] for entry in packed.infolist()} == {2000}


def test_without_the_batch_ids_stand_for_names(tmp_path):
    folder = drawn(tmp_path / "exam", keep=False)
    write_papers(read_facts(folder), None, tmp_path / "out", ("tickets", "notice"))
    text = text_of(tmp_path / "out" / "tickets.pdf")
    assert "姓　　名T1准考证号T1" in text
    assert "证件号码" not in text


def test_before_seats_are_drawn_papers_say_that_they_are_told_on_site(tmp_path):
    folder = drawn(tmp_path / "exam", seats=False)
    written = write_papers(read_facts(folder), read_batch(folder / "batch"), tmp_path / "out", tuple(KINDS))
    assert "duty-letters.pdf" not in written.files
    assert "考场以现场公布为准" in text_of(tmp_path / "out" / "tickets.pdf")


def test_numbers_in_full_only_where_asked(folder, tmp_path):
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    write_papers(facts, problem, tmp_path, ("tickets", "notice"), show_id=True)
    text = text_of(tmp_path / "tickets.pdf")
    assert all(number in text for number in NUMBERS)
    assert not [number for number in NUMBERS if number in text_of(tmp_path / "notice.pdf")]


def test_a_changed_result_is_not_printed(tmp_path):
    folder = drawn(tmp_path / "exam")
    content = (folder / "assignments.csv").read_bytes()
    (folder / "assignments.csv").write_bytes(content.replace(b",am,", b",pm,", 1))
    with pytest.raises(InputError, match="抽签之后被改动过"):
        read_facts(folder)


def test_what_is_no_drawn_folder(tmp_path):
    with pytest.raises(InputError, match="exam plan"):
        read_facts(tmp_path)


def test_kinds():
    assert kinds_of(None) == tuple(KINDS)
    assert kinds_of("doors，tickets") == ("tickets", "doors")
    for wrong in ("tickets,posters", " , "):
        with pytest.raises(InputError, match="tickets（准考证）"):
            kinds_of(wrong)


def test_a_plan_of_an_older_version_is_printed_with_the_default_hours(tmp_path):
    folder = drawn(tmp_path / "exam")
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    del plan["rules"]["times"], plan["rules"]["notice"]
    plan["digest"] = digest({name: value for name, value in plan.items() if name != "digest"})
    record = json.loads((folder / "draw.json").read_text(encoding="utf-8")) | {"plan_digest": plan["digest"]}
    record["digest"] = digest({name: value for name, value in record.items() if name != "digest"})
    (folder / "plan.json").write_text(json_text(plan), encoding="utf-8")
    (folder / "draw.json").write_text(json_text(record), encoding="utf-8")
    assert read_facts(folder).plan["rules"]["times"]["am"] == "09:00"


def test_papers_written_one_by_one_are_all_in_the_manifest_unless_changed(tmp_path):
    """A manifest that names the last kind only would let a changed ticket pass for a new one."""
    folder = drawn(tmp_path / "exam")
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    out = tmp_path / "out"
    write_papers(facts, problem, out, ("filing",))
    write_papers(facts, problem, out, ("draw",))

    def listed():
        return set(json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"])

    assert listed() == {"filing.pdf", "filing.docx", "draw-record.pdf"}
    (out / "filing.docx").write_bytes(b"changed")
    write_papers(facts, problem, out, ("draw",))
    assert listed() == {"filing.pdf", "draw-record.pdf"}


def test_check_lists_hold_all_items_for_the_body_and_each_site_and_tick_nothing(folder, made):
    """Eight items each, of the exam body and of two sites; what is found is for inspectors to write."""
    text = text_of(folder / "papers" / "inspections.pdf")
    assert text.count("是□　否□") == 3 * 8
    assert text.count("考试点检查情况记录表") == 2
    assert "其中任务当天在培训机构任职或任教的0人" in text
    assert "渝安考函〔2022〕4号" in text


def test_no_two_tables_of_a_document_touch(folder, made):
    """Word would join them into one."""
    for name in sorted(OTHERS):
        if name.endswith(".docx"):
            body = docx.Document(folder / "papers" / name).element.body
            kinds = [child.tag.rsplit("}", 1)[1] for child in body]
            assert ("tbl", "tbl") not in set(itertools.pairwise(kinds)), name
