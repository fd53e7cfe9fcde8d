"""A change that is announced before its public value is known: what is fixed, and does what was drawn keep to it.

Table, parent and plan are fixed by their digests; the public value comes afterwards, so whoever holds the codes cannot try
several tables or plans and publish the one that suits. docs/draw-specification.md, section "Changes". Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common.canonical import digest
from common.errors import InputError
from scheduler.checks import MALFORMED, Check
from scheduler.documents.change_announcement import change_announcement_text
from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, CHANGES
from scheduler.folder import is_whole, read_json
from scheduler.replan.announced_words import changed_words
from scheduler.replan.chain.parent import Parent
from scheduler.replan.codes import announced_seed
from scheduler.seed.commitment import code_bytes, commitment
from scheduler.seed.public_terms import VALUE_FORM, beyond_terms, have_form, moment, order_check, value_checks

FORMAT = "zhengkao-change-announcement/1"
_DIGESTS = ("parent", "plan_digest", "list_digest", "rules_digest", "changes_digest", "code_commitment")
_REVEALED = {"announcement_digest", "public_value"}
_KEYS = {
    "format", "change_number", "committed", *_DIGESTS, "announced_at", "public_source", "public_moment", "digest",
}  # fmt: skip
_ABOUT = {"plan_digest": "计划", "list_digest": "名单", "rules_digest": "规则"}


def change_announcement(
    plan: Mapping[str, Any], code: str, agreed: Mapping[str, str], *, committed: bool
) -> dict[str, Any]:
    """Give the announcement of a change.

    Parameters
    ----------
    plan, code
        the plan of the change, and the code that has its turn, which stays secret.
    agreed
        what is said of the public value (``scheduler.seed.announcement.agreed``).
    committed
        whether the code was committed to when the first draw was announced.
    """
    change = plan["change"]
    content = {
        "format": FORMAT,
        "change_number": change["number"],
        "parent": change["parent"],
        "changes_digest": change["changes_digest"],
        "plan_digest": plan["digest"],
        "list_digest": plan["list_digest"],
        "rules_digest": plan["rules_digest"],
        "committed": committed,
        "code_commitment": commitment(change["number"], code_bytes(code)),
        **agreed,
    }
    return content | {"digest": digest(content)}


def is_announced_change(folder: Path) -> bool:
    """Say whether a folder holds the announcement of a change, good or not."""
    try:
        return read_json(folder / ANNOUNCEMENT_FILE, "").get("format") == FORMAT
    except InputError:
        return False


def read_change_announcement(folder: Path) -> dict[str, Any]:
    """Read announcement.json of a change and hold it against its own digest.

    Raises
    ------
    InputError
        there is none, it is none of a change, or it was changed after it was made.
    """
    announcement = read_json(folder / ANNOUNCEMENT_FILE, "变更没有公告过。")
    if not is_whole(announcement):
        raise InputError(f"{ANNOUNCEMENT_FILE}：摘要不符，变更公告在做出之后被改动过，不能使用。")
    if not _has_form(announcement):
        raise InputError(f"{ANNOUNCEMENT_FILE}：不是这个版本的变更公告（{FORMAT}），或内容不全。")
    return announcement


def _has_form(announcement: Mapping[str, Any]) -> bool:
    """Say whether an announcement holds all that it must, each in its form, and nothing else."""
    try:
        for name in _DIGESTS:
            code_bytes(announcement[name])
        known = announcement["format"] == FORMAT and announcement.keys() - {VALUE_FORM} == _KEYS
        typed = type(announcement["change_number"]) is int and isinstance(announcement["committed"], bool)
        return known and typed and have_form(announcement)
    except (KeyError, TypeError, ValueError):
        return False


def differences(announcement: Mapping[str, Any], plan: Mapping[str, Any]) -> str:
    """Name what of a plan of a change is not as it was announced; "" where all is."""
    change = plan["change"]
    wrong = [
        word
        for name, word in _ABOUT.items()
        if announcement[name] != plan["digest" if name == "plan_digest" else name]
    ]
    wrong += [
        word
        for name, key, word in (
            ("change_number", "number", "变更的次序"),
            ("parent", "parent", "上一次的抽签记录"),
            ("changes_digest", "changes_digest", "变更表"),
        )
        if announcement[name] != change[key]
    ]
    return "、".join(wrong)


def code_fits(announcement: Mapping[str, Any], code: object) -> bool:
    """Say whether a code is the one whose fingerprint was announced with the change."""
    try:
        found = commitment(announcement["change_number"], code_bytes(code))
    except ValueError:
        return False
    return bool(found == announcement["code_commitment"])


def announced_checks(
    folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any], parent: Parent
) -> Iterator[Check]:
    """Hold how the seed of a change came about against the change's announcement; ``parent`` is what was changed."""
    try:
        announcement = read_change_announcement(folder)
    except InputError as error:
        yield Check(False, str(error))
        return
    reveal = record["reveal"]
    if not isinstance(reveal, dict) or reveal.keys() != _REVEALED:
        yield Check(False, "抽签记录中的公开内容（reveal）形式不对")
        return
    same = reveal["announcement_digest"] == announcement["digest"]
    yield Check(same, "抽签记录所写的公告就是这份变更公告" if same else "抽签记录对应的是另一份变更公告")
    wrong = differences(announcement, plan)
    yield Check(
        not wrong, f"{wrong}与变更公告的不同" if wrong else "变更表、计划、名单、规则的摘要与变更公告的相同"
    )
    fit = code_fits(announcement, record["code"]) and announcement["committed"] == record["committed"]
    yield Check(fit, f"公开的备用码{'就是' if fit else '不是'}变更公告所说的备用码")
    value = reveal["public_value"]
    yield from value_checks(announcement, value)
    same = announced_seed(record["code"], announcement, str(value)) == record["seed"]
    told = "就是" if same else "不是"
    yield Check(
        same, f"种子{told}由备用码、上次记录、计划、变更表、变更公告的摘要和公开数值“{value}”算出来的"
    )
    yield order_check(announcement, record)
    late = moment(announcement["announced_at"]) >= moment(parent.record["drawn_at"])
    yield Check(late, f"变更公告的时间{'不' if late else ''}早于上一次抽签")
    yield text_check(folder, announcement, plan, parent.plan)


def announced_text(
    announcement: Mapping[str, Any], plan: Mapping[str, Any], before: Mapping[str, Any], table: bytes
) -> str:
    """Give the announcement for people: what the change changes in words, and what announcement.json fixes.

    Parameters
    ----------
    before
        the plan that is changed.
    table
        the bytes of ``changes.csv``.
    """
    return change_announcement_text(announcement, changed_words(plan, before, table, announcement))


def text_check(
    folder: Path, announcement: Mapping[str, Any], plan: Mapping[str, Any], before: Mapping[str, Any]
) -> Check:
    """Say whether the announcement for people says the same as the others, or at least, as of earlier versions, as announcement.json."""
    path = folder / ANNOUNCEMENT_TEXT
    told = path.read_bytes() if path.is_file() else b""
    same = told == change_announcement_text(announcement).encode("utf-8")
    if not same and told:
        try:
            table = (folder / CHANGES).read_bytes()
            same = told == announced_text(announcement, plan, before, table).encode("utf-8")
        except (*MALFORMED, OSError):
            same = False  # what of the plans is faulty is told among the other checks
    return Check(
        same, f"{ANNOUNCEMENT_TEXT} 与变更公告和计划的内容{'一致' if same else '不一致，或没有这个文件'}"
    )


def beyond_announced(folder: Path, record: Mapping[str, Any]) -> list[str]:
    """Say in words what no program can check about the public value of a change, and what a person should do."""
    reveal = record.get("reveal")
    try:
        announcement = read_change_announcement(folder)
    except InputError:
        return []  # told among the checks
    return beyond_terms(announcement, reveal.get("public_value") if isinstance(reveal, dict) else None)
