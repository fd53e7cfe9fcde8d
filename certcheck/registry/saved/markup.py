"""A saved page to what it shows: tables of label and value, visible lines, the divider of earlier issues.

All generations of the site (QUERY-SITE sections 1 to 3): 1 is ``table.datalist`` with ``th`` and ``td``, 2 is
``table.el-descriptions__table`` likewise, 3 is ``td`` and ``td`` in turn. What is switched off by its own style
(``display: none``) is not shown: the site keeps its "nothing found" beside the certificates that way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from certcheck.registry.saved.shown import Group, Pair, Shown
from common.text import visible

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "iframe", "legend", "li", "main", "nav", "ol",
    "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul", "uni-view", "view",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "select", "textarea"})
_CONTROLS = frozenset({"a", "button", "li"})  # 历史数据 on one of these leads somewhere, and heads nothing
_OFF = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_CERTIFICATE_TABLES = {"el-descriptions__table", "datalist"}
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}>")
_SAVED_FROM = re.compile(r"(?i)saved from url=\(\d+\)(\S+)|\burl:\s*(https?://\S+)")  # browsers; SingleFile
_LARGEST = 8_000_000  # characters of one page
_TITLE = 200


@dataclass(slots=True)
class _Place:
    """Where an element stands: its nearest block, cell and table; whether it is switched off, or a control."""

    block: int = 0
    cell: _Cell | None = None
    table: _Table | None = None
    row: list[_Cell] | None = None
    off: bool = False
    control: bool = False


@dataclass(slots=True)
class _Cell:
    label: bool
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    history: bool
    certificate: bool
    rows: list[list[_Cell]] = field(default_factory=list)
    layout: bool = False


def shown_by_page(
    text: str, is_divider: Callable[[str], bool], address: str = "", saved_at: str = ""
) -> Shown:
    """Give what a page shows.

    Parameters
    ----------
    text
        the page's source.
    is_divider
        says whether a line is the site's heading over earlier issues (历史数据).
    address, saved_at
        what the page's wrapping says of it; a page's own mark goes before no address.
    """
    if len(text) > _LARGEST:
        return Shown(fault="网页太大")
    if _is_cut_off(text.lower()):
        return Shown(fault="网页不完整（可能没有存完）")
    walk = _Walk(is_divider)
    # lxml, because the standard library's parser takes minutes over a page of unfinished comments
    soup = BeautifulSoup(_DECLARATION.sub("", text), "lxml")
    walk.through(soup)
    title = soup.find("title")
    return Shown(
        tuple(walk.groups()), tuple(walk.lines), tuple(walk.typed), title.get_text()[:_TITLE] if title else "",
        address or walk.address, saved_at,
    )  # fmt: skip


def _is_cut_off(text: str) -> bool:
    """Say whether a page ends before its last table does, or before itself."""
    return text.rfind("<table") > text.rfind("</table") or ("<html" in text and "</html" not in text)


class _Walk:
    """One pass over a page in reading order; no recursion, so that a page may be nested as deep as it likes."""

    def __init__(self, is_divider: Callable[[str], bool]) -> None:
        self._is_divider = is_divider
        self._places = dict[int, _Place]()
        self._tables = list[_Table]()
        self._line, self._block, self._in_passing = list[str](), 0, False
        self._history = False
        self.lines, self.typed, self.address = list[str](), list[Pair](), ""

    def through(self, soup: BeautifulSoup) -> None:
        """Take down everything that is to be seen."""
        self._places[id(soup)] = _Place()
        for node in soup.descendants:
            place = self._places[id(node.parent)]
            if isinstance(node, Tag):
                self._places[id(node)] = self._enter(node, place)
            elif isinstance(node, Comment):
                self._note_address(str(node))
            elif type(node) is NavigableString and not place.off:
                self._read(str(node), place)
        self._end_line()

    def groups(self) -> Iterator[Group]:
        """Give the pairs of each table; one that only holds other tables is none."""
        for table in self._tables:
            if not table.layout:
                pairs = tuple(pair for row in table.rows for pair in _pairs(row))
                yield Group(pairs, table.history, table.certificate)

    def _enter(self, tag: Tag, outer: _Place) -> _Place:
        off, control = outer.off or _is_off(tag), outer.control or tag.name in _CONTROLS
        place = _Place(outer.block, outer.cell, outer.table, outer.row, off, control)
        if tag.name in _BLOCKS:
            place.block = id(tag)
            if not place.off:
                self._end_line()
        if place.off:
            return place
        if tag.name == "table":
            if outer.table is not None:
                outer.table.layout = True
            classes = set(tag.get_attribute_list("class"))
            place.table = _Table(self._history, bool(classes & _CERTIFICATE_TABLES))
            place.cell = place.row = None
            self._tables.append(place.table)
        elif tag.name == "tr" and place.table is not None:
            place.row = []
            place.table.rows.append(place.row)
        elif tag.name in ("th", "td") and place.row is not None:
            place.cell = _Cell(tag.name == "th")
            place.row.append(place.cell)
        elif tag.name == "input" and tag.get("type", "text") == "text":
            self.typed.append((str(tag.get("placeholder", "")), str(tag.get("value", ""))))
        return place

    def _read(self, text: str, place: _Place) -> None:
        if place.block != self._block:
            self._end_line()
            self._block, self._in_passing = place.block, place.control or place.cell is not None
        self._line.append(text)
        if place.cell is not None:
            place.cell.text.append(text)

    def _end_line(self) -> None:
        line = visible("".join(self._line))
        self._line.clear()
        if line:
            self.lines.append(line)
            self._history = self._history or (not self._in_passing and self._is_divider(line))

    def _note_address(self, comment: str) -> None:
        found = _SAVED_FROM.search(comment[:5000])
        if found and not self.address:
            self.address = found[1] or found[2]


def _is_off(tag: Tag) -> bool:
    return tag.name in _UNSEEN or "hidden" in tag.attrs or bool(_OFF.search(str(tag.get("style", ""))))


def _pairs(row: list[_Cell]) -> Iterator[Pair]:
    """Pair the cells of a row: a label in ``th``, else every other ``td``; a label without a value has ""."""
    texts = [visible("".join(cell.text)) for cell in row]
    labels = [cell.label for cell in row] if any(cell.label for cell in row) else [True, False] * len(row)
    for index, text in enumerate(texts):
        if labels[index]:
            valued = index + 1 < len(texts) and not labels[index + 1]
            yield text, texts[index + 1] if valued else ""
