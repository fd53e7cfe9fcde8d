from dataclasses import replace

import pytest

from certcheck.folder import read_folder
from certcheck.model import Entry, Person, Source
from certcheck.offline.context import Context, Roll
from certcheck.offline.photos import check
from certcheck.photos.matching import match_photos
from certcheck.registry.whose import load_hosts
from common.catalogue import load_catalogue
from common.identity import read_identity
from tests.certcheck.builders import AS_OF, LI, ZHANG, codes_of, outcomes, rules
from tests.certcheck.builders import SPECIAL as ROW
from tests.certcheck.photos.pictures import code, on_a_card, saved

OFFICIAL, STRANGE = "https://cx.mem.gov.cn/special?t=1", "http://cx.mem.gov.cn.example.com/t?id=1"
HOSTS = load_hosts()
GOOD, BAD = saved(code(OFFICIAL)), saved(code(STRANGE))


def entry(name, number, row, photo=""):
    return Entry(Source("名单.xlsx", "", row), Person(name, read_identity(number), number, photo=photo), None)


class Shots:
    """Photos beside a list of two people."""

    def __init__(self, folder):
        self.folder = folder

    def add(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return self

    def of(self, *people):
        self.people = people or (entry("仿真张三", ZHANG, 2), entry("仿真李四", LI, 3))
        told = []
        folder = read_folder(self.folder, "--photos")
        self.photos = match_photos(folder, self.people, HOSTS, lambda done, total: told.append((done, total)))
        assert told[-1] == (len(folder.files),) * 2
        context = Context(AS_OF, rules(), load_catalogue(), Roll.of(self.people), photos=self.photos)
        return [[found.code for found in check(one, context)] for one in self.people]

    def uses(self):
        return [use.result for use in self.photos.uses]


@pytest.fixture
def shots(tmp_path):
    return Shots(tmp_path)


def test_by_number_by_name_and_by_the_code(shots):
    shots.add(f"{ZHANG}.png", BAD).add("IMG_仿真李四_低压.png", BAD)
    assert shots.of() == [["QR-HOST"], ["QR-HOST"]]
    other = Shots(shots.folder / "b").add("IMG_0001.png", saved(code(f"http://example.com/?no=T{ZHANG}")))
    assert other.of() == [["QR-HOST"], []]


def test_by_the_column_of_the_list(shots):
    """Cells name files; they open none, wherever they point."""
    shots.add("a/1.png", BAD).add("2.PNG", GOOD)
    people = (
        entry("仿真张三", ZHANG, 2, photo="A\\1.png；2.png"), entry("仿真李四", LI, 3, photo="../../秘密.png"),
        entry("仿真王五", "000000199102030014", 4, photo="有"),
    )  # fmt: skip
    assert shots.of(*people) == [["QR-HOST"], ["QR-UNREADABLE"], []]


def test_namesakes_and_two_names_are_not_guessed(shots):
    shots.add("仿真张三.png", BAD).add("仿真张三和仿真李四.png", BAD)
    people = (
        entry("仿真张三", ZHANG, 2),
        entry("仿真张三", "000000199102030014", 3),
        entry("仿真李四", LI, 4),
    )
    assert shots.of(*people) == [[], [], []]
    assert shots.uses() == ["不对应名单上的人", "不对应名单上的人"]


def test_a_name_inside_a_longer_name(shots):
    shots.add("仿真张三丰.png", BAD)
    assert shots.of(entry("仿真张三", ZHANG, 2), entry("仿真张三丰", LI, 3)) == [[], ["QR-HOST"]]


def test_nobodys_photo_is_told(shots):
    shots.add("IMG_1.png", BAD).add(f"{ZHANG}.txt", b"x").add(
        "仿真李四.heic", b"\0\0\0\x18ftypheic" + b"\0" * 99
    )
    assert shots.of() == [["QR-UNREADABLE"], ["QR-UNREADABLE"]]
    assert sorted(shots.uses()) == ["不对应名单上的人", "读不了", "读不了"]


def test_findings_of_one_photo(shots):
    """An official host is no finding; everything else is told once, and nobody is accused."""
    expected = {
        OFFICIAL: [], "http://wxcx.mem.gov.cn/#1": ["QR-OLD-HOST"], "https://cnse.samr.gov.cn/1": ["QR-OTHER-BODY"],
        "0123456789": ["QR-NO-ADDRESS"], "http://cx.mem.gov.cn@example.com": ["QR-HOST"],
        f"https://cx.mem.gov.cn/?n={LI}": ["QR-NUMBER"], f"https://cx.mem.gov.cn/?n={ZHANG}": [],
    }  # fmt: skip
    for number, (text, codes) in enumerate(expected.items()):
        one = Shots(shots.folder / str(number)).add(f"{ZHANG}.png", saved(code(text)))
        assert one.of(entry("仿真张三", ZHANG, 2)) == [codes], text


def test_no_code_on_any_photo(shots):
    blank = saved(on_a_card())
    shots.add("仿真张三 正面.png", blank).add("仿真张三 反面.png", blank)
    assert shots.of()[0] == ["QR-NONE"]
    shots.add("仿真张三 反面.png", GOOD)
    assert shots.of()[0] == []


def test_strange_codes_beside_the_official_one_are_told(shots):
    shots.add("仿真张三.png", saved(on_a_card(code(OFFICIAL), code(STRANGE))))
    assert shots.of()[0] == ["QR-HOST"]


def test_another_bodys_certificate_is_left_alone(shots):
    """Its code leads elsewhere by right."""
    shots.add("仿真张三.png", BAD)
    shots.of()
    (outcome,) = outcomes({**ROW, "kind": "特种设备安全管理和作业人员证", "item": "叉车司机"})
    assert outcome.entry.claim.elsewhere
    context = Context(
        AS_OF, rules(), load_catalogue(), Roll.of([outcome.entry]), photos=self_photos(shots, outcome.entry)
    )
    assert list(check(outcome.entry, context)) == []


def self_photos(shots, one):
    return replace(shots.photos, of_whom={one.person.number: shots.photos.of(shots.people[0])})


def test_the_sentence_names_the_host_and_never_says_fake(shots):
    shots.add("仿真张三.png", BAD)
    shots.of()
    context = Context(AS_OF, rules(), load_catalogue(), Roll.of(shots.people), photos=shots.photos)
    (found,) = check(shots.people[0], context)
    assert str(found.severity) == "attention"
    assert "cx.mem.gov.cn.example.com" in found.message
    assert "扫码" in found.message
    assert "不能据此认定为假证" in found.message


def test_without_photos_nothing_is_said():
    assert "QR" not in "".join(codes_of(outcomes(ROW)[0]))
