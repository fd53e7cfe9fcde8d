import json
import threading
import time

from certcheck.registry.replica.faults import parse_faults
from tests.certcheck.registry.replica_support import HOSTILE, LI, NOBODY, ZHANG, SetClock, client_of


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_audit_tells_what_happened(tmp_path):
    """Each request is a line with its outcome, why it was refused, and the gap to the query before."""
    clock, path = SetClock(), tmp_path / "audit.jsonl"
    with client_of(clock=clock, audit=path) as client:
        client.ask(*ZHANG)
        clock.now += 3.5
        client.ask(*NOBODY)
        client.ask(*ZHANG, captcha=("unknown", "1234"))
        lines = lines_of(path)
    assert [line["event"] for line in lines] == ["captcha", "query", "captcha", "query", "query"]
    queries = [line for line in lines if line["event"] == "query"]
    assert [line["outcome"] for line in queries] == ["found", "not_found", "refused"]
    assert [line["reason"] for line in queries] == [None, None, "captcha-unknown"]
    assert [(line["nth"], line["gap"], line["concurrent"]) for line in queries] == [
        (1, None, 1), (2, 3.5, 1), (3, 0.0, 1),
    ]  # fmt: skip
    assert [line["count"] for line in queries] == [2, 0, 0]
    assert queries[0]["person"] == queries[2]["person"] != queries[1]["person"]
    assert lines[0]["time"] == "2023-11-14T22:13:20.000+00:00"


def test_audit_counts_overlapping_queries(tmp_path):
    """Two queries under way at once show as two."""
    path = tmp_path / "audit.jsonl"
    with client_of(audit=path, faults=parse_faults("timeout@1", pause=0.5)) as client:
        first = threading.Thread(target=client.ask, args=ZHANG, kwargs={"captcha": client.captcha()})
        second = client.captcha()
        first.start()
        while len(lines_of(path)) < 3:
            time.sleep(0.01)
        client.ask(*ZHANG, captcha=second)
        first.join()
        client.ask(*ZHANG)
        queries = [line for line in lines_of(path) if line["event"] == "query"]
    assert [line["concurrent"] for line in queries] == [1, 2, 1]
    assert [line["faults"] for line in queries] == [["timeout"], [], []]


def test_audit_holds_no_names_or_numbers(tmp_path):
    """Whatever is asked, by whatever road, the log holds neither name nor number."""
    path = tmp_path / "audit.jsonl"
    people = (ZHANG, LI, HOSTILE, NOBODY, ("仿真王五", "123456"))
    with client_of(audit=path) as client:
        for name, number in people:
            client.ask(name, number)
            client.post("/special", data={"name": name, "number": number})
            client.get(f"/{number}/{name}?idcardNum={number}")
            client.get("/special", params={"number": number, "name": name})
            query = {"method": "getCertQueryResult", "certnum": number, "stu_name": name}
            client.get("/cms/html/certQuery/certQuery.do", params=query)
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) == 6 * len(people) + len(people)  # the refused form shows a new captcha
    for name, number in people:
        assert name not in text
        assert number not in text
        assert json.dumps(name)[1:-1] not in text


def test_a_quick_client_does_not_overlap(tmp_path):
    """A client that asks again as soon as it has its answer never seems to ask twice at a time."""
    path = tmp_path / "audit.jsonl"
    with client_of(audit=path) as client:
        for _ in range(30):
            client.ask(*ZHANG, captcha=("unknown", "1234"))
    assert {line["concurrent"] for line in lines_of(path)} == {1}
