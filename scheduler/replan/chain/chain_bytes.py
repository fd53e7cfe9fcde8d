"""The files in ``chain/``, byte for byte: none is missing, other or more than the records say. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common.files import sha256_of
from scheduler.checks import Check
from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, CHAIN, CHANGES, DRAW_FILE, PLAN_FILE
from scheduler.folder import read_json
from scheduler.replan.chain.parent import chain_files

_MOST_TOLD = 5


def links_of(folder: Path) -> int:
    """Give how many links there are before this one."""
    number = 0
    while (folder / CHAIN / str(number)).is_dir():
        number += 1
    return number


def whole_chain(folder: Path) -> Iterator[Check]:
    """Hold every file of the chain against its bytes as the last change found them: blanks count, too."""
    record = read_json(folder / DRAW_FILE, "")
    found = chain_files(folder)
    stated = record["chain_files"]
    wrong = sorted(name for name in found.keys() | stated.keys() if found.get(name) != stated.get(name))
    links = {str(link) for link in range(record["change_number"])}
    strange = sorted(links ^ {path.name for path in (folder / CHAIN).iterdir()})
    if strange:
        yield Check(
            False, f"{CHAIN} 里应只有 0 至 {len(links) - 1} 各次的文件夹：{'、'.join(strange[:_MOST_TOLD])}"
        )
    listed = "、".join(wrong[:_MOST_TOLD])
    yield Check(
        not wrong,
        f"{CHAIN} 里有文件缺少、多出或被改动：{listed}" if wrong else f"{CHAIN} 里的文件逐字节未被改动",
    )
    same = sha256_of(folder / PLAN_FILE) == record["plan_file"]
    yield Check(same, f"{PLAN_FILE} 逐字节{'未被改动' if same else '不同'}")


def own_statement(files: Mapping[str, str], number: int, record: Mapping[str, Any]) -> Iterator[Check]:
    """Hold what a link's own record says of bytes against the ``files`` of the chain."""
    due = {name: one for name, one in files.items() if int(name.partition("/")[0]) < number}
    wrong = sorted(
        name
        for name in due.keys() | record["chain_files"].keys()
        if due.get(name) != record["chain_files"].get(name)
    )
    yield Check(
        not wrong,
        f"记录所写的以前各次的文件{'不是' if wrong else '就是'} {CHAIN} 里的{'：' if wrong else ''}{'、'.join(wrong[:_MOST_TOLD])}",
    )
    same = files[f"{number}/{PLAN_FILE}"] == record["plan_file"]
    yield Check(same, f"{PLAN_FILE} 逐字节{'未被改动' if same else '不同'}")


def undrawn_chain(number: int, folder: Path) -> Iterator[Check]:
    """Hold the files of a chain whose change is not drawn yet against the record of its last link: each is there, and nothing else."""
    last = read_json(folder / CHAIN / str(number - 1) / DRAW_FILE, "")
    stated = last.get("chain_files", {})
    own = {PLAN_FILE, DRAW_FILE, *last["files"], *last.get("documents", {})}
    own |= {CHANGES} if number > 1 else set()
    own |= {ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT} if "reveal" in last else set()
    found = chain_files(folder)
    wrong = {name for name, due in stated.items() if found.get(name) != due}
    wrong |= found.keys() ^ (stated.keys() | {f"{number - 1}/{name}" for name in own})
    wrong |= {str(link) for link in range(number)} ^ {path.name for path in (folder / CHAIN).iterdir()}
    listed = "、".join(sorted(wrong)[:_MOST_TOLD])
    yield Check(
        not wrong,
        f"{CHAIN} 里有文件缺少、多出或被改动：{listed}" if wrong else f"{CHAIN} 里的文件齐全，没有多余",
    )
