"""Which reader an exchange needs: its path says which generation of the site it came from."""

from __future__ import annotations

from certcheck.model import Question
from certcheck.registry import first_generation
from certcheck.registry.first_pages import read_first
from certcheck.registry.interface import Exchange, PageReading
from certcheck.registry.pages import read_answer
from certcheck.registry.vocabulary import Vocabulary


def read_exchange(exchange: Exchange, question: Question, vocabulary: Vocabulary) -> PageReading:
    """Read what came back to a question about one person, by whichever generation."""
    if exchange.path == first_generation.PATH:
        return read_first(exchange, question, vocabulary)
    return read_answer(exchange, question, vocabulary)
