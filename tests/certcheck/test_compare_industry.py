"""The industry of a safety-knowledge certificate, in whichever words of the catalogue it is written."""

import pytest

from certcheck.comparison.same_industry import same_industry
from common.catalogue import load_catalogue
from tests.certcheck.builders import SAFETY
from tests.certcheck.comparison.test_differences import found
from tests.certcheck.test_compare import MANAGER, codes

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("危险化学品生产", "烟花爆竹生产"), ("危险化学品生产", "危险化学品经营"), ("危险化学品生产", "非高危"),
        ("非高危", "金属冶炼"), ("非煤矿山", "金属冶炼"), ("加油站", "危险化学品生产"),
    ],
)  # fmt: skip
def test_another_industry(claimed, shown):
    """Each is assessed by itself: a certificate for the one is none for the other."""
    assert not same_industry(claimed, shown, CATALOGUE)


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("危化品生产", "危险化学品生产企业"), ("危险化学品", "危险化学品生产"), ("加油站", "危险化学品经营"),
        ("危险化学品储存", "危险化学品经营"), ("危险化学品生产经营单位", "危险化学品经营"), ("露天采石场", "金属非金属矿山"),
        ("非煤矿山", "石油天然气开采"), ("工贸", "金属冶炼"), ("烟花爆竹批发", "烟花爆竹"), ("非高危", "一般工贸"),
        ("危险化学品生产、烟花爆竹", "烟花爆竹经营"), ("", "烟花爆竹"), ("烟花爆竹", ""), ("某某业", "烟花爆竹"),
        ("机械制造", "危险化学品使用许可"), ("道路运输", "危险化学品经营"),
    ],
)  # fmt: skip
def test_other_words_of_one_industry(claimed, shown):
    """Spelling, a wider word, one of several, what is not stated, and the enterprise's own industry accuse nobody."""
    assert same_industry(claimed, shown, CATALOGUE)


def test_a_certificate_for_another_industry():
    """A safety manager of a chemical trader with a certificate for fireworks is told, field and both words."""
    (said,) = found(SAFETY, MANAGER | {"industry": "烟花爆竹生产"})
    assert (said.code, said.field, said.value, said.expected) == (
        "REG-ITEM", "industry", "危险化学品经营", "烟花爆竹生产",
    )  # fmt: skip
    assert "没有所填的行业类别" in said.message
    assert codes(SAFETY, MANAGER | {"industry": "危化品经营"}) == []
    fireworks = MANAGER | {"industry": "烟花爆竹生产", "valid_to": "2028-05-01"}
    assert codes(SAFETY, fireworks, MANAGER | {"industry": "危险化学品经营"}) == []
    other_type = MANAGER | {"industry": "危险化学品经营", "person_type": "主要负责人"}
    assert [(one.field, one.expected) for one in found(SAFETY, other_type)] == [("person_type", "主要负责人")]
