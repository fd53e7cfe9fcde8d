"""Rows of the journal, sealed and opened.

A sealed cell is bound to everything else that its row says, so a cell put into another row, and a
row whose date, status or run was changed, no longer open.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from certcheck.model import Question
from certcheck.registry.interface import Exchange
from certcheck.store.tables import EXCHANGES, RUNS
from common.catalogue import Kind
from common.vault import Vault


@dataclass(frozen=True, slots=True)
class Asked:
    """An exchange of the journal, opened; ``question`` is None where an old version did not keep it.

    ``reused`` says that another run asked it, and this one uses the answer again.
    """

    run: str
    host: str
    question: Question | None
    exchange: Exchange
    reused: bool = False


def find_question(vault: Vault, question: Question) -> str:
    """Give the keyed hash that a question is found by."""
    return vault.find(f"{question.kind}\x1f{question.id_number}\x1f{question.name}")


def seal_exchange(vault: Vault, asked: Asked, found_by: str) -> dict[str, Any]:
    """Give the row of an exchange; ``found_by`` stands for its question."""
    exchange, question = asked.exchange, asked.question
    row = {
        "run": asked.run,
        "host": asked.host,
        "question": found_by,
        "started_at": exchange.started_at,
        "path": exchange.path,
        "status": exchange.status,
    }
    told = {
        "question": None if question is None else [question.name, question.id_number, str(question.kind)],
        "headers": exchange.headers,
        "error": exchange.error,
        "reused": asked.reused,
    }
    plain = json.dumps(told).encode() + b"\n" + exchange.body  # JSON of one line
    return {**row, "content": vault.seal(plain, _place_of_exchange(row))}


def open_exchange(vault: Vault, row: Any) -> Asked:
    """Open the row of an exchange that was not purged.

    Raises
    ------
    ZhengkaoError
        the row is not as it was written.
    """
    place = _place_of_exchange(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
    told, _, body = vault.unseal(row.content, place).partition(b"\n")
    known = json.loads(told)
    question = known["question"]
    return Asked(
        row.run,
        row.host,
        None if question is None else Question(question[0], question[1], Kind(question[2])),
        Exchange(
            row.started_at,
            row.path,
            row.status,
            tuple((name, value) for name, value in known["headers"]),
            body,
            known["error"],
        ),
        known.get("reused", False),
    )


def seal_options(vault: Vault, name: str, started_at: str, options: dict[str, Any]) -> dict[str, Any]:
    """Give the row of a run; names of files may hold names of people, so its options are sealed."""
    plain = json.dumps(options).encode()  # ASCII: the name of a file may be no proper text
    return {
        "name": name,
        "started_at": started_at,
        "options": vault.seal(plain, (RUNS.name, name, started_at)),
    }


def open_options(vault: Vault, row: Any) -> dict[str, Any]:
    """Open the options of a run that was not purged."""
    options: dict[str, Any] = json.loads(vault.unseal(row.options, (RUNS.name, row.name, row.started_at)))
    return options


def digest_of_sealed(sealed: bytes) -> str:
    """Give what may be kept of a cell that is purged.

    It says whether a row of a backup is this one, and nothing of the person: the nonce, 96 random
    bits, went with the cell, so not even who has the key can try guesses against it.
    """
    return hashlib.sha256(sealed).hexdigest()


def _place_of_exchange(row: Any) -> tuple[str, ...]:
    parts = (row["run"], row["host"], row["question"], row["started_at"], row["path"], str(row["status"]))
    return (EXCHANGES.name, *parts)
