"""Canonical bytes; why: a digest that two programs do not share proves nothing."""

import datetime as dt
import hashlib
import json
import math
from enum import Enum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.canonical import canonical_bytes, digest

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=30,
)


@given(VALUES)
def test_it_is_json_with_sorted_keys_and_no_blanks(value):
    whole = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert canonical_bytes(value) == whole
    assert digest(value) == hashlib.sha256(whole).hexdigest()


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_long_lists_and_iterators_are_lists(count):
    """A thousand members at a time: the places where they meet are where a comma could be lost."""
    listed = [[number, "名"] for number in range(count)]
    whole = json.dumps({"a": listed}, ensure_ascii=False, separators=(",", ":")).encode()
    assert canonical_bytes({"a": listed}) == canonical_bytes({"a": iter(listed)}) == whole


_FLOATS = [1.0, [1, [2.5]], {"a": {"b": 0.0}}, [{"a": [1.5]}], 1e16, [1e-7], [math.nan], {"a": -math.inf}]


@pytest.mark.parametrize("value", _FLOATS)
def test_floats_are_refused_however_deep(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)
    with pytest.raises(TypeError):
        digest(value)


class _Own(float):
    pass


class _Named(float, Enum):
    NUMBER = 1e16


@given(st.floats() | st.floats().map(_Own) | st.just(_Named.NUMBER), VALUES, st.integers(0, 3), st.booleans())
def test_every_float_is_refused_whatever_stands_around_it(number, beside, place, huge):
    wide = 2**70 if huge else 0  # beyond 64 bits: written by another way
    value = [number, [beside, number], {"a": [beside, {"b": number}]}, (beside, (number,))][place]
    with pytest.raises(TypeError):
        canonical_bytes([wide, value])
    with pytest.raises(TypeError):
        canonical_bytes({"wide": wide, "value": value})


@given(st.lists(st.floats().map(str) | st.sampled_from(["null", "1e5", "3e-7", "1.0", "true.1e+9"])), VALUES)
def test_text_that_reads_like_a_float_is_text(texts, beside):
    value = {"a": texts, "b": [[text, beside, None] for text in texts], "c": dict.fromkeys(texts, 1)}
    whole = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert canonical_bytes(value) == whole


@pytest.mark.parametrize("value", [dt.date(2026, 1, 2), [dt.time(8)], {"a": Fraction(1, 2)}, {1, 2}])
def test_what_is_no_json_is_refused_and_not_guessed_at(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)
