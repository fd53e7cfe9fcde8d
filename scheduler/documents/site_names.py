"""What each site is called on a page: two of one name are told apart by their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any


def site_names(plan: Mapping[str, Any]) -> dict[str, str]:
    """Give what each site is called, by id: with the id where another one has the same name."""
    count = Counter(site["name"] for site in plan["sites"])
    return {
        site["site_id"]: site["name"] if count[site["name"]] == 1 else f"{site['name']}（{site['site_id']}）"
        for site in plan["sites"]
    }
