"""Ids in a plan: people read, print and compare them, so nothing in them may be there unseen. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable

# what reading a batch takes out of every cell (common.text.visible), so that no plan of ours has it
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_BLANKS = "\u0020\u0085\u00a0\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def are_ids(names: Iterable[object]) -> bool:
    """Say whether all are texts that can be ids: not empty, no blank at either end, nothing that cannot be seen."""
    listed = list(names)
    texts = [one for one in listed if isinstance(one, str)]
    return (
        len(texts) == len(listed)
        and _UNSEEN.search("".join(texts)) is None
        and not any(one != one.strip(_BLANKS) or not one for one in texts)
    )
