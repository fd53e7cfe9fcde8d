"""Photos of certificates, matched to the people of a list, with what the QR code on each leads to.

A photo belongs to a person by the list's own column of file names, else by a number or a name in its file name,
else by an identity number in its code. Only hosts are kept of an address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from certcheck.folder import HandedFile, HandedFolder, Use
from certcheck.listed import ListedPeople, who_of
from certcheck.model import Entry
from certcheck.photos.codes import Codes, codes_on
from certcheck.photos.records import Photo, Photos
from certcheck.registry.address import judge
from certcheck.registry.whose import Hosts
from common.files import os_reason

LOOKED_AT, UNREADABLE, NOBODY = "看过", "读不了", "不对应名单上的人"
"""What may become of a photo."""

_PARTS = re.compile(r"[;；,，、|\n]+")
_PICTURE = re.compile(r"(?i).+\.(jpe?g|jfif|png|webp|bmp|tiff?|gif|hei[cf])")


def match_photos(
    folder: HandedFolder,
    entries: Iterable[Entry],
    hosts: Hosts,
    progress: Callable[[int, int], None],
) -> Photos:
    """Read every photo of a folder and match it to the people of a list.

    ``entries`` is gone through twice.
    """
    listed, column = ListedPeople(entries), _Column(entries, folder)
    uses: list[Use] = []
    of_whom: dict[str, list[Photo]] = {}
    for number, file in enumerate(folder.files):
        progress(number, len(folder.files))
        photo = _read(file, listed, hosts)
        people, doubt = _owners(file, photo, listed, column)
        for who in sorted(people):
            of_whom.setdefault(who, []).append(photo)
        uses.append(_use(file, photo, people, doubt))
    progress(len(folder.files), len(folder.files))
    for who in column.missing:
        of_whom.setdefault(who, []).append(Photo(fault="“照片”一列写的文件不在照片文件夹中"))
    return Photos(tuple(uses), {who: tuple(photos) for who, photos in of_whom.items()})


def _read(file: HandedFile, listed: ListedPeople, hosts: Hosts) -> Photo:
    if file.fault:
        return Photo(fault=file.fault)
    try:
        codes = codes_on(file.content())
    except OSError as error:
        codes = Codes(fault=f"打不开（{os_reason(error)}）")
    judged = [judge(text, hosts) for text in codes.texts]
    numbers = frozenset(number for text in codes.texts for number in listed.numbers_in(text))
    judgements = tuple(dict.fromkeys(one for found in judged for one in found))
    return Photo(judgements, numbers, not all(judged), codes.fault)


def _owners(file: HandedFile, photo: Photo, listed: ListedPeople, column: _Column) -> tuple[set[str], str]:
    """Say whose photo it is, or why that is not plain."""
    if people := column.named.get(file.name):
        return people, ""
    stem = str(PurePosixPath(file.name).with_suffix(""))
    written = listed.numbers_in(stem)
    if len(written) > 1:
        return set(), "文件名里有不止一个号码"
    if written:
        return written & listed.numbers, ""
    if people := listed.named_in(stem):
        return (people, "") if len(people) == 1 else (set(), "文件名对应名单上不止一人（同名，或写了几个人）")
    people = set(photo.numbers) & listed.numbers
    return (people, "") if len(people) == 1 else (set(), "")


def _use(file: HandedFile, photo: Photo, people: set[str], doubt: str) -> Use:
    if photo.fault:
        return Use(file, UNREADABLE, photo.fault)
    return Use(file, LOOKED_AT if people else NOBODY, _told(photo) if people else doubt or _told(photo))


def _told(photo: Photo) -> str:
    """Say what is on a photo, for the table of all photos."""
    hosts = [f"{one.host or '网址'}：{one.reason}" for one in photo.judgements]
    plain = ["二维码内容不是网址"] if photo.plain else []
    return "；".join([*hosts, *plain]) or "没有找到二维码"


class _Column:
    """The list's own column of photos: which file belongs to whom; cells name files, they open none."""

    def __init__(self, entries: Iterable[Entry], folder: HandedFolder) -> None:
        self.named: dict[str, set[str]] = {}
        self.missing: list[str] = []
        by_name: dict[str, list[str]] = {}
        for file in folder.files:
            for name in (file.name, PurePosixPath(file.name).name):
                by_name.setdefault(_plain(name), []).append(file.name)
        missing: dict[str, None] = {}
        for entry in entries:
            for written in _files_in(entry.person.photo):
                found = set(by_name.get(_plain(written), []))
                if not found:
                    missing[who_of(entry)] = None
                elif len(found) == 1:
                    self.named.setdefault(found.pop(), set()).add(who_of(entry))
        self.missing = list(missing)


def _files_in(cell: str) -> Iterator[str]:
    """Give the names of pictures in a cell; a tick or 有 is none."""
    for part in _PARTS.split(cell):
        if _PICTURE.fullmatch(part.strip()):
            yield part.strip()


def _plain(name: str) -> str:
    """Give a file name as file systems compare it: either slash, any case, one form of letters."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).removeprefix("./").casefold()
