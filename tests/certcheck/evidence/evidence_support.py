"""A small run of invented people, its bundle, and both verifiers."""

import datetime as dt
import functools
import hashlib
import importlib.util
import json
from pathlib import Path

from certcheck.evidence import archive
from certcheck.evidence.bundle import AboutRun, bundle, no_stamp, signed_text
from certcheck.evidence.keys import EvidenceKeys
from certcheck.evidence.verify import verify
from common.canonical import canonical_bytes
from tests.certcheck.registry.client_support import NOTHING, START, exchange, found, question, read
from tests.certcheck.registry.replica_support import NOBODY, ZHANG

ROOT = Path(__file__).resolve().parents[3]
SINGLE_FILE = ROOT / "docs" / "verify_evidence.py"
HOST, RUN = "cx.example.invalid", "20261120-080000-0a0b"
KEYS = EvidenceKeys(b"s" * 32, b"h" * 32)
ABOUT = AboutRun(RUN, START.isoformat(), "2026-11-20", "0.1.0", [{"name": "order-30", "title": "第30号令"}])


@functools.cache
def single_file():
    """The single-file verifier as a module."""
    spec = importlib.util.spec_from_file_location("verify_evidence", SINGLE_FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.is_signed = functools.cache(module.is_signed)  # the same question is not worked out again
    return module


def after(minutes):
    return START + dt.timedelta(minutes=minutes)


def ask(journal, run=RUN, host=HOST):
    """One person is on record, one is not, said twice."""
    journal.start_run(run, START, {})
    journal.write(run, host, question(ZHANG), exchange(found(ZHANG), started_at=START))
    for nth in (1, 2):
        journal.write(run, host, question(NOBODY), exchange(NOTHING, started_at=after(nth)))


def bundle_of(journal, about=ABOUT, keys=KEYS, stamp=no_stamp):
    return b"".join(bundle(about, journal.exchanges_of(about.name), read, keys, stamp))


def written(entries):
    return b"".join(archive.pieces(entries))


def signed_anew(entries, keys, /, *, run_name=RUN, **changed):
    """A bundle with these entries before its manifest, as somebody with keys of their own would make it."""
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in entries[:-2]
    ]
    head = hashlib.sha256(f"zhengkao-evidence/1\n{run_name}".encode()).digest()
    for name, content in entries[:-2]:
        named = hashlib.sha256(name.encode()).digest()
        head = hashlib.sha256(head + named + hashlib.sha256(content).digest()).digest()
    manifest = json.loads(entries[-2][1]) | {
        "entries": listed,
        "chain": head.hex(),
        "public_key": keys.public.hex(),
    }
    text = canonical_bytes(manifest | changed) + b"\n"
    return written([*entries[:-2], ("manifest.json", text), ("signature", keys.sign(signed_text(text)))])


def faults(data, pinned=None):
    """What each of the two verifiers finds."""
    return verify(data, pinned).problems, single_file().problems(data, pinned)[0]


def both_find(data, pinned=None):
    ours, theirs = faults(data, pinned)
    return bool(ours) and bool(theirs)
