"""How often people of an institution sat at a site in past batches: what the plan states and tells of it.

Not law: where several draws in a row send an institution to the same sites, the city may want to even that
out over the months. It counts only where the aims of rule 4 before it leave a choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduler.problem import Meeting, Problem


@dataclass(frozen=True)
class History:
    """Past meetings of institution and site, and the digests of the records of the draws they come from."""

    met: dict[Meeting, int]
    records: tuple[str, ...]


def history_data(history: History) -> dict[str, Any]:
    """Give what the plan states of the past: which draws, and how often who was where."""
    return {
        "records": list(history.records),
        "met": [[institution, site, times] for (institution, site), times in history.met.items()],
    }


def history_notes(problem: Problem, history: History) -> list[str]:
    """Say what was looked at, and who met most often."""
    if not history.records:
        return []
    told = f"已参考以往 {len(history.records)} 次抽签（{sum(history.met.values())} 人次），在公平之后尽量错开同一机构与同一考点"
    if not history.met:
        return [told]
    (institution, site), times = max(history.met.items(), key=lambda pair: (pair[1], pair[0]))
    named = problem.institutions.get(institution)
    place = problem.sites.get(site)
    return [
        f"{told}；相遇最多的是{named.name if named else institution}与考点“{place.name if place else site}”，{times} 人次"
    ]
