"""What comes of holding files against what they should be: good or not, and what is told of it. Standard library only."""

from __future__ import annotations

from typing import NamedTuple

MALFORMED = (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError)
"""What reading a plan, a record or an announcement raises where its content is missing or is nothing that it could be."""


class Check(NamedTuple):
    """One thing that was checked, in plain words."""

    good: bool
    told: str
