"""The first few of many: all of a few, else the first, and how many there are."""

from common.listing import first_few


def test_the_first_few():
    assert first_few([], 2) == ""
    assert first_few(["甲", "乙"], 2, "人") == "甲、乙"
    assert first_few({"甲": 1, "乙": 2, "丙": 3}, 2, "人") == "甲、乙 等 3 人"
    assert first_few(["甲", "乙", "丙"], 2) == "甲、乙 等"
