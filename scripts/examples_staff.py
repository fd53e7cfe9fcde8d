"""The first sheet of the staff list: special operation certificates, most in order, some not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from examples_dice import Dice
from examples_faults import FAULTS
from examples_lines import USUAL_FORMS, Cell, Line, person_cells, plus_years, special_record, write_record
from examples_mess import spread_mess
from examples_people import AREA, Person, Register, full_number
from examples_staff_tables import AS_OF, DEPARTMENTS, ISSUERS, POSTS, Fault

_ONE_DAY = dt.timedelta(days=1)


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
            return Line(person, person_cells(person, post), POSTS[post][0], why="岗位不需要证书")
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
        end = plus_years(start, 6) - (_ONE_DAY if self._dice.chance(70) else dt.timedelta(0))
        due = plus_years(start, 3)
        done = due - dt.timedelta(days=5 + self._dice.below(50)) if due <= AS_OF else None
        record = special_record(person, category, item, (start, end, due, done), self._dice.pick(ISSUERS))
        cells = person_cells(person, post) | write_record(record, self._dice.pick(USUAL_FORMS))
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
