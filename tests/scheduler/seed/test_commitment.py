"""Commitments, public values and seeds as bytes; why: a seed that a stranger cannot recompute proves nothing."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.canonical import digest
from scheduler.seed.commitment import (
    UnreadableError,
    code_bytes,
    combined_seed,
    commitment,
    is_form,
    is_written_as,
    one_line,
    public_value,
)

CODE = bytes(range(32))


def announced(**changes):
    content = {"plan_digest": "01" * 32, "list_digest": "02" * 32, "rules_digest": "03" * 32} | changes
    return content | {"digest": digest(content)}


def test_a_commitment_is_the_hash_of_tag_number_and_code():
    assert commitment(0, CODE) == hashlib.sha256(b"zhengkao/commit/1\x00" + bytes(8) + CODE).hexdigest()
    assert (
        commitment(258, CODE)
        == hashlib.sha256(b"zhengkao/commit/1\x00" + bytes(6) + b"\1\2" + CODE).hexdigest()
    )


def test_a_seed_is_the_hash_of_tag_secret_three_digests_and_value():
    announcement = announced()
    by_hand = b"".join(
        [
            b"zhengkao/seed/1\x00",
            CODE,
            b"\1" * 32,
            b"\2" * 32,
            bytes.fromhex(announcement["digest"]),
            "1 中".encode(),
        ]
    )
    assert combined_seed(announcement, CODE, "1 中") == hashlib.sha256(by_hand).hexdigest()


def test_every_part_changes_the_seed():
    seeds = {
        combined_seed(announced(**changes), code, value)
        for changes in ({}, {"plan_digest": "09" * 32}, {"list_digest": "09" * 32}, {"rules_digest": "09" * 32},
                        {"public_source": "x"})
        for code in (CODE, bytes(32))
        for value in ("1 2", "12")
    }  # fmt: skip
    assert len(seeds) == 5 * 2 * 2


def test_a_digest_that_is_only_stated_does_not_count():
    assert combined_seed(announced() | {"digest": "0" * 64}, CODE, "1") == combined_seed(
        announced(), CODE, "1"
    )


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("０３　０８", "03 08"),
        ("\t03 \r\n 08\u00a0", "03 08"),
        ("ＡｂＣ", "AbC"),
        ("１，２", "1,2"),
        ("a b", "a b"),
        ("第一 鿿㐀䶿~!", "第一 鿿㐀䶿~!"),
    ],
)
def test_what_people_type_has_one_form(typed, form):
    assert public_value(typed) == form


@pytest.mark.parametrize(
    "typed",
    ["", "　 ", "1\u200b2", "1\x002", "\ufeff1", "1\ud800", "7" * 1001, "1\u202e2", "1、2", "①", "é", "А"],
)
def test_what_nobody_can_see_or_tell_apart_is_no_value(typed):
    with pytest.raises(ValueError, match=r"empty or too long|may not hold"):
        public_value(typed)


@pytest.mark.parametrize("code", [
    0xFE0F, 0x180E, 0x2800, 0x3164, 0x061C, 0x034F, 0xE0001, 0xE0100, 0x115F, 0xFFF9, 0x1680, 0xFFFE, 0xE000, 0xFFA0, 0x17B5,
])  # fmt: skip
def test_a_value_with_something_behind_it_that_looks_like_nothing_is_refused(code):
    """Each more of them would be another seed for a value that looks the same: whoever knows the secret could choose."""
    with pytest.raises(UnreadableError) as caught:
        public_value(f"03 08{chr(code)}")
    assert (caught.value.place, caught.value.code) == (6, code)


@pytest.mark.parametrize(
    ("form", "value", "fits"),
    [
        ("00 00 + 00", "03 08 + 12", True),
        ("00 00 + 00", "3 8 + 12", False),
        ("00 00 + 00", "03,08 + 12", False),
        ("12.3", "98.7", True),
        ("Ab", "Zz", True),
        ("Ab", "zz", False),
        ("第0期", "第9期", True),
        ("第0期", "届9期", False),
        ("0.0", "1x2", False),
        ("0", "", False),
        ("0", "a", False),
    ],
)
def test_a_form_leaves_digits_and_letters_open_and_nothing_else(form, value, fits):
    """Two spellings of one value are never both of a form, as far as blanks, marks and leading noughts go."""
    assert is_form(form)
    assert is_written_as(value, form) is fits


@pytest.mark.parametrize("form", ["", "第期", "０", "0  0", " 0", "0、0", "0\ufe0f"])
def test_a_form_that_leaves_nothing_open_or_is_in_no_form_itself_is_none(form):
    assert not is_form(form)


def test_a_line_keeps_its_full_width_characters():
    assert one_line(" 某彩票，　第１期 ") == "某彩票， 第１期"


@given(st.text())
def test_one_form_is_a_fixed_point(text):
    try:
        form = public_value(text)
    except ValueError:
        return
    assert public_value(form) == form == one_line(form)
    assert form.encode("utf-8")


@pytest.mark.parametrize(
    "code", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n", "０" * 64, None, 0]
)
def test_a_code_is_64_lower_case_digits(code):
    with pytest.raises(ValueError, match="32 bytes"):
        code_bytes(code)


def test_two_halves_of_a_character_are_one():
    """Other languages cannot tell them from the character: the same form, and the same seed, in all of them."""
    assert one_line("\ud840\udfb7") == "\U000203b7"
    with pytest.raises(ValueError, match="seen"):
        one_line("\ud840")
    with pytest.raises(UnreadableError, match=r"character 1 is U\+203B7"):
        public_value("\ud840\udfb7")
