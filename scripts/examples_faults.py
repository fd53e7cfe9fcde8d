"""The faults planted in the first sheet.

Each is judged on AS_OF without the network (``codes``) and against the local replica
(``registry``). ``may`` and ``registry_may`` are codes that the contract leaves open.
"""

from __future__ import annotations

from examples_record_faults import RECORD_FAULTS
from examples_staff_tables import Fault

_CERTIFICATE_CELLS = (
    "category item certificate_number first_issue valid_from valid_to review_due review_done issuer"
)
_NOTHING: dict[str, str | int] = dict.fromkeys(_CERTIFICATE_CELLS.split(), "")

# the number and the person
_PERSON: tuple[Fault, ...] = (
    Fault(
        "电工",
        "2024-05-13",
        ("ID-TRUNCATED",),
        "身份证号是数字单元格，末三位已被表格软件丢掉",
        {"id_number": 100000199003072000, "certificate_number": "T100000199003072216"},
        record=None,
    ),
    Fault(
        "焊工", "2024-06-18", ("ID-CHECKDIGIT",), "身份证号校验位不对（证号照抄）", key="check", record=None
    ),
    Fault(
        "电焊工",
        "2025-03-24",
        ("ID-MISSING",),
        "没有身份证号",
        {"id_number": "", "certificate_number": ""},
        record=None,
    ),
    Fault("维修电工", "2024-07-02", ("ID-OLD15",), "15 位旧身份证号", key="old15", born="1978-04-09"),
    Fault(
        "登高架设工",
        "2024-09-10",
        ("ID-FORMAT",),
        "身份证号只有 17 位",
        {"id_number": "{seventeen}", "certificate_number": ""},
        record=None,
    ),
    Fault(
        "高处安装工",
        "2024-10-15",
        ("ID-BIRTHDATE",),
        "身份证号中的出生日期是 2 月 30 日",
        key="birth",
        record=None,
    ),
    Fault("电工", "2025-02-17", ("NAME-MISSING",), "没有姓名", {"name": ""}, record=None),
    Fault("维修电工", "2024-08-20", ("ID-SEX",), "性别栏与身份证号不符", {"sex": "女"}, born="1988-10-02"),
    Fault("电工", "2024-11-12", ("ID-NAME-CONFLICT",), "与另一行身份证号相同而姓名不同", key="conflict"),
    Fault(
        "焊工",
        "2025-01-08",
        ("ID-NAME-CONFLICT",),
        "与另一行身份证号相同而姓名不同",
        key="conflict2",
        record=None,
        registry_may=("REG-NAME", "REG-NOT-FOUND"),
    ),
    Fault("高压电工", "2024-04-11", ("AGE-RETIRED",), "男，1963 年出生，已过法定退休年龄", born="1963-02-17"),
    Fault(
        "制冷工",
        "2024-03-19",
        ("AGE-RETIRED",),
        "女，按 50 岁一档已过、按 55 岁一档未到退休年龄",
        born="1974-05-21",
        male=False,
    ),
    Fault("焊工", "2024-03-20", ("AGE-UNDER-18",), "初领证时未满 18 周岁", born="2006-06-15"),
)

# the certificate itself
_CERTIFICATE: tuple[Fault, ...] = (
    Fault("电工", "2020-06-10", ("CERT-EXPIRED",), "证书已过期", registry=("REG-EXPIRED",)),
    Fault("高处安装工", "2020-09-22", ("CERT-EXPIRED",), "证书已过期", registry=("REG-EXPIRED",)),
    Fault(
        "焊工",
        "2022-08-16",
        ("CERT-REVIEW-OVERDUE",),
        "应复审日期已过，没有复审",
        {"review_done": ""},
        record={"review_done": None},
        registry=("REG-REVIEW-OVERDUE",),
    ),
    Fault(
        "维修电工",
        "2022-10-11",
        ("CERT-REVIEW-OVERDUE",),
        "复审做得太早（应复审日期前一年以上）",
        {"review_done": "2024-03-05"},
        record={"review_done": "2024-03-05"},
        registry=("REG-REVIEW-OVERDUE",),
    ),
    Fault(
        "登高架设工",
        "2022-05-20",
        ("CERT-REVIEW-UNKNOWN",),
        "没有写应复审和实际复审日期，推算的复审日期已过",
        {"review_due": "", "review_done": ""},
    ),
    Fault("高压电工", "2023-12-18", ("CERT-REVIEW-DUE",), "28 天后应复审"),
    Fault(
        "电焊工",
        "2024-01-05",
        ("CERT-REVIEW-DUE",),
        "没有写应复审日期，推算 46 天后应复审",
        {"review_due": ""},
    ),
    Fault("电工", "2020-12-25", ("CERT-EXPIRING",), "90 天内到期"),
    Fault("制冷维修工", "2021-01-19", ("CERT-EXPIRING",), "90 天内到期"),
    Fault("高处安装工", "2024-06-06", ("ROW-DUPLICATE",), "与前面一行是同一人同一项目", key="duplicate"),
    Fault(
        "叉车司机",
        "2024-08-08",
        ("ITEM-OTHER-MINISTRY",),
        "叉车证由市场监管部门核发",
        {
            "certificate_number": "{number}",
            "issuer": "云岭市市场监督管理局",
            "valid_to": "2028-08-07",
            "review_due": "",
            "review_done": "",
        },
        record=None,
    ),
    Fault(
        "设备运维员",
        "2024-10-22",
        ("ITEM-UNKNOWN",),
        "目录中没有的项目",
        record=None,
        registry_may=("REG-NOT-FOUND",),
    ),
    Fault("电工", "", ("CERT-MISSING",), "电工没有任何证书", _NOTHING, record=None),
    Fault(
        "焊工",
        "2024-12-03",
        ("CERT-SCOPE",),
        "焊工只有低压电工证",
        {"category": "电工作业", "item": "低压电工作业"},
        record={"category": "电工作业", "item": "低压电工作业"},
    ),
    Fault(
        "电工", "2023-03-02", ("DATE-UNREADABLE",), "初领日期是 2 月 30 日", {"first_issue": "2023年2月30日"}
    ),
    Fault("焊工", "2025-05-08", ("DATE-UNREADABLE",), "有效期起的年份只有两位", {"valid_from": "25/5/8"}),
    Fault(
        "维修电工",
        "2025-06-12",
        ("NUMBER-NOT-HOLDER",),
        "证号含同事的身份证号",
        {"certificate_number": "T{other}"},
        registry_may=("REG-NUMBER",),
    ),
    Fault(
        "登高架设工",
        "2025-04-15",
        ("NUMBER-FORM",),
        "证号不是 T 加身份证号",
        {"certificate_number": "云特登字第2504150号"},
        registry_may=("REG-NUMBER",),
    ),
    Fault(
        "高处安装工",
        "2026-12-03",
        ("DATE-FUTURE-ISSUE",),
        "初领日期在核验日期之后",
        record={
            "first_issue": "2025-12-03",
            "valid_from": "2025-12-03",
            "valid_to": "2031-12-02",
            "review_due": "2028-12-03",
        },
        registry=("REG-DATES",),
    ),
    Fault(
        "电焊工",
        "2025-03-10",
        ("DATE-RANGE",),
        "特种作业操作证只写了三年有效期",
        {"valid_to": "2028-03-09", "review_due": ""},
        registry=("REG-DATES",),
    ),
    Fault(
        "焊工",
        "2025-07-01",
        ("DATE-ORDER",),
        "有效期起止写颠倒",
        {"valid_from": "2031-06-30", "valid_to": "2025-07-01"},
        registry=("REG-DATES",),
        may=("DATE-RANGE", "CERT-EXPIRED"),
    ),
)

FAULTS = (*_PERSON, *_CERTIFICATE, *RECORD_FAULTS)
