"""What a person hands in beside a list: pages saved from the site, photos of certificates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certcheck.folder import HandedFolder, read_folder
from certcheck.listed import ListedPeople
from certcheck.model import Entry, Question
from certcheck.offline.context import Context
from certcheck.photos.records import NO_PHOTOS, Photos
from certcheck.questions import question_for
from certcheck.registry.interface import Answerer
from certcheck.registry.lookup import LookUp
from certcheck.registry.pages import Vocabulary
from certcheck.registry.whose import load_hosts
from certcheck.report.handed_in import table_of, told_of
from certcheck.report.problem_file import read_problems
from certcheck.report.problems import Problem
from certcheck.report.write import PROBLEMS
from certcheck.roster import Reading
from commands import settings
from common.errors import InputError
from common.files import write_file

if TYPE_CHECKING:
    from certcheck.registry.saved.answers import SavedAnswers

FOLDERS = ("saved", "photos")
"""The options that name a folder; what is in it counts as the lists do."""

_PAGES_TABLE, _PHOTOS_TABLE = "saved-pages.csv", "photos.csv"


def digests(options: dict[str, Any]) -> dict[str, str]:
    """Give the digest of each folder that is handed in.

    Raises
    ------
    InputError
        a folder is missing, cannot be read, or is the one that reports go to.
    """
    found = {}
    for name in FOLDERS:
        if options[name]:
            if Path(options["out"]).resolve() == Path(options[name]).resolve():
                raise InputError(f"--{name} 和 --out 不能是同一个文件夹：报告会和所给的文件混在一起。")
            found[f"{name}_sha256"] = _folder(options, name).digest
    return found


def refuse_changes(options: dict[str, Any]) -> None:
    """Refuse to go on with a run whose folders were changed."""
    for name, digest in digests(options).items():
        if options.get(name) != digest:
            told = name.removesuffix("_sha256")
            raise InputError(f"--{told} 的文件夹在上次核验后有改动，不能继续。请重新核验。")


@dataclass
class HandedIn:
    """What was handed in for one run, as read."""

    photos: Photos = NO_PHOTOS
    saved: SavedAnswers | None = None
    photo_files: HandedFolder | None = None

    def read_photos(self, options: dict[str, Any], entries: Iterable[Entry]) -> Photos:
        """Read the photos, if there are any."""
        if options["photos"]:
            from certcheck.photos.matching import match_photos

            self.photo_files = _folder(options, "photos")
            with settings.progress("照片") as told:
                self.photos = match_photos(self.photo_files, entries, load_hosts(), told)
        return self.photos

    def before(
        self,
        live: LookUp | None,
        options: dict[str, Any],
        entries: Iterable[Entry],
        context: Context,
        vocabulary: Vocabulary,
    ) -> Answerer | None:
        """Put the saved pages, if there are any, before the asking of a site."""
        if not options["saved"]:
            return live
        from certcheck.registry.replica.message import BANNER
        from certcheck.registry.saved.answers import saved_answers
        from certcheck.registry.saved.reading import PageReader
        from certcheck.registry.saved.with_saved import WithSaved

        asked = (question_for(entry, context) for entry in entries)
        questions = dict.fromkeys(question for question in asked if isinstance(question, Question))
        reader = PageReader(vocabulary, load_hosts(), BANNER)
        folder, listed = _folder(options, "saved"), ListedPeople(entries)
        with settings.progress("网页") as told:
            self.saved = saved_answers(folder, reader, listed, questions, told)
        return WithSaved(self.saved, live)

    def told(self, readings: Iterable[Reading]) -> str:
        """Say in a line what became of all files; "" where nothing was handed in, and the list names no photos."""
        lines = []
        if self.saved is not None:
            from certcheck.registry.saved.answers import NOBODY, UNUSED, USED

            folder, results = self.saved.folder, (USED, NOBODY, UNUSED)
            files = len(folder.files)
            lines.append(told_of("保存的网页", files, folder.aside, self.saved.uses, results, _PAGES_TABLE))
            if self.saved.from_replica:
                lines.append("其中有本机仿真站的网页，不是国家平台的，结果不能作为依据。")
        if self.photo_files is not None:
            from certcheck.photos.matching import LOOKED_AT, NOBODY, UNREADABLE

            results = (LOOKED_AT, NOBODY, UNREADABLE)
            files, aside = len(self.photo_files.files), self.photo_files.aside
            lines.append(told_of("证书照片", files, aside, self.photos.uses, results, _PHOTOS_TABLE))
        elif any(
            column.field == "photo" for one in readings for table in one.tables for column in table.columns
        ):
            lines.append("名单有照片一列，没有给出照片的文件夹（--photos），没有看照片。")
        return "".join(lines)

    def write_tables(self, out: Path) -> list[Path]:
        """Write the table of every file handed in."""
        paths = []
        if self.saved is not None:
            paths.append(write_file(out / _PAGES_TABLE, table_of(self.saved.uses)))
        if self.photo_files is not None:
            paths.append(write_file(out / _PHOTOS_TABLE, table_of(self.photos.uses)))
        return paths


def _folder(options: dict[str, Any], name: str) -> HandedFolder:
    return read_folder(Path(options[name]), f"--{name}")


def problems_before(options: dict[str, Any]) -> list[Problem]:
    """Read the problem list to carry on: the named one, and the folder's own, so that nothing typed is lost."""
    own = Path(options["out"]) / PROBLEMS
    named = Path(options["problems"]) if options["problems"] else None
    problems = read_problems(named) if named else []
    if own.is_file() and (named is None or own.resolve() != named.resolve()):
        carried = {problem.key: problem for problem in problems}
        carried.update({problem.key: problem for problem in read_problems(own)})
        problems = list(carried.values())
    return problems
