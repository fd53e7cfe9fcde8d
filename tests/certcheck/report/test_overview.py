"""What a boss sees first: the charts of where findings are."""

import pytest

from certcheck.report.overview import Overview
from common.catalogue import SAFETY as CERTIFICATE
from tests.certcheck.lists import SAFETY, SPECIAL, outcomes


def items(*rows):
    """Give the labels of the chart by item."""
    overview = Overview()
    for one in outcomes(*rows):
        overview.add(one)
    return [bar.label for name, bars in overview.charts() if name == "按项目" for bar in bars]


@pytest.mark.parametrize("kind", ["主要负责人", "安全生产管理人员", "安管人员", SAFETY["kind"]])
@pytest.mark.parametrize("item", ["", "安全生产管理人员"])
def test_a_managers_certificate_is_called_by_its_name(kind, item):
    """A type of person is no item: all of them are one bar."""
    assert items({**SAFETY, "kind": kind, "item": item, "valid_from": "", "valid_to": "2026-01-01"}) == [
        CERTIFICATE
    ]


def test_an_item_is_called_by_its_own():
    """A certificate of special operations is told by its item, and without one by its kind."""
    expired = {**SPECIAL, "valid_from": "", "first_issue": "", "review_due": "", "valid_to": "2026-01-01"}
    assert items(expired) == ["低压电工作业"]
    assert items({**expired, "item": ""}) == ["特种作业操作证"]
