"""Does a revealed secret belong to its announcement, and what does that prove. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.checks import Check
from scheduler.documents.announcement import announcement_text
from scheduler.file_difference import file_difference
from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, CHAIN
from scheduler.folder import is_whole, read_json
from scheduler.seed.commitment import code_bytes, combined_seed, commitment, public_value
from scheduler.seed.public_terms import (
    VALUE_FORM,
    beyond_terms,
    has_one_form,
    have_form,
    order_check,
    value_checks,
)

FORMAT = "zhengkao-announcement/1"
_DIGESTS = {"plan_digest": "计划", "list_digest": "名单", "rules_digest": "规则"}
_KEYS = {
    "format", *_DIGESTS, "announced_at", "secret_commitment", "substitute_commitments", "public_source", "public_moment",
    "digest",
}  # fmt: skip
_ABOUT = {"plan_digest": "digest", "list_digest": "list_digest", "rules_digest": "rules_digest"}


def is_half(folder: Path) -> bool:
    """Say whether a folder has the announcement for people and not the one for programs, which is written after it."""
    return (folder / ANNOUNCEMENT_TEXT).exists() and not (folder / ANNOUNCEMENT_FILE).exists()


def refuse_half(folder: Path) -> None:
    """Refuse to draw where an announcement is not whole: it may have been published.

    Raises
    ------
    InputError
        the announcement for people lies there alone.
    """
    if is_half(folder):
        again = (
            "什么也没有公布的，请重新运行 zhengkao exam replan，写到另一个文件夹。"
            if (folder / CHAIN).is_dir()
            else "做公告时中断、什么也没有公布的，请再运行一次 zhengkao exam commit（重新封存、重新写出公告），"
            f"或移走 {ANNOUNCEMENT_TEXT}。"
        )
        raise InputError(
            f"{folder} 里有 {ANNOUNCEMENT_TEXT}，却没有 {ANNOUNCEMENT_FILE}，公告不完整，不能抽签。"
            f"公告已经公布的，请放回公布的 {ANNOUNCEMENT_FILE}；{again}"
        )


def read_announcement(folder: Path) -> dict[str, Any]:
    """Read announcement.json and hold it against its own digest.

    Raises
    ------
    InputError
        there is none, it is no announcement, or it was changed after it was made.
    """
    announcement = read_json(folder / ANNOUNCEMENT_FILE, "请先用 zhengkao exam commit 做出公告。")
    if not is_whole(announcement):
        raise InputError(f"{ANNOUNCEMENT_FILE}：摘要不符，公告在做出之后被改动过，不能使用。")
    if not has_form(announcement):
        raise InputError(f"{ANNOUNCEMENT_FILE}：不是这个版本的公告（{FORMAT}），或内容不全。")
    return announcement


def has_form(announcement: Mapping[str, Any]) -> bool:
    """Say whether all that an announcement must hold is there, each in its form, and nothing else; the digest comes last."""
    try:
        codes = [announcement["secret_commitment"], *announcement["substitute_commitments"]]
        for one in [*codes, *(announcement[name] for name in _DIGESTS)]:
            code_bytes(one)
        known = (announcement.keys() | {"digest"}) - {VALUE_FORM} == _KEYS
        return bool(announcement["format"] == FORMAT) and known and have_form(announcement)
    except (KeyError, TypeError, ValueError):
        return False


def plan_changed(announcement: Mapping[str, Any], plan: Mapping[str, Any]) -> str:
    """Name what differs between the plan and the one that was announced; "" where nothing does."""
    differ = [word for name, word in _DIGESTS.items() if announcement.get(name) != plan.get(_ABOUT[name])]
    return "、".join(differ)


def fits(announcement: Mapping[str, Any], code: object) -> bool:
    """Say whether a revealed secret is the one that was committed to."""
    try:
        return bool(commitment(0, code_bytes(code)) == announcement["secret_commitment"])
    except ValueError:
        return False


def reveal_checks(folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Check]:
    """Hold how the seed came about against the announcement; says nothing of seeds given by hand.

    A folder that announced how it will be drawn, and was drawn with another seed, is a failure.
    """
    reveal = record.get("reveal")
    if reveal is None:
        if (folder / ANNOUNCEMENT_FILE).exists():
            yield Check(False, "已公告按承诺抽签，这次抽签却用了另外给出的种子")
        elif (folder / ANNOUNCEMENT_TEXT).exists():
            yield Check(
                False, f"文件夹里有 {ANNOUNCEMENT_TEXT}，却没有 {ANNOUNCEMENT_FILE}，抽签也没有按公告"
            )
        return
    try:
        announcement = read_announcement(folder)
    except InputError as error:
        yield Check(False, str(error))
        return
    yield Check(True, f"公告 {ANNOUNCEMENT_FILE} 与自己的摘要相符")
    if not isinstance(reveal, dict):
        yield Check(False, "抽签记录中的公开内容（reveal）形式不对")
        return
    yield from _against(announcement, plan, record, reveal)


def text_checks(folder: Path, record: Mapping[str, Any]) -> Iterator[Check]:
    """Say the same of the announcement for people, where a draw was announced; the draw can be repeated all the same."""
    if isinstance(record.get("reveal"), dict):
        try:
            yield text_check(folder, read_announcement(folder))
        except InputError:  # told among the checks of the announcement
            return


def text_check(folder: Path, announcement: Mapping[str, Any]) -> Check:
    """Say whether the announcement for people says the same, or where it does not."""
    path = folder / ANNOUNCEMENT_TEXT
    if not path.is_file():
        return Check(False, f"没有 {ANNOUNCEMENT_TEXT}")
    wanted, found = announcement_text(announcement).encode("utf-8"), path.read_bytes()
    if found == wanted:
        return Check(True, f"{ANNOUNCEMENT_TEXT} 与公告的内容一致")
    return Check(False, f"{ANNOUNCEMENT_TEXT} 与公告的内容不一致：{file_difference(wanted, found)}")


def _against(
    announcement: dict[str, Any],
    plan: Mapping[str, Any],
    record: Mapping[str, Any],
    reveal: Mapping[str, Any],
) -> Iterator[Check]:
    same = reveal.get("announcement_digest") == announcement["digest"]
    yield Check(same, "抽签记录所写的公告就是这份公告" if same else "抽签记录对应的是另一份公告")
    changed = plan_changed(announcement, plan)
    yield Check(not changed, f"{changed}与公告的不同" if changed else "计划、名单、规则的摘要与公告的相同")
    secret, value = reveal.get("secret"), reveal.get("public_value")
    fit = fits(announcement, secret)
    yield Check(fit, "公开的密封码就是公告时封存的密封码" if fit else "公开的密封码不是公告时封存的密封码")
    yield from value_checks(announcement, value)
    if not has_one_form(value, public_value):
        return
    if fit:
        same = combined_seed(announcement, code_bytes(secret), str(value)) == record.get("seed")
        told = "就是" if same else "不是"
        yield Check(same, f"种子{told}由密封码、计划摘要、名单摘要、公告摘要和公开数值“{value}”算出来的")
    yield order_check(announcement, record)


def beyond_checking(folder: Path, record: Mapping[str, Any]) -> list[str]:
    """Say in words what no program can check about where a seed came from, and what a person should do."""
    reveal = record.get("reveal")
    if not isinstance(reveal, dict):
        return [
            f"种子是怎样来的：记录只写着“{record.get('seed_origin')}”，没有事先的承诺，不能证明没有人挑选过种子。"
        ]
    try:
        announcement = read_announcement(folder)
    except InputError:
        return []  # told among the checks
    return beyond_terms(announcement, reveal.get("public_value"))
