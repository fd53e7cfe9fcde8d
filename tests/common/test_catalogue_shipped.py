"""The shipped tables as a whole: every row reached, what the law gave kept, no text that breaks a match."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.catalogue import Confidence, ItemStatus, Kind, load_catalogue
from common.catalogue_records import Alias, Category, Industry, ItemEntry, KindWord, OtherBody
from common.catalogue_tables import in_all_orders
from common.catalogue_words import joined, loose

CATALOGUE = load_catalogue()
TABLES = CATALOGUE.tables
NAMES = [item.name for item in TABLES.items]
TODAY = [item for item in TABLES.items if item.status is not ItemStatus.LEGACY]
ALIASES = [name for alias in TABLES.aliases for name in in_all_orders(alias.alias)]
OTHERS = [word for body in TABLES.other_bodies for word in (body.item, *body.aliases)]


@pytest.mark.parametrize("item", TABLES.items, ids=lambda item: item.name)
def test_every_item_is_reached(item: ItemEntry) -> None:
    # What people write today goes before the short form of a name that is no law: 制冷, 钻井司钻.
    short = [item.name.removesuffix("作业")] if item.in_directory else []
    assert item.in_directory == (item.status in {"current", "variant", "local"})
    for written in (item.name, *short):
        match = CATALOGUE.match_item(written)
        assert match is not None
        assert (match.item, match.category, match.status) == (item.name, item.category, item.status)
        assert (match.entry, match.certain, match.in_directory) == (item, True, item.in_directory)


@pytest.mark.parametrize("item", TODAY, ids=lambda item: item.name)
def test_every_item_is_reached_behind_its_category_and_number(item: ItemEntry) -> None:
    for written in (
        f"{item.category}（{item.name}）",
        f"{item.category}-{item.name}",
        f"{item.code} {item.name}",
    ):
        match = CATALOGUE.match_item(written)
        assert match is not None
        assert match.entry == item


@pytest.mark.parametrize("alias", TABLES.aliases, ids=lambda alias: alias.alias)
def test_every_alias_is_reached(alias: Alias) -> None:
    for name in in_all_orders(alias.alias):
        match = CATALOGUE.match_item(name)
        assert match is not None
        assert (match.item, match.category, match.certain) == (alias.item, alias.category, alias.certain)


@pytest.mark.parametrize("category", TABLES.categories, ids=lambda category: category.name)
def test_every_category_is_reached(category: Category) -> None:
    match = CATALOGUE.match_item(category.name)
    assert match is not None
    assert match.category == category.name
    assert match.emergency == category.emergency


@pytest.mark.parametrize("body", TABLES.other_bodies, ids=lambda body: body.item)
def test_every_other_body_is_reached(body: OtherBody) -> None:
    for word in (body.item, *body.aliases):
        assert CATALOGUE.match_other_body(word) == body
    assert all(CATALOGUE.match_other_body(f"某{part}某") for part in body.parts)
    assert body.confusion.endswith("。")


@pytest.mark.parametrize("word", TABLES.kinds, ids=lambda word: word.word)
def test_every_kind_word_is_reached(word: KindWord) -> None:
    match = CATALOGUE.match_kind(word.word)
    assert match is not None
    assert (match.kind, match.word, match.certain) == (word.kind, word.word, word.certain)


@pytest.mark.parametrize("industry", TABLES.industries, ids=lambda industry: industry.name)
def test_every_industry_is_reached(industry: Industry) -> None:
    for word in industry.words:
        assert CATALOGUE.industry(word.replace("+", "")) == industry


def test_no_two_names_of_today_share_a_core() -> None:
    cores = Counter(loose(item.name) for item in TODAY)
    assert {core: number for core, number in cores.items() if number > 1} == {}
    assert len({joined(word.word) for word in TABLES.kinds}) == len(TABLES.kinds)


def test_the_directory_of_2010_and_2018() -> None:
    current = [item for item in TABLES.items if item.status is ItemStatus.CURRENT]
    numbered = [item for item in current if item.code]
    assert Counter(item.category_code for item in numbered) == {
        "1": 3, "2": 3, "3": 2, "4": 2, "5": 10, "6": 8, "7": 1, "8": 1, "9": 16, "10": 5,
    }  # fmt: skip
    assert {item.valid_from for item in numbered} == {dt.date(2010, 7, 1)}
    added = [item.name for item in current if not item.code]
    assert added == ["电力电缆作业", "继电保护作业", "电气试验作业"]
    assert {item.valid_from for item in current if not item.code} == {dt.date(2018, 1, 1)}


def test_nothing_claims_to_know_the_directory_of_2026() -> None:
    for item in TABLES.items:
        if item.status in {ItemStatus.CURRENT, ItemStatus.VARIANT}:
            assert (item.basis_to, item.valid_to) == (dt.date(2026, 5, 31), None)
            assert item.carried_over == "unconfirmed"
        if item.status in {ItemStatus.DRAFT, ItemStatus.UNCONFIRMED}:
            assert item.confidence is Confidence.LOW
            assert not item.in_directory


def test_coal_is_issued_by_another_body() -> None:
    coal = [item for item in TABLES.items if item.name.startswith("煤矿")]
    assert len(coal) == 13
    for item in coal:
        assert not item.emergency
        body = CATALOGUE.match_other_body(item.name)
        assert body is not None
        assert body.item == item.name
    assert all(item.emergency for item in TABLES.items if item not in coal)


def test_education_of_directory_items() -> None:
    for item in TABLES.items:
        if item.status is ItemStatus.CURRENT:
            chemical = item.category == "危险化学品安全作业"
            assert item.education == ("senior_secondary" if chemical else "junior_secondary")


def test_a_table_of_ours_never_answers_for_another_body() -> None:
    for word in OTHERS:
        match = CATALOGUE.match_item(word)
        assert match is None or not match.emergency or not match.certain or match.status is ItemStatus.LEGACY


CELL = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from([*NAMES, *ALIASES, *OTHERS, "、", "（", "）", "和", " ", "1.2", "证"]), max_size=8
    ).map("".join),
)


@given(CELL)
def test_no_text_raises(text: str) -> None:
    match = CATALOGUE.match_item(text)
    assert CATALOGUE.split_items(text)[:1] == ((match,) if match else CATALOGUE.split_items(text)[:1])
    CATALOGUE.certificates_in(text)
    CATALOGUE.match_other_body(text)
    CATALOGUE.match_kind(text)
    CATALOGUE.industry(text)
    assert all(need.kind in Kind and need.words for need in CATALOGUE.needs_of_post(text))


def wide(text: str) -> str:
    """Write ASCII in the width of Chinese characters."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@given(st.sampled_from([*NAMES, *ALIASES]), st.data())
def test_blanks_and_width_change_nothing(written: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(written)))
    blank = data.draw(st.sampled_from([" ", "\u3000", "\t", "\u200b", "\xa0", ""]))
    spaced = written[:place] + blank + written[place:]
    narrow = written.replace("（", "(").replace("）", ")")
    expected = CATALOGUE.match_item(written)
    for other in (spaced, narrow, wide(narrow), f"{blank}{written}{blank}"):
        assert CATALOGUE.match_item(other) == expected


@given(st.sampled_from(OTHERS))
def test_width_changes_no_other_body(written: str) -> None:
    expected = CATALOGUE.match_other_body(written)
    assert CATALOGUE.match_other_body(wide(written)) == expected
    assert CATALOGUE.match_other_body(f" {written}\u3000") == expected
