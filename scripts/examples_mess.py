"""Ordinary rows as people write them: nothing is wrong with what they say, only with how."""

from __future__ import annotations

import datetime as dt
from typing import Any

from examples_lines import DATE_FIELDS, Line, person_cells, plus_years, special_record, write_record
from examples_people import Person, Register


def spread_mess(lines: list[Line], register: Register) -> None:
    """Write some ordinary rows as people write them: nothing is wrong with what they say."""
    certified = iter([line for line in lines if line.records])
    next(certified)  # the first one stays plain: a planted row borrows its number
    for make in _MESS:
        line = next(certified)
        line.mess = make(line, register)
        next(certified)


def _trailing_blanks(line: Line, _: Register) -> str:
    line.cells |= {"name": f"{line.person.name}  ", "post": f"{line.cells['post']} "}
    return "姓名和岗位后有空格"


def _full_width(line: Line, _: Register) -> str:
    digits = str.maketrans("0123456789", "０１２３４５６７８９")
    line.cells["id_number"] = line.person.number.translate(digits)
    return "身份证号是全角数字"


def _lower_x(line: Line, register: Register) -> str:
    person = register.person(male=line.person.male, birth=line.person.birth, check="X")
    _becomes(line, person)
    line.cells |= {"id_number": person.number.lower(), "certificate_number": f"T{person.number.lower()}"}
    return "身份证号末位是小写 x"


def _apostrophe(line: Line, _: Register) -> str:
    line.cells["id_number"] = f"'{line.person.number}"
    return "身份证号前有撇号"


def _zero_width(line: Line, _: Register) -> str:
    line.cells["id_number"] = f"{line.person.number[:10]}\u200b{line.person.number[10:]}"
    return "身份证号中有零宽字符"


def _wide_name(line: Line, _: Register) -> str:
    line.cells["name"] = "\u3000".join(line.person.name)
    return "姓名中有全角空格"


def _rare_name(line: Line, register: Register) -> str:
    """Put in a character beyond the first plane, which careless programs cut in two."""
    _becomes(line, register.person(male=True, birth=line.person.birth, name="沈\U0002c386"))
    return "姓名有生僻字"


def _dotted_name(line: Line, register: Register) -> str:
    _becomes(line, register.person(male=True, birth=line.person.birth, name="阿里木·卡德尔江"))
    return "姓名有间隔号"


def _months_only(line: Line, _: Register) -> str:
    day = dt.date(2022, 5, 18)
    record = special_record(
        line.person,
        line.records[0]["category"],
        line.records[0]["item"],
        (day, plus_years(day, 6), plus_years(day, 3), dt.date(2025, 4, 22)),
        line.records[0]["issuer"],
    )
    line.records = [record]
    line.cells |= write_record(record, "month")
    return "日期只写到月"


def _two_items(line: Line, _: Register) -> str:
    line.records.append(line.records[0] | {"item": "高压电工作业"})
    line.cells["item"] = "低压电工作业、高压电工作业"
    return "一格写了两个项目"


def _renewed(line: Line, register: Register) -> str:
    """Six years earlier there was another certificate; the first issue stays the old one's."""
    _becomes(line, register.person(male=True, birth=dt.date(1984, 7, 23)))  # of age at the first issue
    new = line.records[0]
    old: dict[str, Any] = dict(new)
    for name in DATE_FIELDS[:4]:
        old[name] = plus_years(dt.date.fromisoformat(new[name]), -6).isoformat()
    old |= {"history": True, "review_done": old["review_due"]}
    new["first_issue"] = old["first_issue"]
    line.records.append(old)
    line.cells["first_issue"] = new["first_issue"]
    return "延期换证：平台另有历史数据"


def _becomes(line: Line, person: Person) -> None:
    """Give the line to another person, certificate and all."""
    line.person = person
    line.records[0]["certificate_number"] = f"T{person.number}"
    line.cells |= person_cells(person, str(line.cells["post"])) | {"certificate_number": f"T{person.number}"}


def _short_item(line: Line, _: Register) -> str:
    line.cells["item"] = str(line.cells["item"]).removesuffix("作业")
    return "项目名没有写“作业”"


# Two electricians come first among the ordinary people: the two items fit their post.
_MESS = (
    _two_items,
    _trailing_blanks,
    _full_width,
    _lower_x,
    _apostrophe,
    _zero_width,
    _wide_name,
    _rare_name,
    _dotted_name,
    _months_only,
    _renewed,
    _short_item,
)
