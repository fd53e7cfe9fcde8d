"""Words that name a field only where no other column of the table does: 员工 over names, 应换证日期 as the end."""

from __future__ import annotations

from collections.abc import Sequence

from certcheck.staff_list.around import HeaderMatch
from certcheck.staff_list.headers import Headers
from common.text import key, unmarked

_KNOWN = "instead"  # no field: the column is known, and another one says it better
_ALSO = {"valid_to": "valid_range"}
"""A field that states the same as another one."""


def read_instead(
    labels: Sequence[str], matches: Sequence[HeaderMatch | None], headers: Headers
) -> list[HeaderMatch | None]:
    """Give the matches, with a stand-in's word read for a field that nothing else in the header names."""
    read = list(matches)
    named = {found.field for found in matches if found}
    for field, words in headers.instead.items():
        known = {key(word) for word in words}
        places = [at for at, label in enumerate(labels) if read[at] is None and key(unmarked(label)) in known]
        alone = field not in named and _ALSO.get(field) not in named
        for place in places:
            read[place] = HeaderMatch(_KNOWN)
        if places and alone:
            read[places[0]] = HeaderMatch(field, why=f"没有别的列写明{headers.name_of(field)}")
    return read


def sure_fields(
    labels: Sequence[str], matches: Sequence[HeaderMatch | None], headers: Headers
) -> tuple[set[str], set[str]]:
    """Give the fields that a header names by words which no person's cell holds (到期 may be a state), and all."""
    fields = {found.field for found in matches if found and headers.is_field(found.field)}
    sure = {
        found.field
        for label, found in zip(labels, matches, strict=True)
        if found and headers.is_field(found.field) and not _may_be_cell(label, headers)
    }
    return sure, fields


def _may_be_cell(label: str, headers: Headers) -> bool:
    return key(label) in headers.states or any(label in words for words in headers.instead.values())
