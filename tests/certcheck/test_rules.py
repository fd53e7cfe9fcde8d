"""Rule packs: chosen by the day, refused where a value or its source is missing."""

import datetime as dt

import pytest

from certcheck.rules import RuleBook, load_rules
from common.dates import CivilDate
from common.errors import DataError
from tests.certcheck.lists import rules

PACK = """
[pack]
name = "{name}"
title = "本单位规定"
short = "本单位"
subject = "reminders"
valid_from = "2020-01-01"
[values]
expiry_days = {{ value = 30, article = "内部", confidence = "high" }}
early_review_years = {{ value = 1, article = "内部", confidence = "high" }}
"""


def extra(folder, text):
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_law_changed_on_a_day():
    """Order 30 governs the last of May 2026, Order 19 the first of June; older events fall under Order 30."""
    for day, name in (("2026-05-31", "order-30"), ("2026-06-01", "order-19"), ("1999-01-01", "order-30")):
        assert rules().at("special", dt.date.fromisoformat(day)).name == name
    assert rules().of_event("special", CivilDate(2026, 5)).name == "order-30"


def test_carried_over_values_say_so():
    """What nobody has read in the new order is marked wherever it is quoted."""
    assert "未确认" in rules().at("special", dt.date(2026, 11, 20)).basis("validity_years")
    assert "未确认" not in rules().at("special", dt.date(2026, 1, 1)).basis("validity_years")


def test_an_own_pack_replaces_the_one_it_overlaps(tmp_path):
    """An administrator's file changes its subject and nothing else."""
    own = load_rules(extra=extra(tmp_path, PACK.format(name="own")))
    assert own.at("reminders", dt.date(2026, 1, 1)).number("expiry_days") == 30
    assert own.at("special", dt.date(2026, 1, 1)).name == "order-30"
    assert isinstance(own, RuleBook)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('subject = "reminders"', 'subject = "别的"', "主题"),
        ('subject = "reminders"', "", "pack.subject"),
        ("value = 30", 'value = "三十"', "expiry_days"),
        ("value = 30", "value = true", "expiry_days"),
        ("value = 30", "value = -1", "expiry_days"),
        ("value = 30, ", "", "expiry_days"),
        ('article = "内部", confidence = "high" }\nearly', 'confidence = "high" }\nearly', "article"),
        ('confidence = "high" }\nearly', 'confidence = "sure" }\nearly', "confidence"),
        ('valid_from = "2020-01-01"', 'valid_from = "2020-13-01"', "valid_from"),
        ('valid_from = "2020-01-01"', "valid_from = 2020-01-01", "valid_from"),
        ('valid_from = "2020-01-01"', 'valid_from = "2020-01-01"\nvalid_to = 2021-01-01', "valid_to"),
        ('valid_from = "2020-01-01"', 'valid_from = "2020-01-01"\nvalid_to = "2019-01-01"', "valid_to"),
        ("expiry_days =", "expiry_day =", "expiry_days"),
        ("[pack]", "pack = 1\n[more]", "pack"),
        ("[values]", "values = 1\n[more]", "values"),
        ("[pack]", "[pack", "TOML"),
    ],
)
def test_faulty_packs_are_refused(tmp_path, old, new, told):
    """A pack with a fault names file and field, and never reaches a judgement."""
    text = PACK.format(name="own")
    assert old in text
    with pytest.raises(DataError, match=r"own\.toml") as caught:
        load_rules(extra=extra(tmp_path, text.replace(old, new)))
    assert told in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    """A path that leads nowhere is the user's error."""
    with pytest.raises(DataError):
        load_rules(extra=tmp_path / "没有.toml")
