"""What the terminal says of one trainee: what people ask about first, and no list of hundreds of sites."""

from commands.exam_explain import _closed_lines
from scheduler.explaining import Closed


def test_ties_come_first_and_of_very_many_sites_some_are_named():
    away = [Closed(f"S{number}", "", 3, "考点在南山市", "通知") for number in range(10)]
    own = Closed("S99", "东校", 2, "交叉考试回避：属于机构一", "通知第二部分（三）")
    late = Closed("S98", "西校", 1, "晚于最晚日期", "")
    assert list(_closed_lines([late, *away, own])) == [
        "  S99 东校：交叉考试回避：属于机构一（规则 2）（通知第二部分（三））",
        "  S98 西校：晚于最晚日期（规则 1）",
        "  S0、S1、S2、S3、S4、S5、S6、S7 等 10 个：考点在南山市（规则 3）（通知）",
    ]
