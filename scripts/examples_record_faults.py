"""Rows that are in order on paper, and not so on record: without the registry nothing is found."""

from __future__ import annotations

from examples_staff_tables import Fault

RECORD_FAULTS: tuple[Fault, ...] = (
    Fault("电工", "2024-04-22", (), "名单无误，平台查不到此人", record=None, registry=("REG-NOT-FOUND",)),
    Fault(
        "焊工",
        "2025-08-19",
        (),
        "名单无误，平台只有历史数据",
        registry=("REG-HISTORY-ONLY",),
        record={
            "history": True,
            "first_issue": "2018-08-21",
            "valid_from": "2018-08-21",
            "valid_to": "2024-08-20",
            "review_due": "2021-08-21",
            "review_done": "2021-07-30",
        },
        registry_may=("REG-DATES", "REG-EXPIRED"),
    ),
    Fault(
        "维修电工",
        "2024-09-24",
        (),
        "名单写低压，平台是高压",
        record={"item": "高压电工作业"},
        registry=("REG-ITEM",),
    ),
    Fault(
        "电焊工",
        "2024-11-26",
        (),
        "有效期止与平台不同",
        record={"valid_to": "2029-11-25"},
        registry=("REG-DATES",),
    ),
    Fault(
        "登高架设工",
        "2025-10-14",
        (),
        "名单有效，平台记录已过期",
        registry=("REG-DATES", "REG-EXPIRED"),
        record={
            "first_issue": "2019-10-14",
            "valid_from": "2019-10-14",
            "valid_to": "2025-10-13",
            "review_due": "2022-10-14",
            "review_done": "2022-09-20",
        },
    ),
    Fault(
        "高处安装工",
        "2025-09-16",
        (),
        "平台显示证书已注销",
        record={"status": "注销"},
        registry=("REG-STATUS",),
    ),
)
