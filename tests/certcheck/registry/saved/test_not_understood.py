import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certcheck.registry.saved.reading import OWN_PAGE
from common.resources import DATA
from tests.certcheck.registry.saved.pages import (
    CERTIFICATE,
    LI,
    NOTHING,
    ZHANG,
    certificate,
    copied,
    of,
    page,
    single_file,
)
from tests.certcheck.registry.saved.support import only, read

NOT_NOTHING = {
    "no words": page(),
    "other words": page(nothing="查询失败"),
    "speaks of the words": page(extra="<p>如提示“没有查询到相关证件信息”，请核对姓名</p>"),
    "asks about the words": page(extra="<p>没有查询到相关证件信息怎么办？</p>"),
    "goes on about the words": page(extra="<li>没有查询到相关证件信息，怎么办</li>"),
    "switched off": page(extra=f'<div style="display: none;">{NOTHING}</div>'),
    "switched off around it": page(extra=f'<div style="DISPLAY:none"><section><p>{NOTHING}</p></section></div>'),
    "hidden": page(extra=f"<div hidden><p>{NOTHING}</p></div>"),
    "in a script": page(extra=f"<script>var words = '{NOTHING}'</script>"),
    "in a comment": page(extra=f"<!-- {NOTHING} -->"),
    "wrong captcha": page(nothing=NOTHING, extra="<div class='el-form-item__error'>验证码错误</div>"),
    "too frequent": page(nothing=NOTHING, extra="<p>请求过于频繁，请稍后再试</p>"),
    "beside a certificate": page(CERTIFICATE, nothing=NOTHING),
    "empty list": '{"code": 200, "msg": "查询成功", "data": []}',
    "the form": page(extra="<form><label>验证码</label><input type=text placeholder=请输入姓名></form>"),
    "maintenance": "<html><body><h1>系统维护中</h1></body></html>",
    "text": "姓名：仿真张三\n查询失败",
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_NOTHING)
def test_not_nothing_found(name):
    """Nothing but the site's own words, shown by themselves, says "nothing found"."""
    assert only(NOT_NOTHING[name]).state == "unusable"


def test_a_page_that_we_made_of_an_answer_is_no_page_of_the_site():
    """It is made to be read; given back as a saved page it would count as another answer."""
    note = next(
        line
        for line in (DATA / "templates" / "evidence.html").read_text("utf-8").splitlines()
        if OWN_PAGE in line
    )
    for text in (page(CERTIFICATE, extra=note), page(nothing=NOTHING, extra=note)):
        found = only(text)
        assert found.state == "unusable"
        assert "不是平台的网页" in found.reason


UNUSABLE = {
    "cut in a table": page(CERTIFICATE)[:-300],
    "cut behind the tables": page(CERTIFICATE).replace("</html>", ""),
    "unreadable date": page(certificate(有效期结束日期="二〇三〇年某月")),
    "a certificate with no known label": page(CERTIFICATE, {"甲": "1", "乙": "2"}),
    "no essential field": page({"姓名": ZHANG[0], "初领日期": "2024-05-13"}),
    "two people": page(of(ZHANG), of(LI)),
    "two people in a text": copied(of(ZHANG)) + "\n" + copied(of(LI)),
    "saved from another site": single_file(page(CERTIFICATE), address="https://cx.mem.gov.cn.example.com/special"),
    "saved from an address in numbers": page(CERTIFICATE, extra="<!-- saved from url=(0020)http://192.0.2.7/special -->"),
    "empty": b"", "blank": b" \r\n\t", "zeros": b"\0" * 50, "binary": bytes(range(256)) * 20,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "json cut": '{"code": 200, "data": [{"name"',
    "deep json": "[" * 100_000, "half a character": "姓名：仿真张三".encode()[:-1],
    "unfinished comments": "<!--" * 20_000, "unfinished tags": '<a b="' * 20_000, "deep page": "<div>" * 20_000,
    "mime without a page": b"MIME-Version: 1.0\nContent-Type: image/png\n\nabc",
    "mime of nonsense": b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=""\n\n' + b"--\n" * 50,
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_not_understood(name):
    """Whatever is ugly or hostile is told in one sentence, without what stands in it."""
    found = only(UNUSABLE[name])
    assert (found.state, found.records) == ("unusable", ())
    assert found.reason
    assert not any(part in found.reason for part in (*ZHANG, *LI))


def test_a_frame_is_judged_by_the_page_around_it():
    """A copied site shows the result in a frame that has no address of its own."""
    content = single_file(page(CERTIFICATE), address="https://example.com/x")
    frame = content.replace(
        b"\nContent-Location: https://example.com/x", b"\nContent-Location: cid:frame-1@mhtml.blink"
    )
    assert frame != content
    assert only(frame).state == "unusable"


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<html>", b"{", b"MIME-Version: 1.0\n\n", NOTHING.encode()]),
)
def test_no_bytes_whatever_raise(noise, start):
    """Every file gives pages; none of noise is ever records."""
    assert all(not found.records for found in read(start + noise))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_page_that_was_cut_anywhere_is_no_answer(data):
    """However far a download came: half a page never answers."""
    whole = page(of(ZHANG), history=[of(ZHANG)]).encode()
    content = whole[: data.draw(st.integers(min_value=0, max_value=whole.index(b"</html") + 5))]
    assert {found.state for found in read(content)} == {"unusable"}
