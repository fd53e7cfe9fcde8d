"""Where the reference tables, rule packs and examples are: beside the packages, wheel or checkout."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
