"""``zhengkao check`` with a person at the captchas, against the time that the person must type anyway.

``python -m benchmarks.asking [PEOPLE]`` runs the whole program against the replica with a latency of
0.3 s; an askpass program stands in for somebody who needs 2 s for each captcha. It prints the ratio to
PEOPLE x max(2 s, gap), for a gap of 0 and of 3 seconds. The promise is at most 1.25.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.check import ROOT, make_list
from certcheck.registry.replica.people import People, Person, Record
from certcheck.registry.replica.picture import ANSWER_MARK
from certcheck.registry.replica.server import Replica
from common.sheets import read_sheets

LATENCY, TYPING = 0.3, 2.0
_PERSON = f"""
import re, sys, time
picture = open(sys.argv[1], "rb").read()
time.sleep({TYPING})
print(re.search(rb"{ANSWER_MARK}\\x00([0-9]{{4}})", picture)[1].decode())
"""


def registry(path: Path) -> People:
    """Give a registry that knows everybody on a list as it is."""
    (sheet,) = read_sheets(path)
    rows = [[str(cell) for cell in row] for row in sheet.rows[1:]]
    return People(
        [
            Person(
                row[1], row[3],
                (Record("special", row[10], row[11], row[6], row[7], row[8], first_issue=row[9], review_due=row[12]),),
            )
            for row in rows
        ]
    )  # fmt: skip


def seconds(people: int, gap: float) -> float:
    """Give how long a whole run takes, from the start of the program to its end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_list(folder / "list.xlsx", people)
        (folder / "person.py").write_text(_PERSON, encoding="utf-8")
        with Replica(
            registry(folder / "list.xlsx"), latency=LATENCY, audit=folder / "audit.jsonl"
        ) as replica:
            command = [
                sys.executable, ROOT / "cli.py", "check", folder / "list.xlsx", "--out", folder / "o",
                "--registry", replica.url, "--gap", gap, "--as-of", "2026-11-20",
                "--captcha", f"askpass:{sys.executable} -SE {folder / 'person.py'}",
            ]  # fmt: skip
            begun = time.perf_counter()
            done = subprocess.run(
                [str(word) for word in command], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=os.environ | {"ZHENGKAO_HOME": name},
            )  # fmt: skip
            took = time.perf_counter() - begun
            if replica.queries != people:
                raise SystemExit(f"{replica.queries} queries for {people} people, exit {done.returncode}")
    return took


def main() -> None:
    """Measure both gaps and print the ratios."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for gap in (0.0, 3.0):
        floor = people * max(TYPING, gap)
        took = seconds(people, gap)
        print(f"gap {gap:g} s, {people} people: {took:.1f} s, ratio {took / floor:.3f}")


if __name__ == "__main__":
    main()
