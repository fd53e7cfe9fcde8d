"""A folder that a person hands in: its files in one fixed order, bounded, nothing left out in silence.

Files are told by their number in that order, because their names may hold people's names and numbers.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from common.canonical import digest
from common.errors import InputError
from common.files import os_reason
from common.left_beside import left_beside
from common.privacy import mask
from common.text import fold

MOST_FILES = 20_000
MOST_BYTES = 50_000_000
"""Greatest size of one file; a larger one is told, not read."""

_OF_A_PAGE = re.compile(r"(?i)(.*)[_.-]files?")  # what a browser puts beside a saved page
_RUN_FILE = "run.txt"
_RUN_NAME = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}\s*")
_LONGEST_RUN_NAME = 100
_DIGITS = re.compile(r"[A-Za-z]{0,3}\d{6,}[\dXx]?")


@dataclass(frozen=True, slots=True)
class HandedFile:
    """One file: ``number`` from 1, ``name`` with its sub-folders, ``modified`` in seconds since 1970.

    ``fault`` says in words for the user why it cannot be read; then ``content`` is none.
    """

    number: int
    name: str = field(repr=False)
    path: Path = field(repr=False)
    sha256: str = ""
    modified: int = 0
    fault: str = ""

    @property
    def ending(self) -> str:
        """Give the ending of the name (``.html``), by which a file is told; "" where it has none."""
        ending = self.path.suffix.lower()
        return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) and not ending[1:].isdigit() else ""

    @property
    def shown_name(self) -> str:
        """Give the name for the reports, which may tell names, with every number in it masked."""
        seen = fold(self.name.encode("utf-8", "replace").decode("utf-8"))
        return _DIGITS.sub(lambda match: mask(match.group()) or "", seen)

    def content(self) -> bytes:
        """Read the file.

        Raises
        ------
        OSError
            it is gone, or cannot be read any more.
        """
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Use:
    """What became of one file, or of one person's part of it; ``reason`` is for the user."""

    file: HandedFile
    result: str
    reason: str = ""


@dataclass(frozen=True)
class HandedFolder:
    """The files of a folder; ``aside`` counts folders that belong to a saved page or hold reports of ours."""

    files: tuple[HandedFile, ...]
    aside: int = 0

    @property
    def digest(self) -> str:
        """Give what changes when any file does: its name, content, time, or that it cannot be read."""
        told = [
            [one.name.encode("utf-8", "surrogatepass").hex(), one.sha256, one.modified, one.fault]
            for one in self.files
        ]
        return digest(told)


def read_folder(folder: Path, option: str) -> HandedFolder:
    """List a folder with its sub-folders, links to other folders aside.

    Parameters
    ----------
    folder
        what the user named.
    option
        the option that names it, for messages.

    Raises
    ------
    InputError
        it is no folder, cannot be read, or holds too many files.
    """
    if not folder.is_dir():
        raise InputError(f"{option}：没有这个文件夹，或不是文件夹。请检查路径。")
    files: list[HandedFile] = []
    aside = 0
    for path, fault in _walk(folder):
        if path is None:
            aside += 1
            continue
        name = path.relative_to(folder).as_posix()
        files.append(_file(path, name, fault))
        if len(files) > MOST_FILES:
            raise InputError(f"{option}：文件超过 {MOST_FILES} 个。请只放要用的文件，或分几次核验。")
    files.sort(key=lambda one: one.name)
    return HandedFolder(tuple(replace(one, number=nth) for nth, one in enumerate(files, start=1)), aside)


def _walk(folder: Path) -> Iterator[tuple[Path | None, str]]:
    """Give files, and folders that are not entered with the reason; None for each folder set aside."""
    unread: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        here = Path(place)
        for name in list(folders):
            aside, linked = _set_aside(here / name, files), _leads_away(here / name)
            if aside or linked:
                folders.remove(name)
                yield (None, "") if aside else (here / name, "是指向别的文件夹的链接，没有跟进")
        for name in files:
            if not left_beside(name):
                yield here / name, ""
    for error in unread:
        path = Path(os.fsdecode(error.filename))
        if path == folder:
            raise InputError(f"文件夹打不开（{os_reason(error)}）。请检查权限。") from error
        yield path, f"子文件夹打不开（{os_reason(error)}）"


def _set_aside(folder: Path, files_beside: Iterable[str]) -> bool:
    """Say whether a folder belongs to a saved page beside it, or holds reports of a run of ours."""
    page = _OF_A_PAGE.fullmatch(folder.name)
    if page and any(Path(name).stem == page[1] and ".htm" in name.lower() for name in files_beside):
        return True
    try:
        with (folder / _RUN_FILE).open(encoding="utf-8") as file:
            return _RUN_NAME.fullmatch(file.read(_LONGEST_RUN_NAME)) is not None
    except (OSError, ValueError):
        return False


def _leads_away(folder: Path) -> bool:
    """Say whether a folder is a link or a junction: where it stands is not where it is."""
    stands = os.path.join(os.path.realpath(folder.parent), folder.name)  # noqa: PTH118 - compared as text
    return os.path.normcase(os.path.realpath(folder)) != os.path.normcase(stands)


def _file(path: Path, name: str, fault: str) -> HandedFile:
    """Take down one file: its digest, or why it cannot be read."""
    if fault:
        return HandedFile(0, name, path, fault=fault)
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            return HandedFile(0, name, path, fault="不是普通文件")
        if told.st_size > MOST_BYTES:
            return HandedFile(0, name, path, fault=f"超过 {MOST_BYTES // 1_000_000} MB")
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a name that the system cannot even look up
        reason = os_reason(error) if isinstance(error, OSError) else "文件名无法使用"
        return HandedFile(0, name, path, fault=f"打不开（{reason}）")
    return HandedFile(0, name, path, sha256, int(told.st_mtime))
