import os
from pathlib import Path

import pytest

from certcheck.folder import read_folder
from certcheck.listed import ListedPeople
from certcheck.model import Entry, Person, Question, Source
from certcheck.pipeline import no_progress
from certcheck.registry.pages import load_vocabulary
from certcheck.registry.saved.answers import saved_answers
from certcheck.registry.saved.reading import PageReader
from certcheck.registry.whose import load_hosts
from common.catalogue import Kind
from common.identity import read_identity
from tests.certcheck.builders import number
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
)

READER = PageReader(load_vocabulary(), load_hosts(), "本机仿真站，不是国家平台")
STRANGER = ("仿真王五", number("1991-02-03"))
NAMESAKE = (ZHANG[0], number("1992-03-04"))


def entry(person, row):
    return Entry(Source("名单.xlsx", "", row), Person(person[0], read_identity(person[1]), person[1]), None)


class Saved:
    """A folder of saved files beside a list of people, each asked about one or both kinds."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    def add(self, content, name=None):
        self.count += 1
        path = self.folder / (name or f"网页{self.count}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(path, (1_795_000_000, 1_795_000_000))
        return self

    def of(self, *people, kinds=(Kind.SPECIAL,)):
        entries = [entry(person, row) for row, person in enumerate(people)]
        questions = [Question(*person, kind) for person in people for kind in kinds]
        self.answers = saved_answers(
            read_folder(self.folder, "--saved"), READER, ListedPeople(entries), questions, no_progress
        )
        self.questions = questions
        return [known and str(known.state) for known in map(self.answers.known, questions)]

    def uses(self):
        return [use.result for use in self.answers.uses]

    def reason(self, index=0):
        return self.answers.known(self.questions[index]).reason


@pytest.fixture
def saved(tmp_path):
    return Saved(tmp_path)


def test_matched_by_number_whatever_the_file_is_called(saved):
    saved.add(page(of(LI)), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG, LI) == ["no_answer", "found"]
    assert "另一个号码" in saved.reason(0)


def test_another_number_is_no_answer(saved):
    """The file is named after one of the list, the page is about somebody who is not."""
    saved.add(page(of(STRANGER)), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["no_answer"]
    assert saved.uses() == ["不对应名单上的人"]


def test_a_number_with_words_around_it(saved):
    saved.add(page(certificate(证件号码=f"{ZHANG[1]}（居民身份证）")))
    assert saved.of(ZHANG) == ["found"]


def test_old_number_of_15_digits(saved):
    """It is the 18-digit number of the same person."""
    short = ZHANG[1][:6] + ZHANG[1][8:17]
    saved.add(page(certificate(证件号码=short)))
    assert saved.of(ZHANG, NAMESAKE) == ["found", None]


def test_same_name_another_number(saved):
    """No answer for the one of that name, and a word why; where two have the name, for neither."""
    saved.add(page(of((ZHANG[0], STRANGER[1]))))
    assert saved.of(ZHANG) == ["no_answer"]
    assert "另一个号码" in saved.reason()
    assert saved.of(ZHANG, NAMESAKE) == [None, None]


def test_same_number_another_name_is_an_answer(saved):
    """The comparison then says REG-NAME."""
    saved.add(page(certificate(姓名="仿真张叁", 证号=f"T{ZHANG[1]}")))
    assert saved.of(ZHANG) == ["found"]
    assert saved.answers.known(saved.questions[0]).records[0].name == "仿真张叁"


def test_another_name_without_a_number_is_nobodys(saved):
    """Only the file name speaks of the number then: no answer, and no word against anybody."""
    saved.add(page(certificate(姓名="仿真张叁")), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["no_answer"]


def test_name_alone_where_one_has_it(saved):
    saved.add(page(CERTIFICATE))
    assert saved.of(ZHANG, LI) == ["found", None]


def test_namesakes_need_the_number_in_the_file_name(saved):
    saved.add(page(CERTIFICATE), "甲.html")
    assert saved.of(ZHANG, NAMESAKE) == [None, None]
    assert saved.uses() == ["没有用上"]
    saved.add(page(CERTIFICATE), f"乙 {NAMESAKE[1]}.html")
    assert saved.of(ZHANG, NAMESAKE) == [None, "found"]


def test_a_sound_number_of_somebody_else_in_the_file_name(saved):
    """A namesake who is not on the list, by the file's name: the doubt leaves the page unused."""
    saved.add(page(CERTIFICATE), f"{NAMESAKE[1]}.html")
    assert saved.of(ZHANG) == [None]


def test_stars_count_only_with_the_name_and_for_one(saved):
    starred = "000000********0018"
    saved.add(page(certificate(证件号码=starred)))
    assert saved.of(ZHANG, LI) == ["found", None]
    twin = (ZHANG[0], "000000198001010018")
    assert saved.of(ZHANG, twin) == [None, None]


def test_stars_without_a_name(saved):
    starred = "000000********0018"
    saved.add(page(certificate(姓名=None, 证件号码=starred)), "甲.html")
    assert saved.of(ZHANG) == [None]
    saved.add(page(certificate(姓名=None, 证件号码=starred)), f"{ZHANG[1]}.html")
    assert saved.of(ZHANG) == ["found"]


def test_a_name_with_stars_that_fits_is_no_other_name(saved):
    saved.add(page(certificate(姓名="仿**", 证号=f"T{ZHANG[1]}")))
    assert saved.of(ZHANG) == ["found"]
    assert saved.answers.known(saved.questions[0]).records[0].name is None


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
