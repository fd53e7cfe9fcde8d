"""Sealing all postings of a drawn folder, and holding sealed files against their draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from common.dates import CHINA
from common.errors import InputError
from common.files import make_folder, write_file
from common.vault import Entropy
from scheduler.checks import Check
from scheduler.file_names import DUTIES
from scheduler.folder import json_text
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.papers.words import begin_moment
from scheduler.postings.key_sheets import write_sheets
from scheduler.postings.lists import Posting, lists, postings
from scheduler.postings.openings import LOG, check
from scheduler.postings.sealed import part_bytes, read_sealed, seal
from scheduler.problem import Problem

HOURS_BEFORE = 2
"""How long before the first session of a day begins its postings may be opened; not from law."""


def seal_all(
    facts: Facts, problem: Problem | None, out: Path, keys: Path, entropy: Entropy
) -> tuple[list[Path], list[Path]]:
    """Seal every posting; gives the sealed files and the sheets of keys. Keys are on the disk first.

    Parameters
    ----------
    problem
        the batch kept beside the plan, for names; None puts staff ids.

    Raises
    ------
    InputError
        nobody is on duty, ``out`` holds sealed files already, or the sheets are there already.
    """
    wanted = postings(facts)
    if not wanted:
        raise InputError(f"没有 {DUTIES}，或其中没有考务任务：没有可密封的考务安排。批次中须有考务人员。")
    if out.is_dir() and _files(out):
        raise InputError(
            f"{out} 里已有密封的考务安排，重新密封会使发出的钥匙作废。请用 --out 和 --keys 指定别处。"
        )
    make_folder(out)
    people = People(facts, problem, show_id=False)
    parts = {posting.name: part_bytes(entropy) for posting in wanted}
    sealed = [
        seal(_about(facts, people, one), lists(facts, people, one), parts[one.name], entropy)
        for one in wanted
    ]
    sheets = write_sheets(keys, sealed, parts)
    return [write_file(out / _file(one["posting"]), json_text(one)) for one in sealed], sheets


def _about(facts: Facts, people: People, posting: Posting) -> dict[str, str]:
    sessions = {one.session for one in facts.duties} | {one.session for one in facts.substitutes}
    begins = min(
        begin_moment(facts, one)
        for one in sessions
        if (one.site_id, one.day) == (posting.site_id, posting.day)
    )
    opens = begins.replace(tzinfo=CHINA) - dt.timedelta(hours=HOURS_BEFORE)
    return {
        "posting": posting.name,
        "plan_digest": str(facts.plan["digest"]),
        "draw_digest": str(facts.draw["digest"]),
        "site_id": posting.site_id,
        "site": people.site(posting.site_id),
        "date": posting.day.isoformat(),
        "opens_at": opens.isoformat(timespec="minutes"),
    }


def check_all(facts: Facts, out: Path) -> Iterator[Check]:
    """Hold sealed files against the draw they state, and the record of openings against itself.

    Without the keys nobody can tell what is sealed: only that a file says it belongs to this draw. Where
    the folder has no duties.csv (it is kept back) it cannot be told whether a posting is missing.

    Raises
    ------
    InputError
        there are no sealed files.
    """
    if not _files(out):
        raise InputError(f"{out}：没有密封的考务安排。请用 --out 指出它们在哪里。")
    due = {_file(one.name): one for one in postings(facts)}
    there = {path.name: path for path in _files(out)}
    for name, path in there.items():
        yield _belongs(facts, path, due.get(name) if due else None, known=not due or name in due)
    for name in sorted(set(due) - set(there)):
        yield Check(False, f"{name} 缺少：这个考点当天有考务安排")
    if (out / LOG).exists():
        entries, wrong = check(out / LOG)
        yield Check(not wrong, f"{LOG} {wrong or f'前后相接，共 {len(entries)} 次打开'}")


def _belongs(facts: Facts, path: Path, due: Posting | None, *, known: bool) -> Check:
    try:
        content = read_sealed(path)
    except InputError as error:
        return Check(False, str(error))
    if content["plan_digest"] != facts.plan["digest"]:
        return Check(False, f"{path.name} 写明的是另一份计划")
    if content["draw_digest"] != facts.draw["digest"]:
        return Check(False, f"{path.name} 写明的是另一次抽签")
    stated = content["posting"], content["site_id"], content["date"]
    if not known or (due is not None and stated != (due.name, due.site_id, due.day.isoformat())):
        return Check(False, f"{path.name} 写明的考点或日期与抽签结果不符")
    return Check(True, f"{path.name} 写明属于这次抽签（考点 {content['site_id']}，{content['date']}）")


def _file(posting: str) -> str:
    return f"posting-{posting}.json"


def _files(out: Path) -> list[Path]:
    return sorted(out.glob("posting-*.json"))
