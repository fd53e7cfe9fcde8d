"""The lists of a run of ``zhengkao check``: read with the columns that options and profile fix, and what comes of the profile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from certcheck.lists import ReadLists, read_lists
from certcheck.staff_list.header_words import load_headers
from certcheck.staff_list.profile import (
    Profile,
    differences,
    merged,
    profile_of,
    read_profile,
    soft_pins,
    told_changes,
)
from common.catalogue import Catalogue


class RunLists(NamedTuple):
    """The lists; ``profile`` says how they were read, for the next one, ``changes`` what is other than with the profile given."""

    lists: ReadLists
    profile: Profile
    changes: str


def read_run_lists(options: Mapping[str, Any], catalogue: Catalogue, as_of: dt.date) -> RunLists:
    """Read the files of a run.

    Raises
    ------
    InputError
        a file or the profile cannot be read, or no table of people is found.
    """
    headers = load_headers()
    before = read_profile(Path(options["profile"]), headers) if options["profile"] else None
    columns, sheet = merged(before or Profile(), options["columns"], options["sheet"])
    lists = read_lists(
        [Path(file["path"]) for file in options["files"]],
        headers,
        catalogue,
        as_of,
        sheet=sheet,
        overrides=columns,
        pinned=soft_pins(before or Profile(), columns),
        show_id=options["show_id"],
    )
    profile = profile_of(lists.readings, columns, sheet)
    return RunLists(lists, profile, told_changes(differences(before, profile, headers)) if before else "")
