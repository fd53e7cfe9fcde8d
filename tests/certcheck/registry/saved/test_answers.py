from pathlib import Path

import pytest

from certcheck.folder import read_folder
from certcheck.listed import ListedPeople
from certcheck.pipeline import no_progress
from certcheck.registry.saved.answers import saved_answers
from common.catalogue import Kind
from tests.certcheck.registry.saved.pages import (
    CERTIFICATE,
    LI,
    NOTHING,
    SAFETY,
    ZHANG,
    copied,
    of,
    page,
)
from tests.certcheck.registry.saved.support import READER, STRANGER, Saved, entry


@pytest.fixture
def saved(tmp_path):
    return Saved(tmp_path)


def test_one_saved_nothing_found_is_no_answer_yet(saved):
    saved.add(page(nothing=NOTHING), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["no_answer"]
    assert "另存一个网页" in saved.reason()


def test_two_separate_ones_stand_and_copies_do_not(saved):
    saved.add(page(nothing=NOTHING), f"{ZHANG[1]}.html").add(page(nothing=NOTHING), f"{ZHANG[1]} (1).html")
    assert saved.of(ZHANG) == ["no_answer"]
    saved.add(page(nothing=NOTHING, extra="<p>09:31</p>"), f"第二次/{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["not_found"]


def test_found_stands_before_nothing_found(saved):
    """A slip of the hand makes "nothing found"; nothing makes a certificate."""
    saved.add(page(nothing=NOTHING), f"{ZHANG[1]}.html").add(page(nothing=NOTHING + " "), f"{ZHANG[1]}b.html")
    saved.add(page(of(ZHANG)))
    assert saved.of(ZHANG) == ["found"]


def test_nothing_found_of_nobody(saved):
    saved.add(page(nothing=NOTHING), "下载.html").add(page(nothing=NOTHING, extra=" "), "下载 (1).html")
    assert saved.of(ZHANG) == [None]
    assert "看不出是谁的" in saved.answers.uses[0].reason


def test_nothing_found_shown_with_the_number(saved):
    """Typed beside the words by whoever saved them."""
    for time in ("09:05", "09:31"):
        saved.add(f"{ZHANG[0]} {ZHANG[1]}\n{time}\n{NOTHING}", f"{time[3:]}.txt")
    assert saved.of(ZHANG, LI) == ["not_found", None]


def test_kinds_are_told_by_labels_and_titles(saved):
    both = (Kind.SPECIAL, Kind.SAFETY)
    saved.add(page(of(ZHANG))).add(page(SAFETY, title="安全生产知识和管理能力考核合格信息查询"))
    assert saved.of(ZHANG, LI, kinds=both) == ["found", None, None, "found"]


def test_a_nothing_found_of_one_kind_says_nothing_of_the_other(saved):
    for extra in ("<p>1</p>", "<p>2</p>"):
        content = page(nothing=NOTHING, title="安全生产知识和管理能力考核合格信息查询", extra=extra)
        saved.add(content, f"{ZHANG[1]}-{extra[3]}.html")
    assert saved.of(ZHANG, kinds=(Kind.SPECIAL,)) == [None]
    assert saved.of(ZHANG, kinds=(Kind.SPECIAL, Kind.SAFETY)) == [None, "not_found"]


def test_a_page_that_does_not_tell_its_kind(saved):
    """It is of the kind that is claimed; where both are, of neither."""
    saved.add(page(nothing=NOTHING, title="查询", extra="1"), f"{ZHANG[1]}.html")
    saved.add(page(nothing=NOTHING, title="查询", extra="2"), f"{ZHANG[1]}-2.html")
    assert saved.of(ZHANG, kinds=(Kind.SAFETY,)) == ["not_found"]
    assert saved.of(ZHANG, kinds=(Kind.SPECIAL, Kind.SAFETY)) == ["no_answer", "no_answer"]


def test_pages_that_differ_contradict_each_other(saved):
    saved.add(page(of(ZHANG))).add(page(of(ZHANG, 有效期结束日期="2033-05-12")))
    assert saved.of(ZHANG) == ["no_answer"]
    assert "内容不同" in saved.reason()


def test_pages_that_tell_more_or_less_of_the_same_agree(saved):
    saved.add(page(of(ZHANG))).add(copied(CERTIFICATE), "复制.txt")
    assert saved.of(ZHANG) == ["found"]
    assert saved.answers.known(saved.questions[0]).records[0].certificate_number == f"T{ZHANG[1]}"


def test_every_file_is_told(saved):
    """Nothing is dropped in silence, and no reason repeats a name or number."""
    saved.add(page(of(ZHANG))).add(page(of(STRANGER))).add(b"%PDF-1.7 ...", f"{LI[1]}.pdf")
    saved.add(b"", "空.html").add(b"\xff\xd8\xff" + bytes(500), "照片.jpg").add("随便写写", "说明.txt")
    saved.add("x", ".DS_Store").add("x", "网页1_files/a.js")
    assert saved.of(ZHANG, LI) == ["found", "no_answer"]
    assert len(saved.uses()) == 6
    assert saved.answers.folder.aside == 1
    told = "".join(use.reason + use.file.shown_name for use in saved.answers.uses)
    assert not any(person[1] in told for person in (ZHANG, LI, STRANGER))


def test_the_date_is_the_pages_own_else_the_files(saved):
    saved.add(page(of(ZHANG))).add(f"查询时间：2026-11-18 09:05\n{copied(of(LI))}", "李.txt")
    saved.of(ZHANG, LI)
    dates = [saved.answers.known(question).asked_at for question in saved.questions]
    assert dates == ["2026-11-18T19:06:40+08:00", "2026-11-18T09:05:00+08:00"]


def test_someone_who_cannot_be_asked(saved):
    """A page about a row that cannot be asked is told as that; it is no page of a stranger."""
    saved.add(page(of(ZHANG)))
    entries = [entry(ZHANG, 1)]
    folder = read_folder(saved.folder, "--saved")
    answers = saved_answers(folder, READER, ListedPeople(entries), [], no_progress)
    assert "不能查询" in answers.uses[0].reason


def test_path_of_a_folder_may_hold_anything(tmp_path):
    odd = Saved(tmp_path / "网页 #1 [旧] 100%")
    odd.add(page(of(ZHANG)), "子 文件夹/é 网页.HTML")
    assert odd.of(ZHANG) == ["found"]
    assert isinstance(odd.folder, Path)
