"""The page on privacy and law says the same in English and in Chinese, as far as code, links and form tell."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = (ROOT / "docs" / f"privacy-and-law{ending}" for ending in (".md", ".zh-CN.md"))


def sections(page):
    """Give the text under each heading, the title's without the link to the other page."""
    parts = re.split(r"^(#+) .*\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [
        (level, re.sub(r"\]\(privacy-and-law[^)]*\)", "", text))
        for level, text in zip(parts[1::2], parts[2::2], strict=True)
    ]


def test_both_pages_have_the_same_headings():
    assert [level for level, _ in sections(ENGLISH)] == [level for level, _ in sections(CHINESE)]


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("code", r"`([^`]+)`"),
        ("links", r"\]\(([^)]+)\)"),
        ("rows, points, steps", r"^(\||\*(?= )|\d+\.)"),
        ("bold", r"(\*\*)"),
    ],
)
def test_each_section_has_the_same(what, found):
    for number, ((_, english), (_, chinese)) in enumerate(
        zip(sections(ENGLISH), sections(CHINESE), strict=True)
    ):
        said, told = (
            Counter(" ".join(one.split()) for one in re.findall(found, text, re.MULTILINE))
            for text in (english, chinese)
        )
        assert said == told, f"{what} of section {number}"


def test_each_page_leads_to_the_other():
    assert f"({CHINESE.name})" in ENGLISH.read_text(encoding="utf-8")
    assert f"({ENGLISH.name})" in CHINESE.read_text(encoding="utf-8")


def test_the_chinese_readme_leads_to_the_chinese_page_and_to_places_in_it():
    targets = re.findall(
        r"\(docs/(privacy-and-law[^)#]*)#?([^)]*)\)", (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    )
    there = set(re.findall(r'<a id="([^"]+)"></a>', CHINESE.read_text(encoding="utf-8")))
    assert {page for page, _ in targets} == {CHINESE.name}
    assert {place for _, place in targets if place} <= there
