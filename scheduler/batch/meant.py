"""What an id that is not there was probably meant to be: asked behind the fault that tells it, never put in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType

from scheduler.problem import Institution, Site

_LONGEST = 12
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def asked(meant: str) -> str:
    """Give the question whether an id was meant; nothing where none is known."""
    return f"；是不是“{meant}”？" if meant else ""


def by_name(known: Iterable[Site | Institution]) -> dict[str, str]:
    """Give the ids of sites, or organisations, by their names, where only one has the name."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in known:
        found[one.name].append(one.site_id if isinstance(one, Site) else one.institution_id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def meant(name: str, known: Container[str], called: Mapping[str, str] = NO_NAMES) -> str:
    """Give the id that is the same but for case, or for zeros in front, which a spreadsheet drops; or else that of the name.

    Parameters
    ----------
    known
        the ids that there are.
    called
        ids by name (``by_name``), where a name may stand where the id should.
    """
    padded = (name.zfill(width) for width in range(len(name) + 1, _LONGEST + 1) if name.isdecimal())
    others = (name.upper(), name.lower(), *padded, name.lstrip("0"))
    found = next((one for one in others if one not in ("", name) and one in known), "")
    return found or called.get(name, "")
