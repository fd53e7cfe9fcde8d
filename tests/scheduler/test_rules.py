"""A city's rules; why: a mistyped key would silently leave the default in force."""

from dataclasses import replace
from fractions import Fraction

import pytest

from common.errors import InputError
from scheduler.rules import RulesError, load_rules
from tests.scheduler.builders import planned
from tests.scheduler.checker.good import good_problem


def rules(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules(path)


def test_defaults_are_the_contracts():
    found = load_rules().as_data()
    assert found == {
        "pack": "guangdong-2023",
        "cross_city": {"items": []},
        "priority": {"public_first": True},
        "lottery": {"cap": "1/2"},
        "conflicts": {"share": "1/4", "years": 3, "training_staff": "unrelated"},
        "staffing": {
            "room_size": 30,
            "invigilators_per_room": 2,
            "examiners_per_item": 2,
            "patrols_per_site": 1,
            "substitutes": 2,
            "halves_running": 4,
        },
        "seating": {"columns": 6},
        "times": {
            "am": "09:00",
            "pm": "14:30",
            "entry_minutes": 30,
            "theory_minutes": 120,
            "practical_minutes": 60,
        },
        "notice": {"public_days": 7, "filing_days": 5, "issuer": "", "contact": ""},
    }


def test_own_values_and_where_they_come_from(tmp_path):
    found = rules(
        tmp_path, '[lottery]\ncap = "1/3"\n[conflicts]\nshare = 0.5\n[cross_city]\nitems = ["制冷"]\n'
    )
    assert (found.cap, found.share, found.cross_city_items) == (Fraction(1, 3), Fraction(1, 2), ("制冷",))
    assert found.room_size == 30
    assert "rules.toml" in found.sources["lottery.cap"]
    assert found.sources["staffing.room_size"].startswith("非法律规定")
    assert load_rules().cap == Fraction(1, 2)


def test_an_address_that_is_not_stated_is_not_published(tmp_path):
    """Plans of before there was this key have the same rules, and the same digest, as those without it."""
    stated = rules(tmp_path, '[notice]\nwebsite = "https://kaoshi.example"\n')
    assert stated.as_data()["notice"]["website"] == "https://kaoshi.example"
    assert "website" not in load_rules().as_data()["notice"]


def test_packs_extend_one_another(tmp_path):
    found = rules(tmp_path, 'pack = "chongqing-2022"\n')
    assert (found.training_staff, found.years) == ("never", 3)
    with pytest.raises(InputError, match="guangdong-2023"):
        rules(tmp_path, 'pack = "atlantis"\n')


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("[lottery]\n\ncup = 1\n", [("lottery.cup", 3)]),
        ("[lotery]\ncap = 1\n", [("lotery", 1)]),
        ("lottery = 3\n", [("lottery", 1)]),
        ("[lottery]\ncap = 0\n", [("lottery.cap", 2)]),
        ('[lottery]\ncap = "1/0"\n', [("lottery.cap", 2)]),
        ('[lottery]\ncap = "3/2"\n', [("lottery.cap", 2)]),
        ("[lottery]\ncap = 1e-9\n", [("lottery.cap", 2)]),
        ('[lottery]\ncap = "1e999999999"\n', [("lottery.cap", 2)]),
        ("[conflicts]\nshare = 25\nyears = -1\n", [("conflicts.share", 2), ("conflicts.years", 3)]),
        ("[conflicts]\nyears = true\n", [("conflicts.years", 2)]),
        ('[conflicts]\ntraining_staff = "maybe"\n', [("conflicts.training_staff", 2)]),
        ('[cross_city]\nitems = "制冷"\n', [("cross_city.items", 2)]),
        ('[priority]\npublic_first = "yes"\n', [("priority.public_first", 2)]),
        ("[staffing]\nroom_size = 0\n", [("staffing.room_size", 2)]),
        ("[staffing]\nroom_size = 1000000000\n", [("staffing.room_size", 2)]),
        ("[staffing]\ninvigilators_per_room = 1001\n", [("staffing.invigilators_per_room", 2)]),
        ("[staffing]\npatrols_per_site = 1001\n", [("staffing.patrols_per_site", 2)]),
        ("[seating]\ncolumns = 0\n", [("seating.columns", 2)]),
        ('[times]\nam = "9"\npm = "25:00"\n', [("times.am", 2), ("times.pm", 3)]),
        ("[times]\ntheory_minutes = 0\n", [("times.theory_minutes", 2)]),
        ("[notice]\npublic_days = -1\nissuer = 3\n", [("notice.public_days", 2), ("notice.issuer", 3)]),
    ],
)
def test_faults_name_the_key_and_the_line(tmp_path, text, faults):
    with pytest.raises(RulesError) as caught:
        rules(tmp_path, text)
    found = [(one.key, one.row) for one in caught.value.faults]
    assert sorted(found) == sorted(faults)
    assert all(key in str(caught.value) for key, _ in faults)


def test_what_is_no_toml(tmp_path):
    with pytest.raises(InputError, match="TOML"):
        rules(tmp_path, "[lottery\n")
    with pytest.raises(InputError):
        load_rules(tmp_path / "none.toml")


def test_what_the_rule_file_is_called_changes_no_plan(tmp_path):
    """The plan's digest makes the draw: a file renamed, or a workbook's rules beside it, must not roll it anew."""
    batch = good_problem()
    digests = set()
    for name in ("rules.toml", "city.toml"):
        (tmp_path / name).write_text('[cross_city]\nitems = ["制冷与空调作业"]\n', encoding="utf-8")
        digests.add(planned(replace(batch, rules=load_rules(tmp_path / name)))["digest"])
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[lottery\ncap = 1\n", "第 1 行"),
        (b'[lottery]\ncap = "1/2"\ncap = "1/3"\n', "第 3 行"),
        (b'[cross_city]\nitems = ["a"\n', "TOML"),
        ("[cross_city]\nitems = ['焊工']\n".encode("gbk"), "UTF-8"),
        (b"[conflicts]\nyears = " + b"9" * 6000, "无法读取"),
        (b"[cross_city]\nitems = " + b"[" * 5000, "无法读取"),
        (None, "打不开规则文件"),
    ],
)
def test_a_rule_file_that_cannot_be_read_is_told_in_chinese(tmp_path, content, told):
    """Where, what, what to do; and no word of the library that reads it."""
    path = tmp_path / "city.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=told) as caught:
        load_rules(path)
    words = (
        str(caught.value)
        .replace(str(path), "")
        .replace("city.toml", "")
        .replace("TOML", "")
        .replace("UTF-8", "")
    )
    assert not any(one.isascii() and one.isalpha() for one in words)


@pytest.mark.parametrize("written", ['"50%"', '"50 %"', '"５０％"', '"1/2"', "0.5"])
def test_a_part_may_be_written_in_per_cent(tmp_path, written):
    found = rules(tmp_path, f"[lottery]\ncap = {written}\n[conflicts]\nshare = {written}\n")
    assert (found.cap, found.share) == (Fraction(1, 2), Fraction(1, 2))


@pytest.mark.parametrize("written", ['"0%"', '"101%"', '"%"', '"1/2%"', '"50%%"', '"1 / 2"'])
def test_per_cent_that_are_no_part(tmp_path, written):
    with pytest.raises(RulesError):
        rules(tmp_path, f"[lottery]\ncap = {written}\n")
