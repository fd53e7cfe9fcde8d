"""The Chinese page of the draw's specification says what the English one says: held against it block by block."""

import hashlib
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
ENGLISH = DOCS / "draw-specification.md"
CHINESE = DOCS / "draw-specification.zh-CN.md"

_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)]+)\)")
_NUMBER = re.compile(r"U\+[0-9A-F]{4}|0x[0-9A-F]+|[0-9]+")
_HEADING = re.compile(r"(#+) (?:(\d+)\. )?")


def blocks(text: str) -> list[str]:
    """Give headings, paragraphs, items of lists and rows of tables; notes on the translation (>) are left out."""
    found = [""]
    for line in text.splitlines():
        if not line.strip() or line.startswith("> "):
            found.append("")
        elif re.match(r"#|\||\* |\d+\. ", line):
            found.append(line)
        else:
            found[-1] += "\n" + line
    return [block.strip() for block in found if block.strip()]


@cache
def kind(block: str) -> str:
    """Tell a heading (with its level and number), a row, an item of a list (with its number) and a paragraph."""
    if heading := _HEADING.match(block):
        return heading.group(0) if heading.group(2) else heading.group(1)
    if block.startswith("|"):
        return f"row of {len(re.split(r' [|](?: |$)', _SPAN.sub('', block))) - 1}"
    item = re.match(r"\* |\d+\. ", block)
    return item.group(0) if item else "paragraph"


def marks(block: str) -> Counter[str]:
    """Give what both languages write alike: code spans, links and numbers."""
    spans = [re.sub(r"\s*\n\s*", " ", span) for span in _SPAN.findall(block)]
    rest = _SPAN.sub(" ", block)
    links = _LINK.findall(rest)
    return Counter([f"`{span}`" for span in spans] + links + _NUMBER.findall(_LINK.sub("]", rest)))


@cache
def cells(block: str) -> list[Counter[str]]:
    """Give the marks of each cell of a table's row; of anything else, all of them."""
    if not block.startswith("|"):
        return [marks(block)]
    return [marks(cell) for cell in re.split(r" [|](?: |$)", block.removeprefix("| "))]


def differences(english: str, chinese: str) -> list[str]:
    """Give each place where one page has what the other has not."""
    ones, others = blocks(english), blocks(chinese)
    found = []
    for one, other in zip(ones, others, strict=False):
        if kind(one) != kind(other):
            return [*found, f"{kind(one)} | {kind(other)}: {one[:60]} | {other[:60]}"]
        if cells(one) != cells(other):
            only = [dict(marks(one) - marks(other)), dict(marks(other) - marks(one))]
            found.append(f"{one[:60]} | {other[:60]}: only English {only[0]}, only Chinese {only[1]}")
    if len(ones) != len(others):
        found.append(f"{len(ones)} blocks | {len(others)} blocks")
    return found


def test_both_pages_say_the_same():
    """Same headings, paragraphs, lists and tables in the same order, with the same code, links and numbers in each."""
    assert differences(ENGLISH.read_text(encoding="utf-8"), CHINESE.read_text(encoding="utf-8")) == []


def test_the_chinese_page_names_the_english_one_it_is_of():
    """Words can change alone: whoever changes the English page carries it over, then writes its digest in the head."""
    digest = hashlib.sha256(ENGLISH.read_text(encoding="utf-8").encode()).hexdigest()
    head = CHINESE.read_text(encoding="utf-8").partition("\n## ")[0]
    assert digest in head, f"carry the change over to {CHINESE.name}, then write there {digest}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2^53", "2^54"),
        ("U+180E", "U+180F"),
        ("`zhengkao/round/1`", "`zhengkao/round/2`"),
        ('"zhengkao/seat/1" || 0x00 || key', '"zhengkao/seat/1" || key'),
        ("(seed-vectors.json)", "(draw-vectors.json)"),
        ("## 6. ", "## 7. "),
        ("### difference.csv", "## difference.csv"),
        ("| `gone` |", "| `lost` |"),
        ("\n| `tool` | `name`", " `name`"),
        ("`r < down`", "`r <= down`"),
        ("` 第R考场S号座`", "`第R考场S号座`"),
    ],
)
@pytest.mark.parametrize("page", [ENGLISH, CHINESE])
def test_an_edit_of_one_page_alone_is_found(page, old, new):
    """Each kind of edit, in either page."""
    text = page.read_text(encoding="utf-8")
    assert old in text
    pages = {path: path.read_text(encoding="utf-8") for path in (ENGLISH, CHINESE)} | {
        page: text.replace(old, new, 1)
    }
    assert len(differences(pages[ENGLISH], pages[CHINESE])) > 0


@pytest.mark.parametrize("page", [ENGLISH, CHINESE])
def test_a_block_left_out_is_found(page):
    """Any paragraph, item or row that one page lacks."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ENGLISH, CHINESE)}
    whole = blocks(texts[page])
    for number in range(len(whole)):
        texts[page] = "\n\n".join(whole[:number] + whole[number + 1 :])
        assert differences(texts[ENGLISH], texts[CHINESE]), whole[number]
