"""difference.html: the table's ids and codes of places are told in words."""

from bs4 import BeautifulSoup

from scheduler.documents.difference import difference_page

RECORD = dict.fromkeys(
    ("change_number", "placed", "unplaced", "vacant", "parent", "changes_digest", "code", "seed", "seed_origin",
     "plan_digest", "result_digest", "committed"), 1,
)  # fmt: skip
SITES = [("S1", "第一技校"), ("S 2", "第二考点"), ("S3", "第二考点")]
PLAN = {"groups": [], "sites": [{"site_id": name, "name": called} for name, called in SITES]}
BEFORE = {"groups": [], "sites": [{"site_id": "S8", "name": "旧考点"}]}
TABLE = """kind,id,from,to,reason
trainee,X1,S1 2026-12-08 上午 第2考场5号座 例外：in_school、cross_city,,退考
trainee,X2,S3 2026-12-08 上午 第1考场1号座 第2组4号工位,S 2 2026-12-09 下午 第1考场2号座,改期
duty,W1,S9 2026-12-08 上午 监考 第1考场,,请假
duty,W2,S8 2026-12-08 上午 监考 第1考场,,请假
"""


def test_places_are_told_by_the_names_of_sites():
    """Two sites of one name keep their ids beside it, one nobody knows its id alone; one that is gone, the plan before tells."""
    page = BeautifulSoup(difference_page(PLAN, BEFORE, RECORD, TABLE.encode(), ["场次：甲"]), "html.parser")
    told = [
        [[part.text for part in cell.select(".w")] or cell.text for cell in row.select("td")[1:3]]
        for row in page.select("tbody > tr")
    ]
    assert "场次：甲" in page.get_text()
    assert told == [
        [["第一技校", "2026-12-08 上午", "第2考场5号座", "例外：在校学生在本校、跨市考试"], "没有考位"],
        [
            ["第二考点（S3）", "2026-12-08 上午", "第1考场1号座", "第2组 顺序号4"],
            ["第二考点（S 2）", "2026-12-09 下午", "第1考场2号座"],
        ],
        [["S9", "2026-12-08 上午", "监考", "第1考场"], "（不再担任）"],
        [["旧考点", "2026-12-08 上午", "监考", "第1考场"], "（不再担任）"],
    ]


def test_what_did_not_change_is_said_in_a_sentence_and_digests_are_folded_at_the_end():
    """A change without duties showed 考务任务（0） over an empty table."""
    head, duty = TABLE.splitlines()[0], TABLE.splitlines()[3]
    none = difference_page(PLAN, BEFORE, RECORD, f"{head}\n".encode(), []).decode()
    assert "没有考生的安排改变。" in none
    assert "没有考务任务改变。" in none
    assert "<table" not in none
    some = difference_page(PLAN, BEFORE, RECORD, f"{head}\n{duty}\n".encode(), []).decode()
    assert "没有考生的安排改变。" in some
    assert "考务任务（1）" in some
    assert some.index("<details>") < some.index("计划摘要")
    assert some.index("考务任务（1）") < some.index("<details>")
