"""Which file holds a batch's rules, and its rules: the city's rules under a name that is slightly off must not be left out in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from common.errors import DataError, InputError
from common.finding import Location
from common.left_beside import left_beside
from common.text import key
from scheduler.batch.batch_tables import tell_unreadable
from scheduler.batch.columns import Faults
from scheduler.batch.unread import resembled
from scheduler.rules import ExamRules, RulesError, load_rules

_NAME, _TOML, _TXT = "rules.toml", ".toml", ".txt"
_SETTINGS = "zhengkao.toml"  # of the program, not of a batch
_OTHER_ENDS = ("", _TXT, ".tml", ".ini")
_ENDING = re.compile(r"(.+?)(\.toml\.txt|\.[^.]*)", re.IGNORECASE)
_RENAME = "没有读：规则文件应叫 {0}。这个文件如是本批次的规则，请改名为 {0}，或用 --rules 指出；如不是，请改用别的名称或移走"
_CALLED = ("rules", "规则")
_COPY = re.compile(r"\s*[(（\[]\d+[)）\]]$|\s*[-_ ]*(?:副本|copy)$", re.IGNORECASE)
"""What systems put behind the name of a second copy."""


def rules_beside(path: Path) -> Path | None:
    """Give the rules file of a batch: in its folder, or beside the workbook and of its name; case does not count."""
    return next(_named(path), None)


def _named(path: Path) -> Iterator[Path]:
    """Give the files that are it, the one of the very name first."""
    folder, name = (path, _NAME) if path.is_dir() else (path.parent, path.with_suffix(_TOML).name)
    alike = [file for file in _files(folder) if file.name.casefold() == name.casefold()]
    yield from sorted(alike, key=lambda file: (file.name != name, file.name))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not left_beside(file.name))
    except OSError:  # a workbook may stand where nobody may look around
        return []


def check_rules_file(path: Path, given: Path | None, faults: Faults) -> None:
    """Find files that were probably meant as the rules of a batch and are not read; ``given`` are rules named otherwise."""
    if given is not None:
        return
    named = [*_named(path)]
    for again in named[1:]:
        faults.add("BATCH-DUPLICATE", f"规则文件已有一份：{named[0].name}", Location(again.name))
    look = _look_in_folder if path.is_dir() else _look_beside
    look(path, named[0] if named else None, faults)


def _look_in_folder(path: Path, read: Path | None, faults: Faults) -> None:
    """Tell what is called as rules in a folder; where no rules are read, a name that is nearly theirs is a fault."""
    for file in _files(path):
        if file.name.casefold() in (_NAME, _SETTINGS):
            continue
        if _is_near(file.name) and read is None:
            faults.add("BATCH-RULES-NAME", _RENAME.format(_NAME), Location(file.name))
        elif _is_near(file.name) or _TOML in file.name.casefold():
            why = f"规则已从 {read.name} 读入" if read else f"规则应写在 {_NAME} 里；这次规则都用默认值"
            faults.remarks.append(f"没有读 {file.name}：{why}")


def _look_beside(path: Path, read: Path | None, faults: Faults) -> None:
    """Tell rules beside a workbook that are not of its name; its own name with a wrong end is a fault."""
    if read is not None:
        return
    for file in _files(path.parent):
        base, ending = _parted(file.name)
        if ending in (_TOML, _TOML + _TXT) and base.casefold() == path.stem.casefold():
            faults.add("BATCH-RULES-NAME", _RENAME.format(path.stem + _TOML), Location(file.name))
        elif _is_near(file.name):
            faults.remarks.append(
                f"工作簿旁边的 {file.name} 没有读，规则用默认值；要用它请改名为 {path.stem}.toml，或用 --rules 指出"
            )


def _is_near(name: str) -> bool:
    """Say whether a file was probably meant as the rules: a text file only where it is called so and nothing else."""
    base, ending = _parted(name)
    if ending in (_TOML, _TOML + _TXT):
        return bool(resembled(base, _CALLED))
    return ending in _OTHER_ENDS and key(base) in _CALLED


def _parted(name: str) -> tuple[str, str]:
    """Give a file's name without its ending and the mark of a copy, and the ending."""
    found = _ENDING.fullmatch(name)
    base, ending = (found[1], found[2]) if found else (name, "")
    return _COPY.sub("", base), ending.casefold()


def read_rules(path: Path | None, faults: Faults) -> ExamRules:
    """Read the rules; where they are faulty, every fault is told with the rest."""
    try:
        return load_rules(path)
    except RulesError as error:
        for fault in error.faults:
            faults.add("BATCH-RULE", f"{fault.key}：{fault.problem}", Location(error.file, row=fault.row))
    except InputError as error:
        if path is None or isinstance(error, DataError):  # a table of ours
            raise
        tell_unreadable("BATCH-RULE", path, error, faults)
    return load_rules()
