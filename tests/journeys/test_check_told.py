"""What is told of how an answer came: of an earlier day, or not at all because no captcha came."""

import datetime as dt
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import openpyxl

from certcheck.registry.replica.server import Replica
from certcheck.report.problem_file import read_problems
from certcheck.report.write import PROBLEMS
from commands import settings
from tests.journeys.check_support import (
    asking,
    check,
    outcomes,
    people,
    person,
    roster,
    row,
    summary,
    write_csv,
)  # fmt: skip

TOMORROW = (settings.today() + dt.timedelta(days=1)).isoformat()


def test_an_earlier_answer_is_shown_with_its_date(here, capsys):
    """In every report, and on the terminal: of which day, and how many; one that was asked anew says nothing of it."""
    rows = [row(*person(0)), row(*person(1), 有效期至="2031-05-12")]
    with Replica(people(0, 1)) as replica:
        check(write_csv(here / "a.csv", rows), "--out", "one", *asking(here, replica))
        assert "沿用以前" not in capsys.readouterr().out
        assert "沿用以前" not in (here / "one" / "report.html").read_text(encoding="utf-8")
        again = check(here / "a.csv", "--out", "two", *asking(here, replica, max_age=7), "--as-of", TOMORROW)
        assert again == 1
    day = outcomes(here / "one")[0]["registry"]["asked_at"][:10]
    told, out = summary(here / "two"), capsys.readouterr().out
    assert told["reused"] == {day: 2}
    line = f"有 2 条沿用以前核验的答复（{day} 的 2 条），本次没有再问"
    page = (here / "two" / "report.html").read_text(encoding="utf-8")
    assert line in out
    assert line in page
    assert any(line in note for note in told["notes"])
    assert "本次没有向 127.0.0.1" in out, "nobody was asked by this run"
    assert page.count(f"查询结果沿用 {day} 的答复，本次核验没有再问。") == 2
    codes = [[f["code"] for f in one["findings"]] for one in outcomes(here / "two")]
    assert [found.count("REG-EARLIER") for found in codes] == [1, 1]
    sheet = openpyxl.load_workbook(here / "two" / "a-核验结果.xlsx").active
    assert sum(f"沿用 {day} 的答复" in str(cell.value) for cells in sheet.iter_rows() for cell in cells) == 2
    (problem,) = (one for one in read_problems(here / "two" / PROBLEMS) if one.code == "REG-DATES")
    assert f"（沿用 {day} 的答复）" in "".join(problem.cells)


@contextmanager
def without_captchas():
    """A site that answers nothing but errors; gives it, and the paths that were asked for."""
    paths = []

    class Broken(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path.partition("?")[0])
            self.send_error(500)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Broken) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}"), paths
        server.shutdown()


def test_nobody_is_told_as_asked_where_no_captcha_came(here, capsys):
    """Only a captcha was asked for: no moment of asking, no word that somebody was looked up; and it is not complete."""
    with without_captchas() as (site, paths):
        assert check(roster(here, 1), "--out", "o", *asking(here, site)) == 3
        assert set(paths) == {"/prod-api/certsearch/code"}
    (one,) = outcomes(here / "o")
    assert (one["registry"]["answer"], one["registry"]["asked_at"]) == ("no_answer", None)
    assert [(f["code"], f["message"].split("。")[0]) for f in one["findings"]] == [
        ("REG-NO-ANSWER", "没有查询成：没有取到验证码")
    ]
    out, page = capsys.readouterr().out, (here / "o" / "report.html").read_text(encoding="utf-8")
    assert "本次没有向 127.0.0.1" in out
    for text in (out, page):
        assert "已向" not in text
        assert "已查询" not in text
        assert "已联网" not in text
