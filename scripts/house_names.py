"""Hold docs/house.md against the code: its tree names every module of the halves, its tables name what there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

_HALVES = ("certcheck", "scheduler")
_NAMED = re.compile(r"(?:[\w*]+/)*(?:[\w*]+\.py\b|[\w*]+/(?=[\s,]))")
_DOTTED = re.compile(r"`([a-z_]\w*(?:\.\w+)*)`")


def house_faults(root: Path) -> list[str]:
    """Give every module that the tree leaves out, and every name of the house that leads nowhere."""
    text = (root / "docs" / "house.md").read_text(encoding="utf-8")
    found = [fault for half in _HALVES for fault in _of_half(root, half, text.split("```")[1])]
    rows = (line for line in text.splitlines() if line.startswith("| `"))
    names = [name for row in rows for name in _DOTTED.findall(row.split("|")[1])]
    return found + [
        f"a table names {name}, which is not there" for name in names if not _is_there(root, name)
    ]


def _of_half(root: Path, half: str, tree: str) -> Iterator[str]:
    """Compare one half: a room whose entry names none of its files is named as a whole."""
    paths = (root / half).rglob("*.py")
    modules = {one.relative_to(root / half).as_posix() for one in paths if one.name != "__init__.py"}
    left = set(modules)
    for entry in _entries(tree, half):
        room, rooms = "", set()
        for name in _NAMED.findall(entry):
            if name.endswith("/"):
                room = name
                rooms.add(name)
                continue
            room = name[: name.rfind("/") + 1] or room
            meant = _meant(modules, room, name.rpartition("/")[2])
            if not meant:
                yield f"the tree of {half} names {room}{name.rpartition('/')[2]}, which is not there"
            rooms -= {one for one in rooms if any(path.startswith(one) for path in meant)}
            left -= meant
        left = {path for path in left if not path.startswith(tuple(rooms))}
    yield from (f"the tree leaves out {half}/{path}" for path in sorted(left))


def _entries(tree: str, half: str) -> Iterator[str]:
    """Give the entries of a half, each with its further lines."""
    inside = tree.partition(f"\n{half}/")[2]
    section = re.split(r"\n(?=\S)", inside, maxsplit=1)[0].partition("\n")[2]
    yield from re.split(r"\n(?=  \S)", section)


def _meant(modules: set[str], room: str, name: str) -> set[str]:
    """Give the modules that a name means: those of its room, else of a room around it."""
    while True:
        found = {
            path
            for path in modules
            if path.rpartition("/")[0] == room.rstrip("/") and fnmatchcase(path.rpartition("/")[2], name)
        }
        if found or not room:
            return found
        room = room.rstrip("/").rpartition("/")[0]
        room += "/" if room else ""


def _is_there(root: Path, name: str) -> bool:
    """Say whether a dotted name of a table is a room, a module or something that a module defines."""
    path, _, last = name.replace(".", "/").rpartition("/")
    for half in ("", *_HALVES):
        if (root / half / f"{path}/{last}".lstrip("/")).is_dir() or (
            root / half / path / f"{last}.py"
        ).is_file():
            return True
        module = root / half / f"{path}.py"
        if path and module.is_file() and last in _defined(module):
            return True
    return False


def _defined(module: Path) -> set[str]:
    body = ast.parse(module.read_text(encoding="utf-8")).body
    return {one.name for one in body if isinstance(one, ast.FunctionDef | ast.ClassDef)}
