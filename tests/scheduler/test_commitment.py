"""Commitments, public values and seeds as bytes; why: a seed that a stranger cannot recompute proves nothing."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.canonical import digest
from scheduler.commitment import code_bytes, combined_seed, commitment, one_line, public_form

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
        ("1、2", "1、2"),
        ("a b", "a b"),
    ],
)
def test_what_people_type_has_one_form(typed, form):
    assert public_form(typed) == form


@pytest.mark.parametrize(
    "typed", ["", "　 ", "1\u200b2", "1\x002", "\ufeff1", "1\ud800", "7" * 1001, "1\u202e2"]
)
def test_what_nobody_can_see_or_publish_is_no_value(typed):
    with pytest.raises(ValueError, match="cannot be seen"):
        public_form(typed)


def test_a_line_keeps_its_full_width_characters():
    assert one_line(" 某彩票，　第１期 ") == "某彩票， 第１期"


@given(st.text())
def test_one_form_is_a_fixed_point(text):
    try:
        form = public_form(text)
    except ValueError:
        return
    assert public_form(form) == form == one_line(form)
    assert form.encode("utf-8")


@pytest.mark.parametrize(
    "code", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n", "０" * 64, None, 0]
)
def test_a_code_is_64_lower_case_digits(code):
    with pytest.raises(ValueError, match="32 bytes"):
        code_bytes(code)


def test_two_halves_of_a_character_are_one():
    """Other languages cannot tell them from the character: the same form, and the same seed, in all of them."""
    assert public_form("\ud840\udfb7") == "\U000203b7"
    with pytest.raises(ValueError, match="seen"):
        public_form("\ud840")
