"""``docs/evidence-format.md`` says what the program does: its vectors, its words, its entries."""

import base64
import hashlib
import json
import re

from certcheck.evidence import archive
from certcheck.evidence.bundle import Chain
from certcheck.evidence.sealing import BundleKey
from certcheck.registry.interface import ReadingState
from tests.certcheck.evidence.evidence_support import KEYS, ROOT, RUN, ask, bundle_of, single_file, written
from tests.certcheck.registry.client_support import journal_in

PAGE = (ROOT / "docs" / "evidence-format.md").read_text(encoding="utf-8")
VECTORS = dict(re.findall(r"^(\w+) += ([0-9a-f]+)$", PAGE, re.MULTILINE))
NAME = "exchanges/0001.sealed"


def keys_of(value):
    """Every key of a JSON value, however deep; rule packs may have any."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "rules":
                yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def test_vectors():
    assert len(VECTORS) == 7
    key = BundleKey.for_run(KEYS.holder, RUN)
    assert key.wrapped(KEYS.holder).hex() == VECTORS["wrapped"]
    assert key._entry(NAME).hex() == VECTORS["entry_key"]
    assert key.commitment(NAME) == VECTORS["commitment"]
    assert hashlib.sha256(key.seal(NAME, b"{}")).hexdigest() == VECTORS["sealed_sha256"]
    chain = Chain(RUN)
    assert chain.head.hex() == VECTORS["chain_of_none"]
    chain.add("a", hashlib.sha256(b"b").digest())
    assert chain.head.hex() == VECTORS["chain_of_one"]
    assert written([("a", b"b")]).hex() == VECTORS["zip_of_one"]
    assert single_file().written_zip([(b"a", b"b")]).hex() == VECTORS["zip_of_one"]


def test_every_entry_and_every_field_is_described(tmp_path):
    with journal_in(tmp_path) as journal:
        ask(journal)
        entries = dict(archive.read(bundle_of(journal)))
    key = BundleKey.unwrapped(KEYS.holder, entries["key.wrapped"])
    described = set(re.findall(r"`([\w./-]+)`", PAGE))
    assert {name for name in entries if "exchanges" not in name or "0001" in name} <= described
    private = json.loads(key.unseal(NAME, entries[NAME]))
    for told in (json.loads(entries["exchanges/0001.json"]), json.loads(entries["manifest.json"]), private):
        assert set(keys_of(told)) <= described
    assert {str(state) for state in ReadingState} <= described
    assert base64.b64decode(private["body"])
