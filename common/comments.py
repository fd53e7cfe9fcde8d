"""Comments (批注) beside cells of an .xlsx: they are not read as part of a list, so which cells have one is told."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from common.hidden import sheet_parts

_TYPES = ("/comments", "/threadedComment")
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_BYTES = 50_000_000


def commented_cells(archive: zipfile.ZipFile) -> dict[str, tuple[str, ...]]:
    """Give the cells (D5) whose comments hold text, in their order, by sheet name; sheets without any are left out.

    Comments that are kept in a way not understood give nothing: they are only told.
    """
    found = {name: _of_sheet(archive, part) for name, part in sheet_parts(archive).items()}
    return {name: cells for name, cells in found.items() if cells}


def _of_sheet(archive: zipfile.ZipFile, part: str) -> tuple[str, ...]:
    cells: set[str] = set()
    for comments in _comment_parts(archive, part):
        cells.update(_cells(archive, comments))
    return tuple(sorted(cells, key=_place))


def _comment_parts(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """Give the parts that hold the comments of a sheet; the relations of most sheets name none."""
    folder, name = posixpath.split(part)
    for one in _elements(archive, f"{folder}/_rels/{name}.rels"):
        if one.get("Type", "").endswith(_TYPES):
            target = one.get("Target", "")
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _cells(archive: zipfile.ZipFile, comments: str) -> Iterator[str]:
    for one in _elements(archive, comments):
        for comment in (one, *one):
            ref = comment.get("ref", "")
            if _REF.fullmatch(ref) and "".join(comment.itertext()).strip():
                yield ref


def _elements(archive: zipfile.ZipFile, part: str) -> list[ET.Element]:
    """Give what stands below the root of a part; [] where there is no such part, or it is broken."""
    try:
        if archive.getinfo(part).file_size > _MOST_BYTES:
            return []
        return list(ET.fromstring(archive.read(part)))  # noqa: S314 - expat refuses entities that grow without end
    except (KeyError, ET.ParseError, ValueError):
        return []


def _place(ref: str) -> tuple[int, int, str]:
    """Order cells by row, then as columns stand."""
    letters = ref.rstrip("0123456789")
    return int(ref[len(letters) :]), len(letters), letters
