"""Look-alikes fold to one form; the original stays quotable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.text import fold, key, name_key, stated, visible


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_folding_is_idempotent(text):
    """Folding twice is folding once, and keys do not depend on what is folded away."""
    assert visible(visible(text)) == visible(text)
    assert fold(fold(text)) == fold(text)
    assert key(fold(text)) == key(text)


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200e", "\u202d", "\u2066", "\u2069", "\ufeff", "\u00ad", "\x00", "\ufe0f"]
)
def test_what_nobody_can_see_is_removed(hidden):
    """Copied from a certificate's dialog, a number carries direction marks."""
    assert visible(f"1{hidden}2") == "12"


def test_spaces():
    """Every kind and run of blanks is one blank; ends have none."""
    assert visible("\u3000张\u00a0\t三\r\n") == "张 三"


@pytest.mark.parametrize("text", ["", " ", None, "无", "／", "-", "－", "—", "N/A", "暂无", "无证", "\u200b"])
def test_nothing_stated(text):
    """Cells that say nothing."""
    assert stated(text) == ""


def test_stated_keeps_the_words():
    """What is said stays as it is seen."""
    assert stated(" Ｔ1 ") == "Ｔ1"
    assert stated("无人机") == "无人机"


def test_names_compare_without_dots_and_blanks():
    """Names are compared, never shown, in this form."""
    assert name_key("阿依·古丽") == name_key("阿依．古 丽")
    assert name_key("John SMITH") == name_key("john smith")
    assert name_key("张三") != name_key("张四")


@pytest.mark.parametrize("noted", ["4²", "4①", "4₂", "4⒈", "0.6²", "2026-12-0①"])
def test_the_mark_of_a_footnote_is_no_digit(noted):
    """Folded to a digit, it would make 42 seats of 4; full-width digits are digits all the same."""
    assert fold(noted) == noted
    assert fold("４２") == "42"
