"""Parts of papers: codes, fonts, masks, and printing in parts."""

import dataclasses
import datetime as dt
import errno
import io
import re
from unittest.mock import Mock

import pypdf
import pytest
import zxingcpp
from PIL import Image

from common.errors import InputError, ZhengkaoError
from scheduler.papers import fonts, kinds, press, write
from scheduler.papers.blocks import block, form, table
from scheduler.papers.calendars import calendars
from scheduler.papers.facts import read_facts
from scheduler.papers.fonts import find_fonts
from scheduler.papers.people import People
from scheduler.papers.qr import png
from scheduler.papers.tickets import tickets, verification_text
from scheduler.papers.typeset import Part, Style, join, typeset
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import NAMES, NUMBERS, drawn, squeezed, text_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("drawn") / "exam")


def read_code(picture):
    image = Image.open(io.BytesIO(picture)).convert("L")
    large = image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)
    canvas = Image.new("L", (large.width + 40, large.height + 40), 255)
    canvas.paste(large, (20, 20))
    return [(one.text, one.ec_level) for one in zxingcpp.read_barcodes(canvas)]


def test_a_full_disk_is_told_as_one(tmp_path, monkeypatch):
    """A file that cannot be written on the way is no unexpected fault of the program."""
    full = OSError(errno.ENOSPC, "No space left on device")
    style = Style(find_fonts(["码"], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    monkeypatch.setattr("pathlib.Path.write_bytes", Mock(side_effect=full))
    with pytest.raises(ZhengkaoError, match="磁盘已满"):
        typeset(Part("tickets.typ", {}, ("码",)), style, tmp_path)


@pytest.mark.parametrize("text", ["a", "准考证核对\n考生 T1", "考场3 座位12\n" + "ab12" * 16])
def test_a_code_reads_back(text):
    assert read_code(png(text)) == [(text, "M")]


def test_the_code_of_a_ticket_tells_everything_without_a_name_or_number(folder):
    facts = read_facts(folder)
    people = People(facts, read_batch(folder / "batch"), show_id=True)
    (part,) = tickets(facts, people)
    assert part.codes == tuple(verification_text(facts, people, one) for one in facts.sittings)
    for one, text in zip(facts.sittings, part.codes, strict=True):
        assert f"考生 {one.trainee_id}\n" in text
        assert facts.plan["digest"] in text
        assert f"{one.session.site_id} " in text
        assert str(one.session.day) in text
        assert (f"考场{one.room} 座位{one.seat}" in text) == bool(one.room)
        assert (f"组{one.group} 顺序号{one.place}" in text) == bool(one.group)
        assert not [secret for secret in (*NAMES, *NUMBERS) if secret in text]


def test_the_codes_on_printed_tickets_read_back(folder, tmp_path):
    facts = read_facts(folder)
    (part,) = tickets(facts, People(facts, None, show_id=False))
    pdf = typeset(part, Style(find_fonts([], tmp_path), facts.moment, ""), tmp_path)
    pictures = [image.image for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for image in page.images]
    read = set()
    for picture in pictures:
        buffer = io.BytesIO()
        picture.convert("1").save(buffer, "PNG")
        read |= {text for text, _ in read_code(buffer.getvalue())}
    assert read == set(part.codes)


def test_variant_selectors_are_no_missing_characters(tmp_path):
    found = find_fonts(["葛\U000e0100"], tmp_path)
    assert found.missing("葛\U000e0100") == []
    assert found.shown("甲\U0003134a乙") == "甲〔U+3134A〕乙"
    assert found.missing("\U0003134a\U0003134a\u0627") == ["\U0003134a", "\u0627"]


def test_the_rare_font_is_unpacked_only_where_a_name_needs_it(tmp_path):
    assert find_fonts(["\U0002c317\U0002b5af\u4dae\u36c3\u3431"], tmp_path).families == ()
    assert list(tmp_path.iterdir()) == []
    found = find_fonts(["\U00020000"], tmp_path)
    assert found.families == ("HanaMinB",)
    assert found.missing("\U00020000\U0002a6d6\U0002ebe0") == []


def test_fonts_of_ones_own(tmp_path):
    own = tmp_path / "own"
    with pytest.raises(InputError, match="没有这个字体文件夹"):
        find_fonts([], tmp_path, own)
    own.mkdir()
    with pytest.raises(InputError, match="没有字体文件"):
        find_fonts([], tmp_path, own)
    (own / "bad.ttf").write_bytes(b"no font")
    with pytest.raises(InputError, match="不是可读的字体文件"):
        find_fonts([], tmp_path, own)
    (own / "bad.ttf").unlink()
    unpacked = tmp_path / "scratch"
    unpacked.mkdir()
    find_fonts(["\U00020000"], unpacked)
    (unpacked / fonts.RARE.stem).rename(own / "hana.ttf")
    (own / "._hana.ttf").write_bytes(b"macOS puts this beside it on a stick")
    found = find_fonts([], tmp_path, own)
    assert found.families == ("HanaMinB",)
    assert found.missing("\U00020000") == []


def test_without_the_package_of_fonts_one_sentence_tells_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_PACKAGE", "no_such_package_of_fonts")
    with pytest.raises(ZhengkaoError, match="pip install pylopdf-fonts-zh-cn"):
        find_fonts([], tmp_path)


def test_a_fault_of_a_template_repeats_nothing_of_the_content(tmp_path):
    style = Style(find_fonts([], tmp_path), dt.datetime(2026, 11, 20, tzinfo=dt.UTC), "")
    with pytest.raises(ZhengkaoError) as caught:
        typeset(Part("pages.typ", [{"kind": "仿真甲一"}]), style, tmp_path)
    assert "仿真" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_printing_in_parts_by_processes_gives_everybody_and_the_same_bytes(folder, tmp_path, monkeypatch):
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    monkeypatch.setattr(press, "_SMALL", 3)
    monkeypatch.setattr(kinds, "_MOST_PEOPLE", 2)
    first = write.write_papers(facts, problem, tmp_path / "1", ("doors", "labels"))
    second = write.write_papers(facts, problem, tmp_path / "2", ("doors", "labels"))
    assert first.files == second.files
    text = text_of(tmp_path / "1" / "doors.pdf")
    assert all(text.count(f"********{number[-4:]}") >= 1 for number in NUMBERS)
    monkeypatch.setattr(press, "_SMALL", 1000)
    here = write.write_papers(facts, problem, tmp_path / "3", ("doors", "labels"))
    assert here.files == first.files


def test_joining_keeps_every_page_in_order(tmp_path):
    style = Style(find_fonts([], tmp_path), dt.datetime(2026, 11, 20, tzinfo=dt.UTC), "")
    parts = [
        typeset(Part("pages.typ", [{"kind": "line", "text": text}]), style, tmp_path) for text in "甲乙丙"
    ]
    pages = pypdf.PdfReader(io.BytesIO(join(parts))).pages
    assert [page.extract_text()[0] for page in pages] == ["甲", "乙", "丙"]
    assert join(parts) == join(parts)
    assert join([]) == b""


def test_file_names_of_calendars_hold_no_long_ids_and_none_is_lost(folder):
    facts = read_facts(folder)
    session = facts.sessions[0]
    ids = ["w1", "W1", NUMBERS[0], "仿真/..", "a" * 12, "0001"]
    duties = tuple(facts.duties[0]._replace(session=session, staff_id=one) for one in ids)
    made = calendars(dataclasses.replace(facts, duties=duties), People(facts, None, show_id=False))
    assert len({name.lower() for name in made}) == len(ids)
    assert not [name for name in made if NUMBERS[0] in name or "/" in name or "仿" in name]


def test_long_labels_are_set_smaller_and_not_cut_off(tmp_path):
    """A label of 37 mm: the last line, the date, stands within its own label, however long room and site are."""
    label = {
        "number": "12",
        "name": "仿真甲一",
        "about": "K20261200001　低压电工作业",
        "when": "12月14日（周一）上午",
    }
    short = label | {"room": "第 1 考场", "site": "考点一"}
    long = label | {"room": "第 1 考场（实训楼A座101多媒体教室）", "site": "仿" * 40}
    longest = long | {"site": "仿" * 90, "name": "仿" * 24, "about": "K20261200001　" + "业" * 40}
    style = Style(find_fonts(["码"], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    content = {
        "cards": False,
        "groups": [{"labels": [one], "longest": one} for one in (short, long, longest)],
    }
    pdf = pypdf.PdfReader(io.BytesIO(typeset(Part("labels.typ", content), style, tmp_path)))
    assert len(pdf.pages) == 3
    for page in pdf.pages:
        heights = heights_of_text(page)
        assert len(heights) > 4
        assert min(heights) > float(page.mediabox.height) - 37.125 * 72 / 25.4 + 4
        assert "12月14日（周一）上午" in page.extract_text().replace(" ", "")


def heights_of_text(page):
    found = []

    def visit(text, outer, own, *_):
        if text.strip():
            found.append(outer[5] + outer[3] * own[5])

    page.extract_text(visitor_text=visit)
    return found


def test_each_letter_counts_its_own_pages_and_says_on_each_whose_it_is(tmp_path):
    """Fifty rows take two pages; an appendix goes on counting, and a slip to send back never stands alone on a page."""
    slip = [block("heading", "回执"), block("line", "甲：□ 能够到岗"), block("line", "签名：")]
    long = [
        block("title", "监考通知函"),
        block("line", "甲（编号 W1）："),
        table(("日期",), [["12月7日"]] * 50, (1,)),
    ]
    more = [block("par", "请按时到岗。"), block("right", "考试机构"), block("right", "2026年12月1日"), *slip]
    short = [block("title", "检查情况记录表"), form([("被检查单位名称", "考点一")])]
    appendix = [block("title", "附件　名单"), table(("姓名",), [["甲"]], (1,))]
    letters = [*long, *more, block("break"), *short, block("break"), *appendix]
    style = Style(find_fonts(["码"], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    pdf = pypdf.PdfReader(io.BytesIO(typeset(Part("pages.typ", letters), style, tmp_path)))
    pages = ["".join(page.extract_text().split()) for page in pdf.pages]
    assert [re.findall("第[0-9]页共[0-9]页", page) for page in pages] == [
        [f"第{number}页共{last}页"] for number, last in ((1, 2), (2, 2), (1, 2), (2, 2))
    ]  # fmt: skip
    assert [page.count("（续）") for page in pages] == [0, 1, 0, 1]
    assert "监考通知函甲（编号W1）（续）" in pages[1]
    assert "检查情况记录表被检查单位名称：考点一（续）" in pages[3]
    (slip_page,) = [page for page in pages if "回执" in page]
    assert "请按时到岗" in slip_page


@pytest.mark.parametrize("rows", range(26, 44))
def test_a_slip_is_on_the_page_of_the_last_sentence(tmp_path, rows):
    slip = [block("heading", "回执"), block("line", "甲：□ 能够到岗"), block("line", "签名：")]
    letter = [
        block("title", "监考通知函"),
        table(("日期",), [["12月7日"]] * rows, (1,)),
        block("par", "请按时到岗。"),
    ]
    letter += [block("right", "考试机构"), *slip]
    style = Style(find_fonts(["码"], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    pdf = pypdf.PdfReader(io.BytesIO(typeset(Part("pages.typ", letter), style, tmp_path)))
    pages = ["".join(page.extract_text().split()) for page in pdf.pages]
    assert [("请按时到岗" in page, "签名" in page) for page in pages if "到岗" in page] == [(True, True)]


def test_a_long_id_stays_inside_its_column_and_is_copied_whole_where_there_is_room(tmp_path):
    """A fifth of a page holds some 14 letters of 9.5 points: an id of 40 is set on several lines, beside a digest on one."""
    name, digest = "YLKS-2026-12-0001-" + "0123456789" * 2 + "XY", "5a" * 32
    style = Style(find_fonts([name], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    made = typeset(Part("pages.typ", [table(("编号", "摘要"), [[name, digest]], (1, 4))]), style, tmp_path)
    text = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert name in text.replace("\n", "")
    assert max(len(line) for line in text.split("\n") if line in name) < 20
    assert digest in text


def test_a_name_is_broken_at_its_hyphen_and_nowhere_else(tmp_path):
    style = Style(find_fonts([], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    rows = [["Anna Smith-Wellington", "一"]]
    made = typeset(Part("pages.typ", [table(("姓名", "组"), rows, (1, 4))]), style, tmp_path)
    assert "Anna Smith-\nWellington" in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_a_batch_that_goes_on_is_headed_on_the_next_page_too(tmp_path):
    """Forty-five rows of one batch are two pages of a sign-in sheet."""
    style = Style(find_fonts([], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    rows = [[str(number), "仿真甲", "未登记", "高处作业"] for number in range(1, 46)]
    room = {
        "heading": "安全生产资格考试", "room": "第 1 组", "unit": "顺序号", "site": "考点一", "session": "上午", "about": "",
        "keepers": "考评员", "staff": "", "count": 45, "keeper_lines": 2, "batches": [["第 1 批", rows]],
    }  # fmt: skip
    pages = pypdf.PdfReader(io.BytesIO(typeset(Part("signin.typ", [room]), style, tmp_path))).pages
    assert ["第1批" in squeezed(page.extract_text()) for page in pages] == [True, True]


def test_a_row_is_not_torn_between_pages_unless_it_is_longer_than_one(tmp_path):
    """Rows of one to eight lines are whole on their page; one of 3,000 characters is on all it needs."""
    style = Style(find_fonts([], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")

    def pages(*texts):
        rows = [[str(number), text] for number, text in enumerate(texts)]
        made = typeset(Part("pages.typ", [table(("", "考点"), rows, (8, 1))]), style, tmp_path)
        return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(made)).pages]

    short = pages(*("始" + "一" * (number % 8 * 4) + "终" for number in range(90)))
    assert len(short) > 1
    assert all(page.count("始") == page.count("终") for page in short)
    long = pages("始" + "一二三四五六七八九十" * 300 + "终")
    assert sum(page.count("十") for page in long) == 300
