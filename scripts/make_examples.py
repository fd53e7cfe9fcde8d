"""Make the invented examples under data/examples; the same bytes every time.

``python scripts/make_examples.py`` writes them in place, ``--out DIR`` elsewhere.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from examples_batch import batch_files
from examples_lines import Line
from examples_managers import manager_lines
from examples_people import Register
from examples_staff import SpecialSheet
from examples_staff_tables import AS_OF
from examples_workbook import MANAGERS, SPECIAL, staff_workbook

HOME = Path(__file__).resolve().parent.parent / "data" / "examples"
LIST_NAME = "员工持证台账.xlsx"


def main() -> None:
    """Write all examples."""
    parser = argparse.ArgumentParser(description="regenerate data/examples")
    parser.add_argument("--out", type=Path, default=HOME, help="folder to write to (default: data/examples)")
    make(parser.parse_args().out)


def make(out: Path) -> None:
    """Write every generated file below a folder; other files there stay."""
    for name, content in files().items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def files() -> dict[str, bytes]:
    """Give the content of every generated file by its path."""
    return staff_files() | batch_files()


def staff_files() -> dict[str, bytes]:
    """Give the staff list, what is planted in it, and the people of the local replica."""
    register = Register("staff")
    special, managers = SpecialSheet(register).lines(), manager_lines(register)
    workbook = staff_workbook(special, managers)
    return {
        f"staff/{LIST_NAME}": workbook,
        "staff/planted.json": _json(planted(((SPECIAL, special), (MANAGERS, managers)))),
        "staff/registry-people.json": _json({"people": registry_people([*special, *managers])}),
    }


def planted(sheets: tuple[tuple[str, list[Line]], ...]) -> dict[str, Any]:
    """Give what a check of the list must find; every row of people is in exactly one of three lists.

    Rows that are in order on paper and not on record are both planted and clean: without the
    registry there is nothing to find.
    """
    told: dict[str, Any] = {
        "file": LIST_NAME,
        "as_of": AS_OF.isoformat(),
        "planted": [],
        "clean_rows": [],
        "no_claim_rows": [],
        "mess": [],
    }
    for sheet, lines in sheets:
        for line in lines:
            place = {"sheet": sheet, "row": line.row}
            if line.codes or line.registry:
                told["planted"].append(line.expectation(sheet))
            if not line.codes:
                told["clean_rows" if line.claims else "no_claim_rows"].append(place)
            if line.mess:
                told["mess"].append(place | {"why": line.mess})
    return told


def registry_people(lines: list[Line]) -> list[dict[str, Any]]:
    """Give everybody on record once, with all their certificates."""
    people: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line.records:
            number = line.person.number
            entry = people.setdefault(number, {"name": line.person.name, "id_number": number, "records": []})
            entry["records"] += line.records
    return sorted(people.values(), key=lambda entry: str(entry["id_number"]))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


if __name__ == "__main__":
    main()
