"""Keys on paper and telephone; why: on the morning a mistyped letter must be found, not a locked exam."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import InputError
from scheduler.postings.keys import PART_BYTES, as_text, from_text, joined

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
parts = st.binary(min_size=PART_BYTES, max_size=PART_BYTES)
whose = st.sampled_from("AB")


def test_a_part_by_hand():
    """Twenty zero bytes: every letter is A (0), so that the check of group n is n - 1, of part B 8 more."""
    zero = bytes(PART_BYTES)
    assert as_text(zero, "A") == "AAAAA AAAAB AAAAC AAAAD AAAAE AAAAF AAAAG AAAAH"
    assert as_text(zero, "B") == "AAAAI AAAAJ AAAAK AAAAL AAAAM AAAAN AAAAO AAAAP"
    one = as_text(b"\x08" + bytes(PART_BYTES - 1), "A")  # the first five bits are 1; four doublings make 16
    assert one.split()[0] == "BAAAQ"


@given(parts, whose)
def test_it_comes_back_however_it_is_typed(part, name):
    text = as_text(part, name)
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    alike = text.replace("O", "0").replace("I", "1").replace("B", "8")
    for typed in (
        text,
        text.lower(),
        text.replace(" ", "-"),
        text.replace(" ", ""),
        wide,
        alike,
        f" {text}\n",
    ):
        assert from_text(typed, name) == part


@given(parts, whose, st.integers(0, 7), st.integers(0, 4), st.sampled_from(LETTERS))
def test_any_wrong_letter_is_named_by_its_group_and_not_repeated(part, name, group, place, letter):
    groups = as_text(part, name).split()
    if groups[group][place] == letter:
        return
    groups[group] = groups[group][:place] + letter + groups[group][place + 1 :]
    with pytest.raises(InputError, match=f"钥匙 {name}：第 {group + 1} 组有误") as told:
        from_text(" ".join(groups), name)
    assert groups[group] not in str(told.value)


@given(parts, whose, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_any_two_letters_that_changed_places_are_found(part, name, group, one, two):
    groups = as_text(part, name).split()
    letters = list(groups[group])
    if letters[one] == letters[two]:
        return
    letters[one], letters[two] = letters[two], letters[one]
    groups[group] = "".join(letters)
    with pytest.raises(InputError, match=f"第 {group + 1} 组有误"):
        from_text(" ".join(groups), name)


@given(parts, st.integers(0, 7), st.integers(0, 7))
def test_groups_that_changed_places_are_found(part, one, two):
    groups = as_text(part, "A").split()
    if one == two:
        return
    groups[one], groups[two] = groups[two], groups[one]
    with pytest.raises(InputError, match="有误"):
        from_text(" ".join(groups), "A")


@given(parts)
def test_the_other_key_is_called_that(part):
    with pytest.raises(InputError, match="给出的是钥匙 B"):
        from_text(as_text(part, "B"), "A")


@pytest.mark.parametrize("text", ["", "AAAA", "AAAAA " * 9, "钥匙"])
def test_what_is_no_key_is_told_by_its_length(text):
    with pytest.raises(InputError, match="应为 8 组"):
        from_text(text, "A")


@given(parts, parts)
def test_one_part_fits_every_secret(part, secret):
    """For each part A and any secret there is a part B: whoever has A alone knows nothing of the secret."""
    assert joined(part, joined(part, secret)) == secret
