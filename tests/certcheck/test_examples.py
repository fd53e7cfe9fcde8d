"""The committed example list gives exactly what was planted in it, and nothing anywhere else."""

import datetime as dt
import json
from functools import cache

from certcheck.offline.context import Context, Roll
from certcheck.pipeline import verify
from certcheck.registry.vocabulary import load_vocabulary
from common.resources import DATA
from tests.certcheck.lists import catalogue, codes_of, read, rules

FOLDER = DATA / "examples" / "staff"


@cache
def planted():
    return json.loads((FOLDER / "planted.json").read_text(encoding="utf-8"))


@cache
def by_row():
    as_of = dt.date.fromisoformat(planted()["as_of"])
    lists = read(FOLDER / planted()["file"], as_of=as_of)
    context = Context(as_of, rules(), catalogue(), Roll.of(lists.entries))
    found = {}
    for outcome in verify(lists.entries, context, None, load_vocabulary()).outcomes:
        source = outcome.entry.source
        found.setdefault((source.sheet, source.row), []).append(outcome)
    return found


def test_planted_findings():
    """Each planted row has its codes, and no other than those the contract leaves open."""
    for fault in planted()["planted"]:
        found = {code for outcome in by_row()[fault["sheet"], fault["row"]] for code in codes_of(outcome)}
        assert set(fault["codes"]) <= found <= {*fault["codes"], *fault.get("may", [])}, fault


def test_clean_rows():
    """No clean row has a finding."""
    for row in [*planted()["clean_rows"], *planted()["no_claim_rows"]]:
        assert [codes_of(outcome) for outcome in by_row()[row["sheet"], row["row"]]] != [], row
        assert not any(codes_of(outcome) for outcome in by_row()[row["sheet"], row["row"]]), row


def test_every_row_is_accounted_for():
    """No outcome stands on a row that the list's maker did not know of."""
    parts = ("planted", "clean_rows", "no_claim_rows")
    known = {(row["sheet"], row["row"]) for part in parts for row in planted()[part]}
    assert set(by_row()) == known


def test_rows_without_a_certificate_are_not_required():
    """People who need no certificate and state none are told so."""
    for row in planted()["no_claim_rows"]:
        assert {outcome.verdict for outcome in by_row()[row["sheet"], row["row"]]} == {"not_required"}
