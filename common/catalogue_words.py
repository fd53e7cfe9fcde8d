"""Reductions of written cells, so that the spellings of one certificate become one word.

``key`` of common.text folds width, case, spaces and punctuation; here go the words that people
add to or drop from a name without meaning anything else by it.
"""

from __future__ import annotations

import re

from common.text import fold, key

# "1.2" of the directory, "031901" of the exam systems, "1." or "(1)" of a list in a cell.
_CODES = re.compile(
    r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9.])|(?<![0-9])0[0-9]{3}(?:[0-9]{2})?(?![0-9])"
    r"|^\s*\(?[0-9]{1,2}\s*[.、):](?![0-9])"
)
# "N1 叉车司机": a letter code beside words; alone in its cell it is a word of the tables.
_LETTER_CODES = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][0-9]{0,2}(?![A-Za-z0-9])")
_BEFORE = re.compile(
    "^(?:特种作业(?:人员)?|(?:特种)?操作(?:资格)?证书?|应急(?:管理)?[部厅局]|"
    "准操项目|操作项目|作业项目|作业类别|作业种类|工种)+"
)
_AFTER = re.compile(
    "(?:(?:特种作业|特种|操作|作业|上岗|从业|资格|人员|ic)*(?:证书|证件|证|卡)|作业人员|人员|工种|项目)$"
)
_CONNECTING = re.compile("与|和|及")
_NEITHER_HERE_NOR_THERE = re.compile("作业|与|和|及")
_JOINTS = re.compile(r"[、，,;；/／+＋&＆|｜\s和及与兼]+")
_LIST_NUMBER = re.compile("[0-9]{0,2}")
_POST_JOINTS = re.compile(r"[、，,;；/／+＋&＆|｜\n兼]+")
_BRACKETS = re.compile(r"[()\[\]【】〔〕]")
_TRAILING_MARK = re.compile(r"[0-9a-z一二三四五六七八九十]+$")
_LONGEST_CELL = 80
_LETTER = re.compile("[a-z]").match


def without_codes(text: str) -> str:
    """Remove directory numbers and list numbers from a cell."""
    return _CODES.sub(" ", fold(text))


def loose(text: str) -> str:
    """Give the core of an item's name: without 作业, 证, the certificate's name, 与, 和, 及."""
    core = _BEFORE.sub("", key(text))
    core = _AFTER.sub("", core)
    return _NEITHER_HERE_NOR_THERE.sub("", core)


def joined(text: str) -> str:
    """Give a key in which 与, 和 and 及 make no difference either."""
    return _CONNECTING.sub("", key(text))


def without_letters(text: str) -> str:
    """Remove letter codes that stand beside words: N1 叉车司机, 叉车司机（N1）."""
    return _LETTER_CODES.sub(" ", without_codes(text))


def atoms(text: str) -> list[str]:
    """Split a cell wherever it may join two items; whether it does is for the tables to say."""
    return [atom for atom in _JOINTS.split(text) if not _LIST_NUMBER.fullmatch(key(atom))]


def cuts(core: str) -> list[tuple[str, str]]:
    """Give every way of cutting a core in two, for a category and its item in one cell."""
    if len(core) > _LONGEST_CELL:
        return []
    return [(core[:place], core[place:]) for place in range(1, len(core))]


def post_parts(post: str) -> list[str]:
    """Split a post into the jobs it joins (电工、焊工; 安全员兼电工)."""
    return [part for part in _POST_JOINTS.split(post) if key(part)]


def heads(part: str) -> list[str]:
    """Give what a job's name ends on, outside and inside brackets, without grades and numbers.

    The last word of a Chinese job title says what the person is: 空调销售 sells, 销售部电工 wires.
    """
    pieces = [key(piece) for piece in _BRACKETS.split(fold(part))]
    return [_TRAILING_MARK.sub("", piece) for piece in pieces if piece]


def has_part(text: str, word: str) -> bool:
    """Say whether a word stands in a text other than after 非 (非煤矿山 is no 煤矿), and IC证 holds no C证."""
    place = text.find(word)
    while place > 0 and (text[place - 1] == "非" or (_LETTER(word) and _LETTER(text, place - 1))):
        place = text.find(word, place + 1)
    return place >= 0
