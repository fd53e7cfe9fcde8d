"""An enterprise's own table of posts goes before the general one, for the posts it names."""

import pytest

from common.catalogue import load_catalogue
from common.errors import DataError, InputError
from common.own_posts import read_own_posts


def table(tmp_path, *rows, head="岗位,所需项目"):
    """Write a table and read it into a fresh catalogue."""
    path = tmp_path / "posts.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    catalogue = load_catalogue()
    catalogue.use_own_posts(read_own_posts(path, catalogue))
    return catalogue


def test_own_posts_are_judged_by_the_table_alone(tmp_path):
    """设备员 needs what the table says; 电工 without certificates here is the enterprise's word."""
    catalogue = table(tmp_path, "设备员,低压电工作业；高处作业", "电工,无")
    (need,) = catalogue.needs_of_post("设备员")
    assert (need.items, need.categories) == (("低压电工作业",), ("高处作业",))
    assert "posts.csv" in need.basis
    assert catalogue.needs_of_post("电工") == ()
    assert catalogue.needs_of_post("电焊工"), "posts that the table does not name are judged as before"


@pytest.mark.parametrize(("rows", "row"), [
    (["设备员,低压电工作业", "值班员,不存在的作业"], 3),
    (["设备员,"], 2),
    (["设备员,无", "设备 员,低压电工作业"], 3),
])  # fmt: skip
def test_faults_name_their_row(tmp_path, rows, row):
    """An unknown item, an empty need, a post twice: row as the spreadsheet shows it."""
    with pytest.raises(DataError) as caught:
        table(tmp_path, *rows)
    assert caught.value.row == row


def test_another_table_is_told(tmp_path):
    """Without the two columns it is no table of posts."""
    with pytest.raises(InputError, match="岗位"):
        table(tmp_path, "张三,1", head="姓名,年龄")
