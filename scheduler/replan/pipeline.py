"""The order of the steps from a drawn folder and a list of changes to the folder of the change."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from common.errors import InputError, ZhengkaoError
from common.files import make_folder, move, os_reason, write_file
from common.scratch import remove_dead, scratch
from scheduler.batch.facts_digest import facts_digest
from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedies import write_remedies
from scheduler.doubts.namesakes import two_names, undecided
from scheduler.eligibility import Eligibility
from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, CHAIN, CHANGES, DRAW_FILE, PLAN_FILE
from scheduler.folder import json_text
from scheduler.plan_form import plan_data
from scheduler.plan_notes import notes_of
from scheduler.problem import Problem
from scheduler.record import Documents, write_plan
from scheduler.replan.announced import announced_text, change_announcement
from scheduler.replan.announced_words import changed_lines
from scheduler.replan.chain.following import is_before
from scheduler.replan.chain.parent import Parent, ensure_sound, read_parent
from scheduler.replan.changes.closing import closed, key_of_leaving
from scheduler.replan.changes.keeping import keep_changed
from scheduler.replan.changes.lost_places import tell_lost_places
from scheduler.replan.changes.over import Moments, refuse_leaving, tell_all_over, too_late
from scheduler.replan.changes.over_rows import before_change
from scheduler.replan.changes.table import Changes, read_changes
from scheduler.replan.codes import change_seed
from scheduler.replan.content import change_data, kept_groups
from scheduler.replan.drawing import Changed, Code, Seed, draw_change
from scheduler.replan.helping import remedies_before
from scheduler.replan.request import Request, Secrets, facts_of, next_code
from scheduler.replan.residual import ResidualEligibility, barred, residual
from scheduler.replan.seats import lost_seats
from scheduler.replan.touched import sort_out
from scheduler.seats.late import late_batches
from scheduler.seats.plan import seating_data
from scheduler.seed.announcement import Terms, agreed


class Announced(NamedTuple):
    """A change that was planned and announced, and is drawn when its public value is known.

    ``remedies`` says who will have no place and what would help, None where everybody will have one; ``lines`` what it changes.
    """

    plan: dict[str, Any]
    announcement: dict[str, Any]
    remedies: dict[str, Any] | None
    lines: Sequence[str] = ()
    remarks: tuple[str, ...] = ()


class Prepared(NamedTuple):
    """A change planned in a folder of its own that nobody sees yet."""

    folder: Path
    parent: Parent
    plan: dict[str, Any]
    facts: Problem
    code: Code
    remarks: tuple[str, ...]


def replan(request: Request, secrets: Secrets, version: str, moment: str, documents: Documents) -> Changed:
    """Change a drawn schedule at once. Nothing is left behind where it fails.

    Parameters
    ----------
    moment
        when it is drawn, ISO 8601 with its zone.

    Raises
    ------
    InputError
        the folder, the changes or the codes are not as they should be.
    """
    at = dt.datetime.fromisoformat(moment)
    with _prepared(request, secrets, version, Moments(at, at), announced=False) as made:
        change = made.plan["change"]
        table, digest = change["changes_digest"], made.plan["digest"]
        seed = Seed(change_seed(made.code.code, change["parent"], digest, table))
        done = draw_change(
            made.folder, made.parent, made.plan, made.facts, made.code, seed, moment, documents
        )
    return done._replace(remarks=made.remarks)


def announce_change(
    request: Request, secrets: Secrets, version: str, terms: Terms, now: dt.datetime
) -> Announced:
    """Plan the change of a drawn schedule and announce it: it is drawn when its public value is known.

    Parameters
    ----------
    now
        the moment of the announcement, with its zone.

    Raises
    ------
    InputError
        the folder, the changes, the terms or the codes are not as they should be.
    """
    told = agreed(terms, now)
    moments = Moments(*(dt.datetime.fromisoformat(told[name]) for name in ("announced_at", "public_moment")))
    with _prepared(request, secrets, version, moments, announced=True) as made:
        announcement = change_announcement(made.plan, made.code.code, told, committed=made.code.committed)
        table = (made.folder / CHANGES).read_bytes()
        told_text = announced_text(announcement, made.plan, made.parent.plan, table)
        write_file(made.folder / ANNOUNCEMENT_TEXT, told_text)
        write_file(made.folder / ANNOUNCEMENT_FILE, json_text(announcement))
        remedies = remedies_before(made.folder, made.plan, made.facts, moments)
        if remedies:
            write_remedies(made.folder, remedies)
        lines = changed_lines(made.plan, made.parent.plan, table, told["announced_at"], told["public_moment"])
    return Announced(made.plan, announcement, remedies, lines, made.remarks)


@contextmanager
def _prepared(
    request: Request, secrets: Secrets, version: str, moments: Moments, *, announced: bool
) -> Iterator[Prepared]:
    """Plan a change and give its folder, which takes its place when all is done."""
    out = request.out
    remove_dead(out.parent)  # facts of a change that was killed, for this folder or another one
    parent = read_parent(request.parent)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} 已经有内容。变更要写到一个新的文件夹，请换一个 --out。")
    _refuse_earlier(moments.made.isoformat(), parent)
    ensure_sound(parent)
    asked = _read(request, parent, secrets, moments, announced=announced)
    make_folder(out.parent)
    with scratch(out.parent, out.name) as space:
        new = space / "new"
        kept = keep_changed(space, new, asked.changes.problem, asked.rules, asked.given)
        changes = replace(asked.changes, problem=kept)
        plan = make_change_plan(parent, changes, asked.code.code, version, moments, announced=announced)
        over = refuse_leaving(plan["change"], moments, kept.rules.times)
        _chain(parent, new)
        write_plan(new, plan)
        write_file(new / CHANGES, changes.csv())
        remarks = (
            *tell_all_over(kept, moments), *asked.remarks, *changes.remarks, *over,
            *tell_lost_places(plan), *late_batches(plan),
        )  # fmt: skip
        yield Prepared(new, parent, plan, kept, asked.code, remarks)
        _move(new, out)


class _Asked(NamedTuple):
    """A change as it was asked for: what it does to the facts, the code that has its turn, and what its batch is kept from."""

    changes: Changes
    code: Code
    rules: Path | None
    given: Path | None
    remarks: tuple[str, ...]


def _read(request: Request, parent: Parent, secrets: Secrets, moments: Moments, *, announced: bool) -> _Asked:
    """Read the facts and the table of changes, and close what has begun."""
    base, rules, given = facts_of(request, parent)
    drawn = before_change(parent, moments)
    table = read_changes(request.changes, base, drawn, facts_digest(base) if request.batch else "")
    code = next_code(parent.first, parent.number + 1, secrets, announced=announced)
    changes = closed(parent, table, code.code, moments, announced=announced)
    # facts in which sessions are closed are not those that were given
    return _Asked(changes, code, rules, given if changes is table else None, base.remarks)


def _refuse_earlier(moment: str, parent: Parent) -> None:
    """Refuse to change a draw before it was drawn: a clock is wrong, and nobody could verify it."""
    try:
        early = is_before(moment, parent.record["drawn_at"])
    except (KeyError, TypeError, ValueError):
        raise InputError(f"{parent.folder}：抽签记录里没有可用的抽签时间，不能办理变更。") from None
    if early:
        raise InputError(
            f"现在是 {moment}，早于上一次抽签的时间 {parent.record['drawn_at']}，不能办理变更。请校准这台计算机的时钟。"
        )


def make_change_plan(
    parent: Parent, changes: Changes, code: str, version: str, moments: Moments, *, announced: bool
) -> dict[str, Any]:
    """Plan the change: who is touched, and what chances they have of what the others leave."""
    problem = changes.problem
    graph = ConflictGraph(problem)
    key = key_of_leaving(parent, changes, code, announced=announced)
    found = sort_out(parent, changes, Eligibility(problem, graph), key)
    eligibility = ResidualEligibility(problem, graph, barred=barred(problem, found))
    chances = plan_chances(residual(problem, found), eligibility)
    drawn = sum(name in problem.trainees for name in found.touched)
    notes = (
        f"这是抽签之后的第 {parent.number + 1} 次变更：{len(found.kept)} 人保持不动，{drawn} 人参加本次抽签",
        *notes_of(problem, chances, undecided(problem), two_names(problem)),
    )
    seating = seating_data(problem)
    no_seat = lost_seats(seating, parent.plan.get("seating", {}), found.kept)
    kept = kept_groups(problem, found, chances.denominator, no_seat)
    change = change_data(
        problem, parent, found, hashlib.sha256(changes.csv()).hexdigest(), no_seat, too_late(problem, moments)
    )
    return plan_data(
        problem, replace(chances, notes=notes), version, facts_digest(problem), kept, {"change": change}
    )


def _chain(parent: Parent, new: Path) -> None:
    """Copy what verifying needs of all that came before: the parent's chain, and the parent as its last link."""
    try:
        if parent.number:
            shutil.copytree(parent.folder / CHAIN, new / CHAIN)
        link = new / CHAIN / str(parent.number)
        link.mkdir(parents=True)
        known = (PLAN_FILE, DRAW_FILE, CHANGES, ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT)
        for name in (*known, *parent.record["files"], *parent.record.get("documents", {})):
            source = parent.folder / Path(name).name
            if source.is_file():
                shutil.copyfile(source, link / source.name)
    except OSError as error:
        raise ZhengkaoError(
            f"以前各次的记录不能复制（{os_reason(error)}）。请检查磁盘空间和权限。"
        ) from error


def _move(new: Path, out: Path) -> None:
    try:
        if out.exists():
            out.rmdir()
        move(new, out)
    except OSError as error:
        raise ZhengkaoError(f"不能写入文件夹 {out}（{os_reason(error)}）。请检查 --out 和权限。") from error
