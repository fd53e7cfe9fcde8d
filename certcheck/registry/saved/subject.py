"""About whom a page is, and about which kind of certificate: what it shows, nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from certcheck.model import RegistryRecord
from certcheck.registry.saved.shown import Pair, Shown
from certcheck.registry.vocabulary import Vocabulary
from common.catalogue import Kind
from common.identity import compact, read_identity
from common.text import fold, key, name_key

_WHOLE = re.compile(r"[0-9*]{17}[0-9X*]")
_FREE = re.compile(r"(?<![0-9A-Za-z])T?([0-9]{17}[0-9Xx])(?![0-9A-Za-z])")
_STARS = re.compile(r"(?<=[0-9])[Xx×●•·○.]{4,}(?=[0-9X])")
_LEAST_SHOWN = 6  # a number starred out further could be anybody's


@dataclass(frozen=True, slots=True)
class Subject:
    """The names and numbers that a page shows; a number may be starred out in part."""

    names: tuple[str, ...] = field(default=(), repr=False)
    numbers: tuple[str, ...] = field(default=(), repr=False)

    @property
    def people(self) -> int:
        """Count the people: two names, or two numbers that cannot be one, are two."""
        return max(len(self.names), len(self.numbers))


def subject_of(names: Iterable[str], numbers: Iterable[str]) -> Subject:
    """Put together who is shown; what a starred form and a full form both show counts once."""
    shown = [plain_number(number) for number in numbers]
    return Subject(
        _distinct(names, name_fits), _distinct((number for number in shown if _tells(number)), number_fits)
    )


def shown_people(shown: Shown, labels: Mapping[str, str]) -> Subject:
    """Give who is shown by a page's labels, by a form still on it, and by whole numbers in its text."""
    pairs = [*_named(shown, labels), *_typed(shown.typed)]
    names = [value for name, value in pairs if name == "name"]
    written = [value for name, value in pairs if name == "id_number"]
    numbers = [number for value in written for number in _FREE.findall(value) or [value]]
    numbers += [
        holder for name, value in pairs if name == "certificate_number" for holder in holder_in(value)
    ]
    free = (match[1] for line in shown.lines for match in _FREE.finditer(line))
    numbers += [number for number in free if _is_sound(number)]
    return subject_of(names, numbers)


def recorded_people(records: Iterable[RegistryRecord]) -> Subject:
    """Give who is named in records."""
    records = list(records)
    numbers = [record.id_number for record in records if record.id_number]
    numbers += [holder for record in records for holder in holder_in(record.certificate_number or "")]
    return subject_of([record.name for record in records if record.name], numbers)


def holder_in(certificate_number: str) -> list[str]:
    """Give the identity number that a certificate number is made of, if it is."""
    number = plain_number(certificate_number)
    return [number] if _WHOLE.fullmatch(number) else []


def plain_number(written: str) -> str:
    """Give a number without T and blanks, its 18-digit form where it is whole, stars for what is hidden."""
    number = compact(_STARS.sub(lambda hidden: "*" * len(hidden.group()), written)).removeprefix("T")
    return number if "*" in number else read_identity(number).text


def number_fits(shown: str, number: str) -> bool:
    """Say whether a number may be the one that is shown with stars, in either order."""
    return any(_number_pattern(one).fullmatch(other) for one, other in ((shown, number), (number, shown)))


def _number_pattern(starred: str) -> re.Pattern[str]:
    return re.compile("".join("." if mark == "*" else re.escape(mark) for mark in starred))


def name_fits(shown: str, name: str) -> bool:
    """Say whether a name may be the one that is shown with stars, in either order."""
    shown, name = name_key(shown), name_key(name)
    return any(_name_pattern(one).fullmatch(other) for one, other in ((shown, name), (name, shown)))


def _name_pattern(starred: str) -> re.Pattern[str]:
    """Give a pattern in which one run of stars hides any number of characters, as sites do."""
    before, hidden, after = starred.partition("*")
    behind = after.lstrip("*")
    return re.compile(re.escape(before) + (".+" if hidden else "") + re.escape(behind))


def _tells(number: str) -> bool:
    return len(number) - number.count("*") >= _LEAST_SHOWN


def _distinct(values: Iterable[str], fits: Callable[[str, str], bool]) -> tuple[str, ...]:
    """Keep one of the values that may mean the same, the one that shows most."""
    kept: list[str] = []
    for value in sorted(dict.fromkeys(values), key=lambda one: one.count("*")):
        if not any(fits(value, known) for known in kept):
            kept.append(value)
    return tuple(kept)


def _is_sound(number: str) -> bool:
    identity = read_identity(number)
    return identity.check_ok and identity.birth is not None


def _named(shown: Shown, labels: Mapping[str, str]) -> Iterator[Pair]:
    """Give the pairs of all tables under the names of their fields."""
    for group in shown.groups:
        for label, value in group.pairs:
            if value and key(label) in labels:
                yield labels[key(label)], value


def _typed(typed: Iterable[Pair]) -> Iterator[Pair]:
    """Give what somebody typed into a form that is still on the page (some browsers save it)."""
    for placeholder, value in typed:
        if value:
            hint = fold(placeholder)
            yield ("name" if "姓名" in hint else "id_number" if "证件号" in hint else ""), value


def kind_of_page(shown: Shown, vocabulary: Vocabulary) -> Kind | None:
    """Say which kind of certificate a page is about: by its address, its title, its words."""
    words = vocabulary.kinds
    for text, suffix in ((shown.address, "_address"), (shown.title, ""), ("\n".join(shown.lines), "")):
        told = fold(text)
        for name in words["neither"]:
            told = told.replace(name, "")
        special = any(word in told for word in words["special" + suffix])
        safety = any(word in told for word in words["safety" + suffix])
        if special != safety:
            return Kind.SPECIAL if special else Kind.SAFETY
    return None


def kind_of_record(record: RegistryRecord, vocabulary: Vocabulary) -> Kind | None:
    """Say which kind of certificate a record is, by the fields that only one kind has."""
    people = record.person_type or ""
    special = bool(record.item or record.category or record.review_due or record.review_done)
    special |= any(word in people for word in vocabulary.kinds["special_people"])
    safety = bool(people or record.industry)
    if special and safety:
        return Kind.SPECIAL if any(word in people for word in vocabulary.kinds["special_people"]) else None
    return Kind.SPECIAL if special else Kind.SAFETY if safety else None
