"""One slip of the hand, and nothing else, is a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.comparison.slips import Slip, SlipKind, slip


@pytest.mark.parametrize(
    ("written", "right", "expected"),
    [
        ("仿真张三", "仿真张三", None),
        ("仿真章三", "仿真张三", Slip(SlipKind.REPLACED, 3)),
        ("仿张真三", "仿真张三", Slip(SlipKind.SWAPPED, 2)),
        ("仿真三", "仿真张三", Slip(SlipKind.MISSING, 3)),
        ("仿真张三三", "仿真张三", Slip(SlipKind.EXTRA, 5)),
        ("仿真", "仿真张三", None),
        ("张", "李", Slip(SlipKind.REPLACED, 1)),
        ("", "李", Slip(SlipKind.MISSING, 1)),
        ("20240513", "20240531", Slip(SlipKind.SWAPPED, 7)),
        ("20240513", "20241503", None),
        ("ab", "cd", None),
    ],
)
def test_examples(written, right, expected):
    assert slip(written, right) == expected


def distance(one, other):
    """The restricted Damerau-Levenshtein distance, from its definition."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


texts = st.text("abc", max_size=6)


@given(texts, texts)
def test_a_slip_is_distance_one(written, right):
    assert (slip(written, right) is not None) == (distance(written, right) == 1)


@given(texts, texts)
def test_the_place_is_where_it_can_be_mended(written, right):
    found = slip(written, right)
    if found is None:
        return
    at = found.place - 1
    mended = {
        SlipKind.REPLACED: written[:at] + right[at : at + 1] + written[at + 1 :],
        SlipKind.SWAPPED: written[:at] + written[at : at + 2][::-1] + written[at + 2 :],
        SlipKind.MISSING: written[:at] + right[at : at + 1] + written[at:],
        SlipKind.EXTRA: written[:at] + written[at + 1 :],
    }
    assert mended[found.kind] == right


def test_told():
    told = [Slip(kind, 3).told("位") for kind in SlipKind]
    assert told == ["只有第 3 位不同", "第 3、4 位颠倒", "所填少了第 3 位", "所填多了第 3 位"]
