"""Which kind of certificate and which industry a cell names."""

import pytest

from common.catalogue import SAFETY, SPECIAL, Kind, load_catalogue

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("written", "kind", "certain"),
    [
        (SPECIAL, Kind.SPECIAL, True),
        ("特种作业", Kind.SPECIAL, True),
        ("特种作业操作证（应急）", Kind.SPECIAL, True),
        ("应急管理厅特种作业操作证", Kind.SPECIAL, True),
        ("非煤矿山特种作业操作证", Kind.SPECIAL, True),
        ("操作证", Kind.SPECIAL, False),
        ("低压电工证", Kind.SPECIAL, True),
        ("架子工证", Kind.SPECIAL, False),
        (SAFETY, Kind.SAFETY, True),
        ("安全生产知识与管理能力考核合格证（主要负责人）", Kind.SAFETY, True),
        ("安全管理人员证", Kind.SAFETY, False),
        ("安全生产考核合格证", Kind.OTHER, False),
        ("安全生产考核合格证书", Kind.OTHER, False),
        ("安全员C证", Kind.OTHER, True),
        ("安全生产考核合格证书（C证）", Kind.OTHER, True),
        ("安考证（C类）", Kind.OTHER, True),
        ("安全生产管理人员考核合格证（C类）", Kind.OTHER, True),
        ("安全生产知识和管理能力考核合格证（A类）", Kind.SAFETY, True),
        ("安全生产管理人员考核合格证", Kind.SAFETY, False),
        ("安全生产培训合格证", Kind.TRAINING, True),
        ("特种作业培训证", Kind.TRAINING, True),
        ("结业证书", Kind.TRAINING, True),
        ("特种设备作业人员证", Kind.OTHER, True),
        ("建筑施工特种作业操作资格证书", Kind.OTHER, True),
        ("建筑施工特种作业操作证", Kind.OTHER, True),
        ("住建厅特种作业操作证", Kind.OTHER, True),
        ("住房和城乡建设厅特种作业操作证", Kind.OTHER, True),
        ("煤矿特种作业操作证", Kind.OTHER, True),
        ("煤矿井下电气作业", Kind.OTHER, True),
        ("职业资格证", Kind.OTHER, True),
        ("叉车证", Kind.OTHER, True),
    ],
)
def test_kind(written: str, kind: Kind, *, certain: bool) -> None:
    match = CATALOGUE.match_kind(written)
    assert match is not None
    assert (match.kind, match.certain) == (kind, certain)


@pytest.mark.parametrize("text", ["", "安全员证", "身份证", "文员", "B2", "其他", "低压电工、叉车"])
def test_no_kind(text: str) -> None:
    assert CATALOGUE.match_kind(text) is None


@pytest.mark.parametrize(
    ("text", "name", "assessed"),
    [
        ("危险化学品生产", "危险化学品生产", True),
        ("危化品经营（带储存）", "危险化学品经营", True),
        ("非煤矿山", "金属非金属矿山", True),
        ("非煤露天矿山", "金属非金属矿山", True),
        ("煤矿", "煤矿", False),
        ("工贸（金属冶炼）", "金属冶炼", True),
        ("烟花爆竹批发", "烟花爆竹", True),
        ("石油天然气开采", "石油天然气开采", True),
        ("建筑施工", "建筑施工", False),
        ("危险化学品道路运输", "道路运输", False),
        ("非高危", "非高危", False),
        ("机械制造", "工贸", False),
    ],
)
def test_industry(text: str, name: str, *, assessed: bool) -> None:
    industry = CATALOGUE.industry(text)
    assert industry is not None
    assert (industry.name, industry.assessed) == (name, assessed)


@pytest.mark.parametrize("text", ["", "其他", "软件", "非危险化学品"])
def test_no_industry(text: str) -> None:
    assert CATALOGUE.industry(text) is None


@pytest.mark.parametrize(
    ("text", "emergency", "managers"),
    [
        ("某市应急管理局", True, ""),
        ("某省安全生产监督管理局", True, ""),
        ("某省住房和城乡建设厅", False, "安全生产考核合格证书（建筑施工企业安管人员）"),
        ("某县交通运输局", False, "公路水运工程施工企业安全生产管理三类人员考核"),
    ],
)
def test_issuer(text: str, managers: str, *, emergency: bool) -> None:
    issuer = CATALOGUE.issuer(text)
    assert issuer is not None
    assert (issuer.emergency, issuer.managers) == (emergency, managers)


@pytest.mark.parametrize("text", ["", "某培训学校", "某交通运输职业学院", "某建设局培训中心", "某公司"])
def test_no_issuer(text: str) -> None:
    assert CATALOGUE.issuer(text) is None


def test_a_letter_inside_a_word_is_no_class_of_certificate() -> None:
    """IC证 is a card, not the construction ministry's C证."""
    assert CATALOGUE.match_kind("安全生产管理人员IC证") is None
