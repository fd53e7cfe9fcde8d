"""The site's field names and words, from ``data/registry/fields.toml``, and what counts as said by them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from common.resources import DATA
from common.text import fold, key
from common.wordtables import WordTable

DATES = ("first_issue", "valid_from", "valid_to", "review_due", "review_done")
TEXTS = (
    "name",
    "id_number",
    "category",
    "item",
    "certificate_number",
    "issuer",
    "status",
    "person_type",
    "industry",
)
_WORDS = (
    "nothing_found", "nothing_found_advice", "nothing_found_alone", "captcha", "captcha_wrong", "refused", "historical",
    "divider", "yes",
)  # fmt: skip
_KINDS = ("special", "safety", "neither", "special_address", "safety_address", "special_people")


@dataclass(frozen=True)
class Vocabulary:
    """The site's field names and words, as the data table has them."""

    json: dict[str, list[str]]
    labels: dict[str, list[str]]
    words: dict[str, list[str]]
    status: dict[str, list[str]]
    kinds: dict[str, list[str]]
    empty_list_is_not_found: bool

    def says(self, word: str, text: str) -> bool:
        """Say whether a text of the site holds one of its own phrases."""
        folded = fold(text)
        return any(phrase in folded for phrase in self.words[word])

    def says_nothing_found(self, text: str) -> bool:
        """Say whether a text is the site's "nothing found", and not an error that uses its words."""
        return self.says_it_in_full(text) or self.says_alone("nothing_found_alone", text)

    def says_it_in_full(self, text: str) -> bool:
        """Say whether a text is "nothing found" in the site's full words: these alone, or with its advice behind them."""
        told, advice = key(text).replace("!", ""), tuple(self.words["nothing_found_advice"])
        behind = (
            told.removeprefix(phrase) for phrase in self.words["nothing_found"] if told.startswith(phrase)
        )
        return any(not rest or rest.startswith(advice) for rest in behind)

    def speaks_of_nothing_found(self, text: str) -> bool:
        """Say whether the words for "nothing found" stand anywhere in a text."""
        return self.says("nothing_found", text) or self.says_alone("nothing_found_alone", text)

    def says_alone(self, word: str, text: str) -> bool:
        """Say whether a text is one of the site's words and nothing else."""
        return key(text.rstrip("！! ")) in self.words[word]


@lru_cache(maxsize=4)
def load_vocabulary(path: Path = DATA / "registry" / "fields.toml") -> Vocabulary:
    """Load the table of field names and words."""
    table = WordTable(path)
    confirmed = table.text("empty_list", "means", ("no_answer", "not_found")) == "not_found"
    if confirmed and not table.text("empty_list", "confirmed_by"):
        raise table.fault(
            "empty_list", "confirmed_by", "把空列表当作“未查到”，须写明由谁何时在国家平台上确认"
        )
    return Vocabulary(
        table.words("json", (*TEXTS, *DATES[:4], "review", "history")),
        table.words("labels"),
        table.words("words", _WORDS),
        table.words("status", ("good", "bad", "denied")),
        table.words("kinds", _KINDS),
        confirmed,
    )
