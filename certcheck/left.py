"""People of whom a list plainly says that they left: what is only of those at work is shown beside them, and weighs nothing.

Nobody vanishes: their certificates are read, asked about and listed; but nobody is told to stop the work of who is gone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from certcheck.findings import finding
from certcheck.model import Entry
from common.dates import read_date
from common.finding import Finding, SetAside, Severity
from common.privacy import mask_numbers_in
from common.resources import DATA
from common.text import fold, key
from common.wordtables import WordTable

_OF_WORK = ("CERT-", "POST-", "MANAGER-")
_ALSO_OF_WORK = (
    "PRACTICAL-RETEST", "RETRAINING-OVERDUE", "AGE-RETIRED", "REG-EXPIRED", "REG-EXPIRING", "REG-REVIEW-OVERDUE",
    "REG-REVIEW-DUE", "REG-REVIEW-UNKNOWN",
)  # fmt: skip
_LONGEST = 60
"""Characters of the longest plain status with its date; a cell full of brackets would take the pattern below seconds."""
_PARTS = re.compile(r"([^\d]*?)[\s(\[【,，:：]*(\d.*?)?[)\]】\s]*")


def status_left(written: str, as_of: dt.date) -> str:
    """Give the words of a status that plainly says that somebody is gone on a day; "" where it does not."""
    parts = _PARTS.fullmatch(fold(written)) if len(written) <= _LONGEST else None
    if parts is None or key(parts[1]) not in _words():
        return ""
    since = read_date(parts[2]) if parts[2] else None
    if parts[2] and (since is None or since.first_day() > as_of):
        return ""
    return written


def set_aside(entry: Entry, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Let what is only of people at work weigh nothing, and say so; what somebody has waived stays waived."""
    said = mask_numbers_in(entry.person.left)
    why = SetAside(f"名单写明“{said}”")
    told = [replace(one, waived=why) if _of_work(one) and one.waived is None else one for one in findings]
    left = finding(
        "PERSON-LEFT",
        f"名单写明“{said}”：证书到期、复审、应持证等只列出，不计入问题；号码、姓名等仍照常核对。",
        field="status",
        value=said,
    )
    return (*told, left)


def _of_work(one: Finding) -> bool:
    of_work = one.code.startswith(_OF_WORK) or one.code in _ALSO_OF_WORK
    return of_work and one.severity is not Severity.NOTE


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    words = WordTable(DATA / "roster" / "status.toml").words("status", ("left",))
    return frozenset(map(key, words["left"]))
