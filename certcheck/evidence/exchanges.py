"""One exchange of a run as two entries of its bundle: what everybody may read, and what is sealed."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from certcheck.evidence.naming import entry_name, sealed_name
from certcheck.evidence.page import answer_page
from certcheck.evidence.sealing import BundleKey
from certcheck.journal import Read
from certcheck.store.sealing import Asked
from common.canonical import canonical_bytes


def entries_of(number: int, asked: Asked, read: Read, key: BundleKey) -> Iterator[tuple[str, bytes]]:
    """Give the two entries of an exchange."""
    reading = None if asked.question is None else read(asked.exchange, asked.question)
    about = {
        "number": number,
        "asked_at": asked.exchange.started_at,
        "host": asked.host,
        "path": asked.exchange.path,
        "status": asked.exchange.status,
        "state": None if reading is None else str(reading.state),
        "reused": asked.reused,
        "key_commitment": key.commitment(sealed_name(number)),
    }
    question = asked.question
    private = {
        "question": question
        and {"name": question.name, "id_number": question.id_number, "kind": str(question.kind)},
        "headers": [list(header) for header in asked.exchange.headers],
        "error": asked.exchange.error,
        "body": base64.b64encode(asked.exchange.body).decode("ascii"),
        "page": answer_page(number, asked, reading),
    }
    yield entry_name(number), canonical_bytes(about) + b"\n"
    yield sealed_name(number), key.seal(sealed_name(number), json.dumps(private, sort_keys=True).encode())
