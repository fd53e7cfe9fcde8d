"""What a person is told of how a list was read."""

import pytest

from certcheck.report.how_read import rows_told
from scheduler.batch.columns import listed_rows


@pytest.mark.parametrize(
    ("tell", "most"), [(rows_told, 20), (listed_rows, 8)], ids=["staff list", "exam batch"]
)
def test_many_rows_are_counted(tell, most):
    """The sentence goes on with 行: 第 1、2、3 等 33 行."""
    assert tell([2, 3]) == "2、3"
    assert tell(list(range(1, 34))) == f"{'、'.join(map(str, range(1, most + 1)))} 等 33"
