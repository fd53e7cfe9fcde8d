"""A plain file is read at once, every other one row by row; why: nobody may hear other things of the same rows."""

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.errors import InputError
from common.text import fold
from scheduler.checker.schedule import columns
from scheduler.checker.schedule.cells import read_exceptions, read_fraction, read_session
from scheduler.checker.schedule.columns import read_columns
from scheduler.checker.schedule.reading import read_all
from scheduler.checker.schedule.source import HEADERS, NEEDED
from scheduler.checker.schedule.table import number_form, read_table
from scheduler.schedule import Placement

CELLS = st.sampled_from(
    ["T1", "T2", "T3", "S1", "2026-12-01", "2026/12/2", "am", "下午", "1/2", "", "", " ", "/", "无", "null", "-", "T 1",
     "Ｔ1", "sole_site;跨市", "1月2日", "0.5", "张三", "\u200b", "\u3000", "T\u00a01", "1", "１", "a\u2028b", "#", "\t", "；"]
)  # fmt: skip
NAMES = (*NEEDED, "room", "exception", "chance", "site_chance")


@st.composite
def files(draw):
    """Draw the bytes of a file of assignments: nearly as our program writes it, or as people save it."""
    head = draw(st.permutations([*NAMES[: draw(st.integers(4, 8))], "备注"]))
    odd = draw(st.booleans())
    rows = [_row(draw, head, odd=odd) for _ in range(draw(st.integers(0, 6)))]
    if odd and draw(st.booleans()):
        head = [HEADERS[name][0] if name in HEADERS else name for name in head]
    separator = draw(st.sampled_from([",", ",", ",", ";", "\t"])) if odd else ","
    file = io.StringIO()
    quoting = csv.QUOTE_ALL if odd and draw(st.booleans()) else csv.QUOTE_MINIMAL
    lines = csv.writer(
        file, delimiter=separator, quoting=quoting, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))
    )
    lines.writerows([*([[]] if odd and draw(st.booleans()) else []), head, *rows])
    text = file.getvalue()
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    if odd and draw(st.booleans()):
        text = text.replace("\r\n", "\r").replace("T3", "T\0003")
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030"])))


def _row(draw, head, *, odd):
    plain = {"trainee_id": "T1", "site_id": "S1", "date": "2026-12-01", "half": "am", "备注": ""}
    row = [draw(CELLS) if draw(st.booleans()) else plain.get(name, "") for name in head]
    if draw(st.integers(0, 5)) == 0:
        row = draw(st.sampled_from([[], [""], row[:2], ["", " ", "无"], [*row, "x"] if odd else row]))
    return row


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("schedule")


@settings(max_examples=500, deadline=None)
@given(content=files())
def test_reading_at_once_gives_what_reading_row_by_row_gives(folder, content):
    path = folder / "assignments.csv"
    path.write_bytes(content)
    slow = _told(lambda: columns._row_by_row(path, HEADERS, NEEDED))
    assert _told(lambda: read_columns(path, HEADERS, NEEDED)) == slow


def _told(read):
    """Give what a reading gives, or what it says is wrong with the file."""
    try:
        table = read()
    except InputError as error:
        return str(error)
    return table.known, table.frame.select("row", *sorted(table.known)).rows()


@settings(max_examples=300, deadline=None)
@given(content=files())
def test_a_schedule_is_what_its_rows_say_one_by_one(folder, content):
    (folder / "assignments.csv").write_bytes(content)
    try:
        expected = _one_by_one(folder / "assignments.csv")
    except InputError:
        return
    read = read_all(folder)
    told = [(one.code, dict(one.subjects)["row"]) for one in read.breaches]
    assert (dict(read.schedule.placements), told, list(read.feet)) == expected


def _one_by_one(path):
    """Read the rows straight from the contract: the placements, which row has which fault, and which say nothing of a placement."""
    placements, faults, feet = {}, [], []
    rows = [
        (row, fold(row["trainee_id"]), read_session(row)[0]) for row in read_table(path, HEADERS, NEEDED).rows
    ]
    good = [(name, session, row.number) for row, name, session in rows if name and session is not None]
    for row, name, session in rows:
        if not any(row[column] for column in NEEDED):
            feet.append(row.number)
        elif not name or session is None:
            faults.append(("ROW-UNREADABLE", row.number))
        elif (session, row.number) != min((there, number) for whose, there, number in good if whose == name):
            faults.append(("SITS-TWICE", row.number))
        else:
            chances = [read_fraction(row[column]) for column in ("chance", "site_chance")]
            if (row["chance"] and chances[0] is None) or (row["site_chance"] and chances[1] is None):
                faults.append(("CHANCE-UNREADABLE", row.number))
            texts = [number_form(row[column]) for column in ("room", "seat", "group", "place")]
            placements[name] = Placement(name, session, read_exceptions(row["exception"]), *chances, *texts)
    return placements, faults, feet


HEAD = b"trainee_id,site_id,date,half,chance"
ROW = b"T1,S1,2026-12-01,am,1/2"


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        (b"\n".join([HEAD, ROW, b""]), True),
        (b"\r\n".join([HEAD, ROW, b""]), True),
        (b"\xef\xbb\xbf" + b"\n".join([HEAD, ROW]), True),
        (b"\n".join([HEAD, ROW, b"", b"T2", b",,"]), True),
        (b"\n".join([HEAD, ROW.replace(b"T1", b'"T1"')]), False),
        (b"\n".join([HEAD, ROW + b",x"]), False),
        (b"\r".join([HEAD, ROW]), False),
        (b"\n".join([b"", HEAD, ROW]), False),
        (b"\n".join([HEAD, ROW]).replace(b",", b";"), False),
        (b"\n".join([HEAD, ROW, "T2,考点,2026-12-01,am,".encode("gb18030")]), False),
    ],
)
def test_which_files_are_read_at_once(tmp_path, content, plain):
    # why: were every file thought odd, a million rows would take a minute, and no other test would tell
    path = tmp_path / "assignments.csv"
    path.write_bytes(content)
    assert (columns._at_once(path, HEADERS, NEEDED) is not None) == plain
    assert read_all(tmp_path).schedule.placements["T1"].chance == Fraction(1, 2)


def test_a_cell_longer_than_a_csv_file_may_hold_is_refused_as_ever(tmp_path):
    path = tmp_path / "assignments.csv"
    path.write_bytes(b"\n".join([HEAD, ROW + b"0" * csv.field_size_limit()]))
    with pytest.raises(InputError, match="CSV"):
        read_all(tmp_path)
