"""What each finding code means for a form's line on certificates: a problem, an open question, or neither.

Whatever is not named here follows from its severity, so that a new code is never denied in a form that somebody signs.
"""

from __future__ import annotations

from enum import Enum

from certcheck.findings import CODES
from common.finding import Severity


class Bearing(Enum):
    """What a finding means for "有无特种作业证，证件是否在有效期内"."""

    PROBLEM = "problem"
    NEED = "need"
    """It is open whether somebody without a certificate needs one."""
    OPEN = "open"
    """It is open whether what the list says of a certificate or its holder is true."""
    NONE = "none"


MANAGERS = frozenset({"MANAGER-UNQUALIFIED", "MANAGER-DUE", "INDUSTRY-UNSURE", "RETRAINING-OVERDUE"})
"""Not about people who do special operations."""

NO_DOUBT = frozenset(
    {
        "CERT-EXPIRING", "CERT-REVIEW-DUE", "REG-EXPIRING", "REG-REVIEW-DUE",
        "ID-OLD15", "ROW-DUPLICATE", "AGE-RETIRED",
    }
)  # fmt: skip
"""To be looked at, and yet nothing against a certificate: it still counts, or its holder is only written otherwise."""

NEEDS = frozenset({"POST-MISSING", "POST-UNSURE"})

NOT_SETTLED = frozenset({"REG-NO-ANSWER", "REG-NOT-ASKED"})
"""Told by how many answers there are (``PastRun``), which counts rows without any finding, too."""


def bearing(code: str) -> Bearing:
    """Say what a finding of this code means for the line; of an unknown one (a newer run's), that it is a problem."""
    if code in NEEDS:
        return Bearing.NEED
    if code in MANAGERS or code in NO_DOUBT or code in NOT_SETTLED:
        return Bearing.NONE
    severity = CODES[code][0] if code in CODES else Severity.VIOLATION
    return _BY_SEVERITY[severity]


_BY_SEVERITY = {
    Severity.VIOLATION: Bearing.PROBLEM,
    Severity.ATTENTION: Bearing.OPEN,
    Severity.NOTE: Bearing.NONE,
}
