"""What a person has to know of how lists were read: rows that no header is over, and columns that nobody reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from certcheck.certificate_dates import REVIEWS
from certcheck.roster import Reading
from common.privacy import mask_numbers_in

_MOST_ROWS = 20
_LEAST_NAMES = 2


def rows_told(rows: Sequence[int]) -> str:
    """Give row numbers for a sentence that goes on with 行: the first of many, and how many there are."""
    return "、".join(map(str, rows[:_MOST_ROWS])) + (f" 等 {len(rows)}" if len(rows) > _MOST_ROWS else "")


def place_told(reading: Reading, rows: Sequence[int]) -> str:
    """Give the place of rows: the sheet, where it has a name, and their numbers."""
    return f"{f'“{reading.name}”' if reading.name else ''}第 {rows_told(rows)} 行"


def lines_to_check(readings: Sequence[Reading], *, open_reviews: bool) -> list[str]:
    """Give what a person is asked to check of how lists were read, a line each; ``open_reviews`` says that it mattered."""
    lines = (
        read_otherwise_line(readings),
        no_list_line(readings),
        unread_dates_line(readings),
        open_reviews_line(readings) if open_reviews else "",
        comments_line(readings),
    )
    return [line for line in lines if line]


def unused_line(readings: Iterable[Reading]) -> str:
    """Say in one line which rows under a person state only a date, and were not used; "" where none does."""
    places = [place_told(reading, reading.unused) for reading in readings if reading.unused]
    if not places:
        return ""
    return f"{'；'.join(places)}没有姓名、证件号码和证书（只有日期等），没有采用；如果是上一人的另一本证书，请补填项目。"


def not_read_line(readings: Iterable[Reading]) -> str:
    """Say which rows hold somebody's number and were not read, and what to do; "" where there are none."""
    listed = [reading for reading in readings if reading.not_read]
    if not listed:
        return ""
    files = {reading.file for reading in listed}
    places = "；".join(
        (f"{reading.file} " if len(files) > 1 else "") + place_told(reading, reading.not_read)
        for reading in listed
    )
    count = sum(len(reading.not_read) for reading in listed)
    return (
        f"注意：有 {count} 行写着身份证号码，但不在任何表头之下，没有读取，也没有核验：{places}。"
        "请在这些行上方加一行表头（姓名、身份证号、准操项目等），或把它们移到表头下面，再重新核验；"
        "如果那张工作表不是名单，请用 --sheet 指明只读哪一张。"
    )


def no_list_line(readings: Iterable[Reading]) -> str:
    """Say which sheets have names and no list: two or more rows of them, and nobody's number; "" where there is none."""
    listed = [one for one in readings if one.names >= _LEAST_NAMES and not one.not_read]
    if not listed:
        return ""
    places = "、".join(f"“{one.name or one.file}”（{one.names} 行）" for one in listed)
    return (
        f"请核对：工作表{places}里有像姓名的内容，但没有表头，没有当作名单读取；"
        "如果里面有要核验的人，请在上方加一行表头（姓名、身份证号、准操项目等），再重新核验。"
    )


def read_otherwise_line(readings: Iterable[Reading]) -> str:
    """Say which people were read under a header that does not stand over them; "" where none was."""
    told = []
    for reading in readings:
        if reading.goes_on:
            told.append(
                f"工作表“{reading.name}”没有表头，按前面的工作表“{reading.goes_on}”的表头读取了 {reading.people} 行"
            )
        if reading.above:
            told.append(f"{place_told(reading, reading.above)}在表头上方，按下面的表头读取")
    return f"请核对：{'；'.join(told)}。" if told else ""


def comments_line(readings: Iterable[Reading]) -> str:
    """Say which cells have a comment: it is not read, and may tell of a certificate; "" where none has."""
    every = list(readings)
    several = len({reading.file for reading in every}) > 1
    places = []
    for reading in every:
        cells = reading.sheet.comments
        if cells:
            sheet = f"{f'{reading.file} ' if several else ''}工作表“{reading.name}”的 "
            more = f" 等 {len(cells)} 个单元格" if len(cells) > _MOST_ROWS else ""
            places.append(f"{sheet}{'、'.join(cells[:_MOST_ROWS])}{more}")
    if not places:
        return ""
    return f"请核对：没有读批注，这些单元格有：{'；'.join(places)}。批注里写了证书情况的，请写进单元格，再重新核验。"


def open_reviews_line(readings: Iterable[Reading]) -> str:
    """Say which headers leave open whether a review is due or done, and how to say it once; "" where none does."""
    tables = (table for reading in readings for table in reading.tables)
    columns = (column for table in tables for column in table.columns if column.field in REVIEWS)
    labels = list(dict.fromkeys(mask_numbers_in(column.label) for column in columns))[:_MOST_ROWS]
    if not labels:
        return ""
    done, due = (" ".join(f"{field}={label}" for label in labels) for field in ("review_done", "review_due"))
    return (
        f"请核对：表头{''.join(f'“{label}”' for label in labels)}没有写明是应复审还是实际复审，"
        "过去的日期读作实际复审，以后的读作应复审。重新核验时说明一次即可："
        f"已经做过的复审用 --columns {done}；应复审的日期用 --columns {due}。"
    )


def unread_dates_line(readings: Iterable[Reading]) -> str:
    """Say which columns hold dates that nobody reads: one of them may be the end; "" where there are none."""
    tables = (table for reading in readings for table in reading.tables)
    labels = list(dict.fromkeys(mask_numbers_in(one) for table in tables for one in table.unread_dates))
    if not labels:
        return ""
    listed = "".join(f"“{label}”" for label in labels[:_MOST_ROWS]) + "等" * (len(labels) > _MOST_ROWS)
    return (
        f"请核对：没有读{listed}列，里面是日期；如果是证书的有效期或复审日期，"
        "请用 --columns 指明（如 --columns valid_to=表头），再重新核验。"
    )
