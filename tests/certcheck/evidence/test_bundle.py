"""What is in a bundle: the same bytes each time, nothing personal in the clear, everything for its holder."""

import base64
import dataclasses
import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

from certcheck.evidence import archive
from certcheck.evidence.naming import with_evidence
from certcheck.evidence.opening import opened
from certcheck.evidence.verify import verify
from certcheck.model import Answer, AnswerState
from certcheck.registry.interface import Exchange
from common.catalogue import Kind
from common.errors import InputError, ZhengkaoError
from tests.certcheck.evidence.evidence_support import (
    ABOUT,
    HOST,
    KEYS,
    RUN,
    after,
    ask,
    bundle_of,
    faults,
    signed_anew,
    written,
)  # fmt: skip
from tests.certcheck.registry.client_support import START, exchange, found, journal_in, question
from tests.certcheck.registry.replica_support import HOSTILE, LI, NOBODY, ZHANG


@pytest.fixture
def journal(tmp_path):
    with journal_in(tmp_path) as journal:
        ask(journal)
        yield journal


def files(data, holder=KEYS.holder):
    return dict(opened(verify(data), holder))


def test_a_bundle_is_the_same_each_time_it_is_written(journal):
    assert bundle_of(journal) == bundle_of(journal)


def test_a_bundle_goes_on_where_the_earlier_one_of_its_run_ended(journal):
    before = archive.read(bundle_of(journal))
    journal.write(RUN, HOST, question(LI), exchange(found(LI), started_at=after(3)))
    later = archive.read(bundle_of(journal))
    assert later[: len(before) - 2] == before[:-2]
    assert len(later) == len(before) + 2


def test_the_same_run_with_another_answer_never_meets_a_nonce_again(journal, tmp_path):
    """Two databases may hold different answers of runs with one name: one key, so nonces must differ."""
    other = tmp_path / "other"
    other.mkdir()
    with journal_in(other) as changed:
        changed.start_run(RUN, START, {})
        changed.write(RUN, HOST, question(ZHANG), exchange(found(ZHANG, certNum="仿真证0009")))
        theirs = dict(archive.read(bundle_of(changed)))
    ours = dict(archive.read(bundle_of(journal)))
    assert ours["key.wrapped"] == theirs["key.wrapped"]
    nonces = [entries["exchanges/0001.sealed"][:12] for entries in (ours, theirs)]
    nonces += [ours["exchanges/0002.sealed"][:12], ours["exchanges/0003.sealed"][:12]]
    assert len(set(nonces)) == len(nonces)


def test_nothing_of_a_person_stands_in_the_clear(journal):
    data = bundle_of(journal)
    for name, number in (ZHANG, NOBODY):
        for text in (name, number, f"{name}{number}", f"T{number}"):
            plain = text.encode()
            assert plain not in data
            assert base64.b64encode(plain).rstrip(b"=")[:-1] not in data
            for guessed in (plain, json.dumps(text).encode()):  # a hash of what can be guessed gives it away
                assert hashlib.sha256(guessed).hexdigest().encode() not in data
    assert "低压电工作业".encode() not in data


def test_how_long_a_name_is_does_not_show(tmp_path):
    sizes = set()
    for nth, name in enumerate(["仿真甲", "仿真买买提·仿真艾合买提"]):
        folder = tmp_path / str(nth)
        folder.mkdir()
        with journal_in(folder) as journal:
            journal.start_run(RUN, START, {})
            journal.write(RUN, HOST, question((name, ZHANG[1])), exchange({"code": 500, "msg": "系统异常"}))
            sizes.add(len(dict(archive.read(bundle_of(journal)))["exchanges/0001.sealed"]))
    assert len(sizes) == 1


def test_its_holder_opens_everything(journal):
    told = files(bundle_of(journal))
    asked = list(journal.exchanges_of(RUN))
    assert [told[f"{number:04d}/answer.bin"] for number in (1, 2, 3)] == [one.exchange.body for one in asked]
    private = json.loads(told["0001/question.json"])
    assert private["question"] == {"name": ZHANG[0], "id_number": ZHANG[1], "kind": "special"}
    assert {json.loads(told[f"000{number}/about.json"])["state"] for number in (2, 3)} == {"nothing_found"}
    page = told["0001/page.html"].decode()
    assert ZHANG[0] in page
    assert "低压电工作业" in page
    assert "不是查询平台页面的截图" in page


def test_headers_and_what_failed_are_kept(tmp_path):
    failed = Exchange(START.isoformat(), "/q", None, (("Set-Cookie", "a=\xe9"),), b"\xff<b>\x00", "连接超时")
    with journal_in(tmp_path) as journal:
        journal.start_run(RUN, START, {})
        journal.write(RUN, HOST, question(ZHANG), failed)
        data = bundle_of(journal)
    told = files(data)
    assert b"Set-Cookie" not in data
    assert json.loads(told["0001/question.json"])["headers"] == [["Set-Cookie", "a=\xe9"]]
    assert json.loads(told["0001/question.json"])["error"] == "连接超时"
    assert told["0001/answer.bin"] == failed.body
    assert b"&lt;b&gt;" in told["0001/page.html"]


def test_the_page_is_escaped(tmp_path):
    with journal_in(tmp_path) as journal:
        journal.start_run(RUN, START, {})
        journal.write(RUN, HOST, question(HOSTILE), exchange(found(HOSTILE, operItemName="<img src=x>")))
        page = files(bundle_of(journal))["0001/page.html"].decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page


def test_half_a_character_is_no_traceback(tmp_path):
    with journal_in(tmp_path) as journal:
        journal.start_run(RUN, START, {})
        journal.write(RUN, HOST, question(("仿\ud800", ZHANG[1])), exchange(b'{"msg": "\\ud83d"}'))
        data = bundle_of(journal)
    assert faults(data) == ([], [])
    assert files(data)["0001/page.html"]


def test_another_holder_cannot_open(journal):
    with pytest.raises(InputError, match="不是为本机的密钥加密的"):
        files(bundle_of(journal), b"x" * 32)


def test_an_entry_of_another_key_is_not_taken_for_the_signed_one(journal):
    """AES-GCM alone does not bind a text to one key, so the key is committed to."""
    entries = dict(archive.read(bundle_of(journal)))
    about = json.loads(entries["exchanges/0001.json"]) | {"key_commitment": "00" * 32}
    entries["exchanges/0001.json"] = json.dumps(about).encode()
    data = signed_anew(list(entries.items()), KEYS)
    assert faults(data) == ([], [])
    with pytest.raises(ZhengkaoError, match="不是同一把"):
        files(data)


@pytest.mark.parametrize("about", [b"[]", b"null", b"{}", b"\xff"])
def test_an_entry_of_somebody_elses_making_is_no_traceback(journal, about):
    entries = dict(archive.read(bundle_of(journal))) | {"exchanges/0001.json": about}
    with pytest.raises(ZhengkaoError, match="不是证据包应有的"):
        files(signed_anew(list(entries.items()), KEYS))


def test_what_is_reused_says_so_with_its_own_date(journal):
    journal.start_run("20261121-080000-0a0b", after(1440), {})
    answer = journal.answer("20261121-080000-0a0b", HOST, question(ZHANG), START)
    about = dataclasses.replace(ABOUT, name="20261121-080000-0a0b")
    told = json.loads(dict(archive.read(bundle_of(journal, about)))["exchanges/0001.json"])
    assert answer.state is AnswerState.FOUND
    assert (told["reused"], told["asked_at"]) == (True, START.isoformat())
    assert not json.loads(dict(archive.read(bundle_of(journal)))["exchanges/0001.json"])["reused"]


def test_answers_name_the_exchange_that_decided_them(journal):
    answers = {asked: journal.answer(RUN, HOST, asked, START) for asked in map(question, (ZHANG, NOBODY))}
    answers[question(LI)] = Answer(AnswerState.NO_ANSWER, asked_at=after(9).isoformat())  # no captcha came
    named = with_evidence(answers, journal.exchanges_of(RUN))
    assert [one.evidence for one in named.values()] == ["exchanges/0001.json", "exchanges/0003.json", None]
    assert [dataclasses.replace(one, evidence=None) for one in named.values()] == list(answers.values())


def test_two_questions_of_one_moment_are_told_apart(tmp_path):
    with journal_in(tmp_path) as journal:
        journal.start_run(RUN, START, {})
        for kind in (Kind.SPECIAL, Kind.SAFETY):
            journal.write(RUN, HOST, question(ZHANG, kind), exchange(found(ZHANG)))
        asked = [question(ZHANG, kind) for kind in (Kind.SPECIAL, Kind.SAFETY)]
        named = with_evidence(
            {one: journal.answer(RUN, HOST, one, START) for one in asked}, journal.exchanges_of(RUN)
        )
    assert [named[one].evidence for one in asked] == ["exchanges/0001.json", "exchanges/0002.json"]


def test_a_stranger_opens_it_from_the_format_alone(journal):
    """``docs/evidence-format.md``, section 4, followed with HMAC and AES only."""

    def derived(key, use):
        prk = hmac.digest(bytes(32), key, "sha256")
        return hmac.digest(prk, use + b"\x01", "sha256")

    entries = dict(archive.read(bundle_of(journal)))
    name = "exchanges/0003.sealed"
    data_key = aes_key_unwrap(derived(KEYS.holder, b"zhengkao evidence wrap 1"), entries["key.wrapped"])
    key = derived(data_key, b"zhengkao evidence entry 1\n" + name.encode())
    commitment = hmac.digest(key, b"zhengkao evidence commitment 1", "sha256").hex()
    assert json.loads(entries["exchanges/0003.json"])["key_commitment"] == commitment
    sealed = entries[name]
    private = json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], name.encode()))
    assert private["question"]["name"] == NOBODY[0]
    assert "没有查询到" in base64.b64decode(private["body"]).decode()


def test_a_run_that_asked_nobody_has_a_bundle_too(tmp_path):
    with journal_in(tmp_path) as journal:
        data = bundle_of(journal)
    assert faults(data) == ([], [])
    assert verify(data).exchanges == 0
    assert written(archive.read(data)) == data
