"""The first sheet of the staff list: special operation certificates, most in order, some not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from examples_dice import Dice
from examples_lines import DATE_FIELDS, FORMS, USUAL_FORMS, Cell, Line, plus_years
from examples_people import AREA, Person, Register, full_number
from examples_staff_tables import AS_OF, DEPARTMENTS, FAULTS, ISSUERS, POSTS, Fault

_OUT_OF_SIGHT = dt.timedelta(days=1)


class SpecialSheet:
    """Builds the lines of the sheet; people are handed out by the register of the whole list."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._dice = Dice("special")

    def lines(self) -> list[Line]:
        """Give all lines, department by department, the mess of real lists spread over them."""
        ordinary = [self._ordinary(post) for post, (*_, count) in POSTS.items() for _ in range(count)]
        spread_mess(ordinary, self._register)
        faulty = [self._faulty(fault, ordinary) for fault in FAULTS]
        _share_number(faulty)
        lines = self._dice.shuffled([*ordinary, *faulty])
        lines.sort(key=lambda line: DEPARTMENTS.index(line.group))
        _repeat_one(lines)
        return self._with_second_certificates(lines)

    def _ordinary(self, post: str) -> Line:
        person = self._person()
        if not POSTS[post][2]:
            return Line(person, _person_cells(person, post), POSTS[post][0], why="岗位不需要证书")
        # Neither near the end of the six years nor within the sixty days before the review.
        early = (dt.date(2021, 4, 1), dt.date(2023, 9, 30))
        late = (dt.date(2024, 3, 1), dt.date(2026, 8, 31))
        start = self._dice.day(*(early if self._dice.chance(40) else late))
        return self._certified(person, post, start)

    def _person(self, born: str = "", male: bool | None = None) -> Person:
        sex = self._dice.chance(82) if male is None else male
        first = dt.date(1973, 1, 1) if sex else dt.date(1982, 1, 1)
        day = dt.date.fromisoformat(born) if born else self._dice.day(first, dt.date(2000, 12, 31))
        return self._register.person(male=sex, birth=day)

    def _certified(self, person: Person, post: str, start: dt.date) -> Line:
        department, category, item, _ = POSTS[post]
        # Both ways of printing six years are in use: to the same day, and to the day before.
        end = plus_years(start, 6) - (_OUT_OF_SIGHT if self._dice.chance(70) else dt.timedelta(0))
        due = plus_years(start, 3)
        done = due - dt.timedelta(days=5 + self._dice.below(50)) if due <= AS_OF else None
        record = special_record(person, category, item, (start, end, due, done), self._dice.pick(ISSUERS))
        cells = _person_cells(person, post) | write_record(record, self._dice.pick(USUAL_FORMS))
        return Line(person, cells, department, records=[record])

    def _faulty(self, fault: Fault, ordinary: list[Line]) -> Line:
        person = self._person(fault.born, fault.male if fault.born else None)
        line = self._certified(person, fault.post, dt.date.fromisoformat(fault.start or "2024-01-15"))
        other = ordinary[0].person.number
        for name, value in fault.cells.items():
            line.cells[name] = (
                value.format(number=person.number, other=other, seventeen=person.number[:17])
                if isinstance(value, str)
                else value
            )
        line.cells |= _special_cells(fault.key, line)
        line.records = [] if fault.record is None else [line.records[0] | fault.record]
        line.codes, line.registry, line.why = fault.codes, fault.registry, fault.why
        line.may, line.registry_may = fault.may, fault.registry_may
        return line

    def _with_second_certificates(self, lines: list[Line]) -> list[Line]:
        """Give two electricians a second certificate on a row of its own, without name and number."""
        chosen = [line for line in lines if line.cells["post"] == "电工" and plain(line)][:2]
        result: list[Line] = []
        for line in lines:
            result.append(line)
            if any(line is one for one in chosen):
                second = self._certified(line.person, "高压电工", dt.date(2025, 5, 6 + len(result) % 20))
                second.cells |= dict.fromkeys(("name", "sex", "id_number", "post"), "")
                line.mess = "两本证书占两行"
                result.append(
                    replace(second, group=line.group, stays=True, mess="续行：姓名和身份证号在上一行")
                )
        return result


def plain(line: Line) -> bool:
    """Say whether nothing at all is peculiar about a line."""
    return not (line.codes or line.registry or line.mess or line.why)


def special_record(
    person: Person,
    category: str,
    item: str,
    dates: tuple[dt.date, dt.date, dt.date, dt.date | None],
    issuer: str,
) -> dict[str, Any]:
    """Give what the registry holds of a special operation certificate."""
    start, end, due, done = dates
    return {
        "kind": "special",
        "category": category,
        "item": item,
        "certificate_number": f"T{person.number}",
        "first_issue": start.isoformat(),
        "valid_from": start.isoformat(),
        "valid_to": end.isoformat(),
        "review_due": due.isoformat(),
        "review_done": done.isoformat() if done else None,
        "issuer": issuer,
        "status": "有效",
        "history": False,
        "person_type": None,
        "industry": None,
    }


def write_record(record: dict[str, Any], form: str) -> dict[str, Cell]:
    """Write a record's facts as cells, dates in one of the forms."""
    cells: dict[str, Cell] = {
        name: record[name] for name in ("category", "item", "certificate_number", "issuer")
    }
    for name in DATE_FIELDS:
        cells[name] = FORMS[form](dt.date.fromisoformat(record[name])) if record[name] else ""
    return cells


def _person_cells(person: Person, post: str) -> dict[str, Cell]:
    return {"name": person.name, "sex": person.sex, "id_number": person.number, "post": post}


def _special_cells(key: str, line: Line) -> dict[str, Cell]:
    """Give the changed cells of the faults that need more than a text in the table."""
    number = line.person.number
    if key == "check":
        number = number[:17] + ("0" if number[17] != "0" else "1")
    elif key == "birth":
        number = full_number(f"{AREA}19890230{number[14:17]}")
    elif key == "old15":
        return {"id_number": number[:6] + number[8:17]}
    else:
        return {}
    return {"id_number": number, "certificate_number": f"T{number}"}


def _share_number(faulty: list[Line]) -> None:
    """Give the second of the two rows in conflict the number of the first."""
    first, second = (line for line in faulty if line.codes == ("ID-NAME-CONFLICT",))
    number = first.person.number
    second.person = replace(second.person, number=number)
    second.cells |= {"id_number": number, "certificate_number": f"T{number}", "sex": first.person.sex}


def _repeat_one(lines: list[Line]) -> None:
    """Make the planted duplicate a copy of an ordinary row above it, and put it last of its group."""
    copy = next(line for line in lines if line.codes == ("ROW-DUPLICATE",))
    model = next(line for line in lines if line.cells["post"] == copy.cells["post"] and plain(line))
    copy.person, copy.cells, copy.records = model.person, dict(model.cells), []
    lines.remove(copy)
    last = max(index for index, line in enumerate(lines) if line.group == copy.group)
    lines.insert(last + 1, copy)


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
    line.cells |= _person_cells(person, str(line.cells["post"])) | {"certificate_number": f"T{person.number}"}


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
