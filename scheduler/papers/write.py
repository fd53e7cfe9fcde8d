"""The papers of a drawn schedule, each written as soon as it is made, and what the reader must be told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.files import make_folder, sha256_of, tidy, write_file
from common.scratch import scratch
from scheduler.folder import json_text
from scheduler.papers import issue, words
from scheduler.papers.facts import Facts
from scheduler.papers.fonts import find_fonts
from scheduler.papers.kinds import KINDS, Desk, Paper
from scheduler.papers.people import People
from scheduler.papers.press import Press, Printing
from scheduler.papers.public import warnings
from scheduler.papers.rooms import rooms
from scheduler.papers.typeset import Style
from scheduler.papers.undrawable import Undrawable, undrawable
from scheduler.problem import Problem

FORMAT = "zhengkao-papers/1"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Written:
    """What was written: files with their SHA-256, of which kinds, whom the fonts cannot draw, what the reader must know."""

    files: Mapping[str, str]
    kinds: Sequence[str]
    undrawable: Sequence[Undrawable]
    notes: Sequence[str]


def write_papers(
    facts: Facts,
    problem: Problem | None,
    out: Path,
    kinds: Sequence[str],
    *,
    show_id: bool = False,
    own_fonts: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Written:
    """Write papers of a drawn schedule, and ``manifest.json`` with the SHA-256 of each.

    Parameters
    ----------
    problem
        the batch the plan was made of, for names; None prints ids.
    own_fonts
        a folder of further fonts for characters that the usual ones cannot draw.
    progress
        hears how many of how many kinds are written.

    Raises
    ------
    InputError
        the folder of fonts is none.
    ZhengkaoError
        the fonts are not installed, or a file cannot be written.
    """
    new = not out.exists()
    make_folder(out)
    if new:
        out.chmod(0o700)  # names and numbers: the owner's alone
    for folder in (out, *(one for one in out.iterdir() if one.is_dir())):
        tidy(folder, None)  # what a run that was killed left half-written
    people = People(facts, problem, show_id=show_id)
    with scratch(out) as folder:
        fonts = find_fonts(_texts(facts, problem), folder, own_fonts)
        style = Style(fonts, facts.moment, _footer(facts), issue.line(facts))
        desk = Desk(facts, people, rooms(facts))
        files: dict[str, str] = {}
        with Press(style, folder, len(facts.sittings)) as press:
            started = [[_started(press, paper) for paper in KINDS[kind][1](desk)] for kind in kinds]
            made_of = []
            for number, (kind, papers) in enumerate(zip(kinds, started, strict=True), start=1):
                before = len(files)
                for name, made in papers:
                    content = made if isinstance(made, bytes) else made.pdf()
                    if not content:
                        continue  # nobody to print it for
                    write_file(out / name, content)
                    files[name] = hashlib.sha256(content).hexdigest()
                made_of += [kind] if len(files) > before else []
                progress(number, len(kinds))
        missing = undrawable(facts, problem, fonts)
    stated = _written_before(out, facts) | files
    write_file(out / MANIFEST, json_text(_manifest(facts, stated, missing)))
    return Written(files, made_of, missing, [*warnings(facts), *words.untimed(facts)])


def _started(press: Press, paper: Paper) -> tuple[str, bytes | Printing]:
    name, content = paper
    return name, content if isinstance(content, bytes) else press.start(content)


def _written_before(out: Path, facts: Facts) -> dict[str, str]:
    """Give the papers of this draw that an earlier run wrote and that are still as they were."""
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        stated = dict(manifest["files"]) if manifest["draw_digest"] == facts.draw["digest"] else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: sha for name, sha in stated.items() if _is(out / name, sha)}


def _is(path: Path, sha: str) -> bool:
    return path.is_file() and sha256_of(path) == sha


def _manifest(facts: Facts, files: Mapping[str, str], missing: Sequence[Undrawable]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "plan_digest": facts.plan["digest"],
        "result_digest": facts.draw["result_digest"],
        "draw_digest": facts.draw["digest"],
        "files": dict(sorted(files.items())),
        "undrawable": [one.as_data() for one in missing],
    }


def _footer(facts: Facts) -> str:
    return f"{issue.line(facts)}　计划摘要 {facts.plan['digest'][:16]}…　结果摘要 {facts.draw['result_digest'][:16]}…"


def _texts(facts: Facts, problem: Problem | None) -> Iterator[str]:
    """Give every text that people wrote, to find fonts for."""
    yield from (str(site["name"]) for site in facts.sites.values())
    for group in facts.plan["groups"]:
        yield from (str(group["item"]), str(group.get("district", "")), *group["trainees"])
    yield from (str(facts.plan["rules"]["notice"]["issuer"]), *(duty.staff_id for duty in facts.duties))
    if problem:
        yield from (trainee.name for trainee in problem.trainees.values())
        yield from (person.name for person in problem.staff.values())
        for site in problem.sites.values():
            yield from (site.city, site.district, site.address)
        yield from (one.name for one in problem.institutions.values())
