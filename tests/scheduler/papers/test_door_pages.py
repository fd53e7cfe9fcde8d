"""Long door lists; why: who looks for number 30 looks under 29, not on the next page."""

import datetime as dt
import io

import pypdf

from scheduler.papers.door_pages import door_pages
from scheduler.papers.fonts import find_fonts
from scheduler.papers.typeset import Part, Style, typeset


def rows(first, last, name="张三"):
    return [[str(number), name, "000000********0001"] for number in range(first, last + 1)]


def numbers(page):
    """Give the numbers on a page in the order in which they are read: down the left half of each lot, then the right."""
    read = []
    for lot in page:
        read += [left[0] for left, _ in lot["rows"]]
        read += [right[0] for _, right in lot["rows"] if right]
    return [int(one) for one in read]


def test_a_short_list_is_halved():
    (page,) = door_pages([("", rows(1, 5))])
    assert [(left[0], right and right[0]) for left, right in page[0]["rows"]] == [
        ("1", "4"),
        ("2", "5"),
        ("3", None),
    ]


def test_each_page_of_a_long_list_goes_on_where_the_one_before_ended():
    """Two halves of 27 rows: 54 people a page."""
    first, second = door_pages([("", rows(1, 88))])
    assert numbers(first) == list(range(1, 55))
    assert numbers(second) == list(range(55, 89))
    assert [left[0] for left, _ in second[0]["rows"]] == [str(number) for number in range(55, 72)]


def test_batches_have_headings_and_a_batch_that_is_parted_says_so():
    """25 rows and their two headings leave no room; the rest of the second batch says that it goes on."""
    pages = door_pages([("第 1 批", rows(1, 20)), ("第 2 批", rows(21, 60)), ("第 3 批", rows(61, 62))])
    assert [[lot["heading"] for lot in page] for page in pages] == [
        ["第 1 批", "第 2 批"], ["第 2 批（续）", "第 3 批"],
    ]  # fmt: skip
    assert [number for page in pages for number in numbers(page)] == list(range(1, 63))
    assert len(pages[0][1]["rows"]) == 27 - 1 - 10 - 1


def test_long_names_take_more_room():
    """Fourteen characters are two lines: a row of 1.6, of which 16 fit into 27."""
    pages = door_pages([("", rows(1, 50, "仿" * 14))])
    assert [len(page[0]["rows"]) for page in pages] == [16, 9]


def test_a_row_higher_than_a_page_is_printed_all_the_same():
    pages = door_pages([("", rows(1, 2, "仿" * 500))])
    assert [numbers(page) for page in pages] == [[1], [2]]


def test_a_full_page_is_one_page_below_the_longest_heading(tmp_path):
    """Room and site of two lines each, whose paper it is, when, and what: seven lines, some of them large."""
    style = Style(find_fonts([], tmp_path), dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "")
    pages = door_pages([("", rows(1, 54))])
    room = {
        "heading": "云州市考试中心　安全生产资格考试", "room": "第 2 考场（实训楼三层多媒体机考室）", "unit": "座位", "site": "考点" * 24,
        "session": "2026年12月9日（星期三）上午 09:00 开始", "about": "低压电工作业　共 54 人", "pages": pages,
    }  # fmt: skip
    made = pypdf.PdfReader(io.BytesIO(typeset(Part("doors.typ", [room]), style, tmp_path)))
    assert (len(pages), len(made.pages)) == (1, 1)
