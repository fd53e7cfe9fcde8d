"""The records of the way of a staff list; each step takes some and gives some.

Names and identity numbers never show in ``repr``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from common.catalogue import ItemMatch, Kind, OtherBody
from common.dates import CivilDate
from common.finding import Finding
from common.identity import IdentityNumber, IdForm
from common.sheets import CellValue

SAVED_PAGE = "saved_page"
"""The source of an answer that rests on what a person saved, and was not asked by this program."""
OFFLINE = "本次没有联网核验"
"""The reason of every answer of a run that asks nobody."""
NO_SAVED_PAGE = "没有此人可用的保存网页，本次也没有联网核验"
_LEAST_DIGITS = 6  # what has fewer is a remark in the cell, and may stand in many rows


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim stands: row as the spreadsheet shows it, certificate from 0 within the row.

    ``part`` counts the files of a run from 0: two of them may have one name.
    """

    file: str
    sheet: str
    row: int
    certificate: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One row of people with its cells under field names; ``claims`` holds one dict a certificate.

    ``other_numbers`` are those of the person that stand in further columns, each with its label.
    """

    source: Source
    person: dict[str, CellValue] = field(repr=False)
    claims: tuple[dict[str, CellValue], ...] = field(repr=False)
    has_id_column: bool = True
    continues: bool = False
    other_numbers: tuple[tuple[str, CellValue], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """What a row says of a person; None or "" where it says nothing.

    ``identity`` is None where the cell is empty or its digits are lost; ``id_written`` is the
    cell as it stood.
    """

    name: str = field(default="", repr=False)
    identity: IdentityNumber | None = None
    id_written: str = field(default="", repr=False)
    sex: str = ""
    birth: CivilDate | None = field(default=None, repr=False)
    employer: str = ""
    department: str = ""
    post: str = ""
    person_type: str = ""
    industry: str = ""
    appointed: CivilDate | None = None
    retrained: CivilDate | None = None
    left_job: CivilDate | None = None
    returned: CivilDate | None = None
    photo: str = field(default="", repr=False)
    left: str = ""
    """The list's own words where they plainly say that somebody is no longer there."""

    @property
    def is_manager_type(self) -> bool:
        """Say whether the person type names a main person in charge or a safety manager."""
        said = self.person_type
        return bool(said) and any(word in said for word in ("负责人", "安全生产管理", "安全管理", "安管"))

    @property
    def number(self) -> str:
        """Give the number that identifies the person across rows, or ""; 待补充 is nobody's number."""
        if self.identity is None:
            return ""
        text = self.identity.text
        if self.identity.form is not IdForm.UNKNOWN:
            return text
        return text if sum(mark.isdigit() for mark in text) >= _LEAST_DIGITS else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One certificate as the list states it; what could not be read is None.

    ``item`` is the catalogue's name where recognised, else as written. ``match`` and ``other``
    say what the catalogue knows of it; ``kind`` is None where nothing tells which it is, and not
    ``certain`` where its words are used by several bodies. Claims of a long list that read alike but for
    their numbers share ``alike``, the one without a number.
    """

    kind: Kind | None = None
    kind_written: str = ""
    category: str | None = None
    item: str | None = None
    item_written: str | None = None
    certificate_number: str | None = field(default=None, repr=False)
    first_issue: CivilDate | None = None
    valid_from: CivilDate | None = None
    valid_to: CivilDate | None = None
    review_due: CivilDate | None = None
    review_done: CivilDate | None = None
    issuer: str | None = None
    match: ItemMatch | None = None
    other: OtherBody | None = None
    certain: bool = True
    alike: Claim | None = field(default=None, repr=False, compare=False)

    def with_number(self, number: str | None) -> Claim:
        """Give the same claim under a certificate number of its own."""
        return Claim(
            self.kind, self.kind_written, self.category, self.item, self.item_written, number, self.first_issue,
            self.valid_from, self.valid_to, self.review_due, self.review_done, self.issuer, self.match, self.other,
            self.certain, self.alike or self,
        )  # fmt: skip

    @property
    def elsewhere(self) -> bool:
        """Say whether another body issues it, or a school: then the certificate is not ours to judge."""
        return self.other is not None or self.kind in (Kind.OTHER, Kind.TRAINING)

    @property
    def doubtful(self) -> bool:
        """Say whether it may be one of emergency management's, and may be another body's."""
        return not self.certain and self.other is None

    @property
    def states_something(self) -> bool:
        """Say whether it states what it is for, a number or a date: a kind alone can be held against nothing."""
        dates = (self.first_issue, self.valid_from, self.valid_to, self.review_due, self.review_done)
        return bool(self.item_written or self.category or self.certificate_number or any(dates))


@dataclass(frozen=True, slots=True)
class Entry:
    """One certificate claimed, or one row that claims none (``claim`` is None)."""

    source: Source
    person: Person
    claim: Claim | None
    findings: tuple[Finding, ...] = ()

    def unreadable(self, *fields: str) -> bool:
        """Say whether one of these fields holds something that could not be read as a date."""
        return any(one.code == "DATE-UNREADABLE" and one.field in fields for one in self.findings)


class AnswerState(StrEnum):
    """What became of a question; only the registry's own words make ``NOT_FOUND``."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NO_ANSWER = "no_answer"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Question:
    """One person and one kind of certificate, asked once however many rows name them."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    kind: Kind


@dataclass(frozen=True, slots=True)
class RegistryRecord:
    """One certificate as the registry shows it; what it does not show is None."""

    name: str | None = field(default=None, repr=False)
    id_number: str | None = field(default=None, repr=False)
    category: str | None = None
    item: str | None = None
    certificate_number: str | None = field(default=None, repr=False)
    first_issue: CivilDate | None = None
    valid_from: CivilDate | None = None
    valid_to: CivilDate | None = None
    review_due: CivilDate | None = None
    review_done: CivilDate | None = None
    issuer: str | None = None
    status: str | None = None
    person_type: str | None = None
    industry: str | None = None
    history: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the registry said to one question.

    ``reason`` tells why there is no answer or why nothing was asked; ``asked_at`` is ISO 8601
    with zone, None where nothing about the person was sent; ``evidence`` names the stored raw answer;
    ``source`` is ``SAVED_PAGE`` or ""; ``reused`` says that another run asked it.
    """

    state: AnswerState
    records: tuple[RegistryRecord, ...] = ()
    asked_at: str | None = None
    evidence: str | None = None
    reason: str = ""
    source: str = ""
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of the way: an entry, what the registry said, every finding, one verdict.

    ``record`` is the current one of what is claimed, under the person's name; None where there is none.
    """

    entry: Entry
    answer: Answer
    findings: tuple[Finding, ...]
    verdict: str
    record: RegistryRecord | None = None
