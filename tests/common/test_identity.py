"""Identity numbers: forms, check digits, what they tell."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.identity import IdForm, compact, read_identity

ZHANG, LI = "000000199001010018", "000000198512319995"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NUMBERS = st.builds(
    lambda day, sequence: f"000000{day:%Y%m%d}{sequence:03d}",
    st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)), st.integers(0, 999),
)  # fmt: skip


def check(body):
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


@settings(max_examples=80, deadline=None)
@given(NUMBERS, st.sampled_from("0123456789X"))
def test_check_digit(body, last):
    """GB 11643, computed here once more by hand."""
    identity = read_identity(body + last)
    assert identity.check_ok == (last == check(body))
    assert identity.birth == dt.datetime.strptime(body[6:14], "%Y%m%d").date()  # noqa: DTZ007
    assert identity.male == (int(body[16]) % 2 == 1)


@settings(max_examples=60, deadline=None)
@given(
    NUMBERS,
    st.lists(st.integers(0, 18), max_size=4),
    st.sampled_from([" ", "\u3000", "\u200b", "'", "‘", "\u00a0", "\t"]),
)
def test_what_spreadsheets_add_changes_nothing(body, places, mark):
    """Spaces, invisible marks, apostrophes, full width and a small x are the same number."""
    number = body + check(body)
    spoiled = number.lower()
    for place in places:
        spoiled = spoiled[:place] + mark + spoiled[place:]
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in spoiled)
    assert read_identity(spoiled) == read_identity(wide) == read_identity(number)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        (ZHANG, IdForm.RESIDENT18), ("810000199001010027", IdForm.PERMIT), ("830000199001011234", IdForm.PERMIT),
        ("911000199001010013", IdForm.FOREIGNER18), ("ABC123456789012", IdForm.FOREIGNER15),
        ("H12345678", IdForm.HOME_RETURN), ("m1234567890", IdForm.HOME_RETURN), ("12345678", IdForm.TAIWAN),
        ("E12345678", IdForm.PASSPORT), ("EA1234567", IdForm.PASSPORT), ("", IdForm.UNKNOWN),
        (ZHANG[:-1], IdForm.UNKNOWN), (ZHANG + "1", IdForm.UNKNOWN), ("X" + ZHANG[1:], IdForm.UNKNOWN),
    ],
)  # fmt: skip
def test_forms(written, form):
    """The forms that a list may hold."""
    assert read_identity(written).form is form


def test_fifteen_digits_are_read_as_eighteen():
    """19 goes in after the sixth digit, the check digit behind."""
    old = read_identity(LI[:6] + LI[8:17])
    assert (old.form, old.text) == (IdForm.RESIDENT15, LI)


def test_numbers_never_show():
    """Neither the number nor the birth date stands in a log by accident."""
    assert ZHANG not in repr(read_identity(ZHANG))
    assert "1990" not in repr(read_identity(ZHANG))


def test_compact():
    """Separators that people put between groups go."""
    assert compact(" 000000-19900101-001８ ") == ZHANG
