"""A chain of changes, checked back to the first draw: each link repeated, nobody moved without a reason.

Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from common.canonical import digest
from common.errors import InputError
from common.files import sha256_of
from scheduler.checks import MALFORMED, Check
from scheduler.file_difference import repeated_check
from scheduler.file_names import (
    ANNOUNCEMENT_FILE,
    ANNOUNCEMENT_TEXT,
    CHAIN,
    CHANGES,
    DRAW_FILE,
    PAGES,
    PLAN_FILE,
    REMEDIES,
)
from scheduler.folder import is_whole, page_checks, read_json, strangers
from scheduler.plan_checks import contradiction, overfull
from scheduler.record_form import change_record_faults
from scheduler.replan.announced import announced_checks
from scheduler.replan.beginning import over_check
from scheduler.replan.chain.chain_bytes import links_of, own_statement, whole_chain
from scheduler.replan.chain.following import following_checks, moment_check
from scheduler.replan.chain.moves import leaving_check, move_checks
from scheduler.replan.chain.parent import Parent, chain_files, parsed
from scheduler.replan.chain.so_far import SoFar
from scheduler.replan.codes import change_seed, is_committed, trial_code
from scheduler.replan.redraw import redraw
from scheduler.seats.summary import seating_summary
from scheduler.seed.seed_origin import change_origin

Checks = list[Check]


@dataclass
class Chain:
    """The folders of a chain, the first draw first, and what their tables and plans make certain so far."""

    links: list[Path]
    so_far: SoFar = field(default_factory=SoFar)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Give the SHA-256 of every file of the chain, by its place in it."""
        return chain_files(self.links[0].parent.parent)


def verify_chain(folder: Path, verify_first: Callable[[Path], Checks]) -> Checks:
    """Check every link of a changed folder; gives what was checked, each with its outcome.

    Parameters
    ----------
    verify_first
        checks the folder of the first draw.
    """
    number = read_json(folder / DRAW_FILE, "这个文件夹没有抽签记录。").get("change_number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= links_of(folder):
        return [Check(False, "抽签记录中的变更次数不对，或缺少以前各次的记录")]
    links = [folder / CHAIN / str(link) for link in range(number)] + [folder]
    return told_of(whole_chain, folder) + each_link(Chain(links), verify_first)


def each_link(chain: Chain, verify_first: Callable[[Path], Checks]) -> Checks:
    """Check the first draw, then each change that was drawn."""
    checks = named("首次抽签", told_of(verify_first, chain.links[0]))
    for link, folder in enumerate(chain.links[1:], start=1):
        checks += named(f"第 {link} 次变更", told_of(partial(_link, chain, link), folder))
    return checks


def named(which: str, checks: Checks) -> Checks:
    """Say of checks which draw they are of."""
    return [Check(good, f"{which}：{told}") for good, told in checks]


def told_of(check: Callable[[Path], Iterable[Check]], folder: Path) -> Checks:
    """Check a link; what cannot be read at all is a failed check after those made so far, and the other links are checked still."""
    checks: Checks = []
    try:
        checks.extend(check(folder))
    except InputError as error:
        checks.append(Check(False, str(error)))
    except (*MALFORMED, OSError):
        checks.append(Check(False, "文件缺少内容或内容的形式不对，没有重新抽签"))
    return checks


def _link(chain: Chain, number: int, folder: Path) -> Iterator[Check]:
    plan, record = read_json(folder / PLAN_FILE, ""), read_json(folder / DRAW_FILE, "")
    for name, content in ((PLAN_FILE, plan), (DRAW_FILE, record)):
        whole = is_whole(content)
        yield Check(whole, f"{name} 与自己的摘要{'相符' if whole else '不符，被改动过'}")
    faulty = change_record_faults(record)
    told = (
        f"记录 {DRAW_FILE} 缺少或不对：{'、'.join(faulty)}" if faulty else f"记录 {DRAW_FILE} 只有规定的内容"
    )
    yield Check(not faulty, told)
    if folder == chain.links[0].parent / str(number):  # of the last change ``whole_chain`` does that
        yield from own_statement(chain.files, number, record)
    before = chain.links[number - 1]
    earlier = read_json(before / DRAW_FILE, "")
    change = plan["change"]
    named = record["change_number"], change["number"]
    yield Check(named == (number, number), f"变更的次序{'无误' if named == (number, number) else '不对'}")
    same = record["parent"] == change["parent"] == earlier["digest"]
    yield Check(same, f"接在上一次的抽签记录之后{'' if same else '：不符'}")
    same = record["plan_digest"] == plan["digest"]
    yield Check(same, f"抽签记录所写的计划摘要{'就是' if same else '不是'}这份计划")
    table = sha256_of(folder / CHANGES)
    same = record["changes_digest"] == change["changes_digest"] == table
    yield Check(same, f"{CHANGES} {'就是' if same else '不是'}抽签时的变更表")
    yield _code(chain.links[0], record, number)
    parent = parsed(before, read_json(before / PLAN_FILE, ""), earlier)
    yield from _origin(folder, plan, record, parent)
    wrong = contradiction(plan) or overfull(plan)
    yield Check(not wrong, f"计划前后矛盾：{wrong}" if wrong else "计划前后一致")
    yield moment_check(record, earlier)
    yield from over_check(plan, _drawn(folder, record))
    changes = (folder / CHANGES).read_bytes()
    yield from following_checks(plan, parent, changes, chain.so_far)
    yield from move_checks(plan, parent, changes)
    yield leaving_check(plan, record, parent)
    if not wrong:  # of a plan that cannot be, a draw might never end
        yield from _repeated(folder, plan, record)


def _origin(
    folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any], parent: Parent
) -> Iterator[Check]:
    """Hold the seed against what it came of: the change's own announcement, or the code and the digests alone."""
    if "reveal" in record:
        yield from announced_checks(folder, plan, record, parent)
        value = record["reveal"]["public_value"]
    else:
        for name in (ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT):
            if (folder / name).exists():
                yield Check(False, f"文件夹里有 {name}，这次变更却没有按公开数值抽签")
        value = None
        seed = change_seed(record["code"], parent.record["digest"], plan["digest"], record["changes_digest"])
        same = seed == record["seed"]
        yield Check(same, f"种子{'就是' if same else '不是'}由备用码、上次记录、计划和变更表的摘要算出来的")
    same = record["seed_origin"] == change_origin(
        record["change_number"], value, committed=record["committed"]
    )
    yield Check(same, f"记录所写的种子来历{'与记录的内容一致' if same else '与记录的内容不符'}")


def _drawn(folder: Path, record: Mapping[str, Any]) -> str:
    """Give the moment from which on nobody can be drawn into a session: of an announced change that of its public value."""
    if "reveal" in record and (folder / ANNOUNCEMENT_FILE).is_file():
        return str(read_json(folder / ANNOUNCEMENT_FILE, "")["public_moment"])
    return str(record["drawn_at"])


def _code(first: Path, record: Mapping[str, Any], number: int) -> Check:
    """Say whether the revealed code is the one that had its turn."""
    earlier = read_json(first / DRAW_FILE, "")
    announcement = read_json(first / ANNOUNCEMENT_FILE, "") if "reveal" in earlier else None
    if announcement and ("reveal" not in record or number <= len(announcement["substitute_commitments"])):
        good = record["committed"] is True and is_committed(announcement, number, record["code"])
        return Check(good, f"备用码{'就是' if good else '不是'}公告时封存的第 {number} 个")
    good = record["committed"] is False and trial_code(earlier["seed"], number) == record["code"]
    trial = "" if "reveal" in record else "试用："
    return Check(
        good,
        f"{trial}没有封存过这个备用码；它{'' if good else '不'}是由首次抽签的种子算出的第 {number} 个",
    )


def _repeated(folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Check]:
    """Draw the change again and hold every file and the record against it."""
    drawn = redraw(plan, record["seed"])
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in drawn.files.items()}
    for name, content in drawn.files.items():
        yield repeated_check(folder / name, content)
    same = record["files"] == digests and record["result_digest"] == digest(digests)
    yield Check(same, f"结果摘要{'相符' if same else '不符'}：{digest(digests)}")
    yield from strangers(folder, drawn.files)
    pages = (*PAGES, *REMEDIES) if drawn.schedule.unplaced else PAGES
    yield from page_checks(folder, record["documents"], pages, (*PAGES, *REMEDIES))
    counts = {
        "placed": len(drawn.schedule.placements),
        "unplaced": len(drawn.schedule.unplaced),
        "vacant": drawn.duties.vacant,
        "seating": seating_summary(plan, drawn.schedule),
    }
    same = all(record[name] == value for name, value in counts.items())
    yield Check(
        same,
        f"人数{'相符' if same else '不符'}：安排 {counts['placed']} 人，未安排 {counts['unplaced']} 人",
    )
