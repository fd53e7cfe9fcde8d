"""The order of the steps from a drawn folder and a list of changes to the folder of the change."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from common.canonical import digest
from common.errors import InputError, ZhengkaoError
from common.files import make_folder, os_reason, scratch, write_file
from scheduler.batch_files import write_batch
from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.difference import difference_page
from scheduler.documents.remedies import remedy_files
from scheduler.eligibility import Eligibility
from scheduler.errors import BadBatchError, BadChangesError
from scheduler.facts_digest import facts_digest
from scheduler.folder import ANNOUNCEMENT_FILE, DRAW_FILE, PLAN_FILE, json_text
from scheduler.kept_batch import KEPT, RULES, keep
from scheduler.namesakes import note, two_names, two_names_note, undecided
from scheduler.pipeline import open_though_dated, outside_rules, partial
from scheduler.plan import plan_data
from scheduler.problem import Problem
from scheduler.reading import read_batch
from scheduler.record import Documents, digests_of, write_plan
from scheduler.replan.codes import change_seed, leave_key
from scheduler.replan.content import change_data, kept_groups
from scheduler.replan.following import is_before
from scheduler.replan.helping import remedies_after
from scheduler.replan.parent import CHAIN, Parent, parsed, read_parent
from scheduler.replan.redraw import redraw
from scheduler.replan.request import Request, Secrets, facts_of, next_code
from scheduler.replan.residual import ResidualEligibility, barred, residual
from scheduler.replan.seats import lost_seats
from scheduler.replan.table import Changes, read_changes
from scheduler.replan.touched import sort_out
from scheduler.replan.verify import CHANGES, chain_files
from scheduler.reveal import ANNOUNCEMENT_TEXT
from scheduler.schedule import Schedule
from scheduler.seats.plan import seating_data
from scheduler.seats.summary import seating_summary


class Changed(NamedTuple):
    """A changed schedule; ``remedies`` says who has no place and what would help, None where everybody has one.

    ``remarks`` say what the files hold and nobody read.
    """

    plan: dict[str, Any]
    record: dict[str, Any]
    schedule: Schedule
    remedies: dict[str, Any] | None
    remarks: tuple[str, ...] = ()


def replan(request: Request, secrets: Secrets, version: str, moment: str, documents: Documents) -> Changed:
    """Change a drawn schedule. Nothing is left behind where it fails.

    Parameters
    ----------
    moment
        when it is drawn, ISO 8601 with its zone.

    Raises
    ------
    InputError
        the folder, the changes or the codes are not as they should be.
    """
    parent = read_parent(request.parent)
    out = request.out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} 已经有内容。变更要写到一个新的文件夹，请换一个 --out。")
    _refuse_earlier(moment, parent)
    base, rules, given = facts_of(request, parent)
    sitting = {name: one.session for name, one in parent.placements.items()}
    changes = read_changes(request.changes, base, sitting, facts_digest(base) if request.batch else "")
    code, committed = next_code(parent, secrets)
    make_folder(out.parent)
    with scratch(out.parent, out.name) as space:
        new = space / "new"
        changes = replace(changes, problem=_keep(space, new, changes.problem, rules, given))
        plan = make_change_plan(parent, changes, code, version)
        _chain(parent, new)
        done = _write(new, parent, plan, changes, code, committed, moment, documents)
        _move(new, out)
    return done._replace(remarks=(*base.remarks, *changes.remarks))


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


def _keep(space: Path, new: Path, problem: Problem, rules: Path | None, given: Path | None) -> Problem:
    """Keep the changed facts and give them as they read."""
    if given is not None:
        keep(given, rules, new)
        return problem
    keep(write_batch(problem, space / "facts"), rules, new)
    kept_rules = new / KEPT / RULES
    try:
        again = read_batch(new / KEPT, kept_rules if kept_rules.is_file() else None)
    except BadBatchError as error:
        raise BadChangesError(error.findings) from error
    if facts_digest(again) != facts_digest(problem):
        raise ZhengkaoError("变更后的批次写出之后读回来不一样，没有变更。请把批次和变更表交给程序的维护者。")
    return again


def make_change_plan(parent: Parent, changes: Changes, code: str, version: str) -> dict[str, Any]:
    """Plan the change: who is touched, and what chances they have of what the others leave."""
    problem = changes.problem
    changes_digest = hashlib.sha256(changes.csv()).hexdigest()
    graph = ConflictGraph(problem)
    key = leave_key(code, parent.record["digest"], changes_digest)
    found = sort_out(parent, changes, Eligibility(problem, graph), key)
    eligibility = ResidualEligibility(problem, graph, barred=barred(problem, found))
    chances = plan_chances(residual(problem, found), eligibility)
    drawn = sum(name in problem.trainees for name in found.touched)
    notes = (
        f"这是抽签之后的第 {parent.number + 1} 次变更：{len(found.kept)} 人保持不动，{drawn} 人参加本次抽签",
        *partial(chances),
        *outside_rules(problem),
        *open_though_dated(problem),
        *note(undecided(problem)),
        *two_names_note(two_names(problem)),
        *chances.notes,
    )
    seating = seating_data(problem)
    no_seat = lost_seats(seating, parent.plan.get("seating", {}), found.kept)
    kept = kept_groups(problem, found, chances.denominator, no_seat)
    change = change_data(problem, parent, found, changes_digest, no_seat)
    return plan_data(
        problem, replace(chances, notes=notes), version, facts_digest(problem), kept, {"change": change}
    )


def _write(
    new: Path, parent: Parent, plan: dict[str, Any], changes: Changes, code: str, committed: bool,
    moment: str, documents: Documents,
) -> Changed:  # fmt: skip
    """Draw the change and write plan, table, result, documents and record."""
    change = plan["change"]
    seed = change_seed(code, change["parent"], plan["digest"], change["changes_digest"])
    drawn = redraw(plan, seed)
    files = digests_of(drawn.files)
    number = change["number"]
    origin = (
        f"第 {number} 次变更：公告时封存的第 {number} 个备用码"
        if committed
        else f"试用：第 {number} 次变更，没有封存过备用码，由首次抽签的种子算出"
    )
    record: dict[str, Any] = {
        "format": parent.record["format"],
        "plan_digest": plan["digest"],
        "seed": seed,
        "seed_origin": origin,
        "change_number": number,
        "parent": change["parent"],
        "changes_digest": change["changes_digest"],
        "code": code,
        "committed": committed,
        "drawn_at": moment,
        "result_digest": digest(files),
        "files": files,
        "placed": len(drawn.schedule.placements),
        "unplaced": len(drawn.schedule.unplaced),
        "vacant": drawn.vacant,
        "seating": seating_summary(plan, drawn.schedule),
    }
    record["plan_file"] = hashlib.sha256(write_plan(new, plan).read_bytes()).hexdigest()
    for name, content in {CHANGES: changes.csv(), **drawn.files}.items():
        write_file(new / name, content)
    short = drawn.schedule.unplaced
    remedies = remedies_after(parsed(new, plan, record), changes.problem) if short else None
    made = {
        **documents(plan, record, drawn.schedule),
        "difference.html": difference_page(plan, record, drawn.files["difference.csv"]),
        **(remedy_files(remedies) if remedies else {}),
    }
    record["documents"] = digests_of(made)
    record["chain_files"] = chain_files(new)
    record["digest"] = digest(record)
    for name, content in made.items():
        write_file(new / name, content)
    write_file(new / DRAW_FILE, json_text(record))
    return Changed(plan, record, drawn.schedule, remedies)


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
        new.rename(out)
    except OSError as error:
        raise ZhengkaoError(f"不能写入文件夹 {out}（{os_reason(error)}）。请检查 --out 和权限。") from error
