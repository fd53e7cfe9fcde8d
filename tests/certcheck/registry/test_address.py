import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.registry.address import judge
from certcheck.registry.whose import load_hosts
from common.errors import DataError
from common.resources import DATA

HOSTS = load_hosts()


def only(text):
    (found,) = judge(text, HOSTS)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "https://cx.mem.gov.cn/special?index=0", "http://cx.mem.gov.cn", "HTTP://CX.MEM.GOV.CN.:8080/x#y",
        "cx.mem.gov.cn", "cx.mem.gov.cn/wxcx/pages/x?personTypeCode=03", "//cx.mem.gov.cn/x", "http:cx.mem.gov.cn/a",
        "https://www.mem.gov.cn/", "http://cx.mem.gov.cn?u=http://evil.example.com", "https://cx.mem.gov.cn#@evil.com",
        "http://cx.mem.gov.cn\n姓名：仿真张三", "查询网址：http://cx.mem.gov.cn，请核对", " \thttp://cx.mem.gov.cn/ \r\n",
    ],
)  # fmt: skip
def test_official_hosts(text):
    """The host alone decides: not the scheme, the port, the path, the case, or a dot at its end."""
    found = only(text)
    assert (found.owner, found.suspicious) == ("official", False)


SUSPICIOUS = {
    "http://cx.mem.gov.cn.evil.com/": "lookalike",
    "http://evil.com/cx.mem.gov.cn": "stranger",
    "http://evil.com?http://cx.mem.gov.cn": "stranger",
    "http://cx-mem-gov.cn": "lookalike",
    "http://cxmem.cn": "lookalike",
    "http://mem.cx/": "lookalike",
    "http://www.yjglb-cx.com": "lookalike",
    "http://aqsc123.net": "lookalike",
    "http://xn--80ak6aa92e.com": "lookalike",
    "http://cx.m\u0435m.gov.cn": "lookalike",  # a Cyrillic letter
    "http://192.0.2.7/special": "numeric",
    "http://3221225991/": "numeric",
    "http://0xc0.0x00.0x02.0x07/": "numeric",
    "http://[2001:db8::1]/special": "numeric",
    "192.0.2.7:8080/x": "numeric",
    "https://t.cn/A6abcdef": "short",
    "http://a.bit.ly/x": "short",
    "http://xmem.gov.cn": "government",
    "http://yjgl.example.gov.cn/": "government",
    "http://cx.saws.org.cn/x": "abandoned",
    "http://localhost/": "stranger",
    "www.example.com/q": "stranger",
}


@pytest.mark.parametrize("text", SUSPICIOUS)
def test_hosts_that_are_not_official(text):
    found = only(text)
    assert (found.owner, found.suspicious) == (SUSPICIOUS[text], True)
    assert found.reason


ODD = [
    "http://cx.mem.gov.cn@evil.com/", "http://cx.mem.gov.cn:80@evil.com", "http://evil.com\\@cx.mem.gov.cn",
    "http://cx.mem.gov.cn\\@evil.com", "http:\\\\evil.com\\cx.mem.gov.cn", "http://cx%2Emem.gov.cn/",
    "http://evil.com%2F.mem.gov.cn/", "http://ｃｘ．mem．gov．cn/", "http://cx。mem。gov。cn", "http://cx.mem.gov.cn\u200b.evil.com",
    "http://cx.mem.gov.cn\n.evil.com/", "http://cx.mem.gov.\tcn.evil.com/", "http://", "http:///", "http://@/", "http://a b",
    "javascript:alert(1)", "weixin://dl/business", "data:text/html,<b>", "intent:#Intent;end",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_addresses_written_to_deceive(text):
    """Whatever a person or a program may take for another host is suspicious, wherever it leads."""
    assert any(found.suspicious for found in judge(text, HOSTS))


@pytest.mark.parametrize(
    "text",
    [
        "", "T000000199001010018", "000000199001010018", "仿真张三", "token.abc.def", "0.5", "eyJhbGci.eyJzdWIi.SflKxw",
        "WIFI:S:x;;", "BEGIN:VCARD", "1.2.3.4.5", "证号：T000000", "a" * 10_000, "mailto:a@example.com", "2026.11.20",
    ],
)  # fmt: skip
def test_no_address(text):
    assert judge(text, HOSTS) == ()


def test_old_host_of_the_ministry_and_other_bodies():
    """Told as what they are; neither is suspicious by its host."""
    old = only("http://wxcx.mem.gov.cn/certsearch/#abc")
    assert (old.owner, old.suspicious) == ("old", False)
    assert "已停用" in old.reason
    assert only("https://cnse.samr.gov.cn/x").owner == "other_body"


def test_several_addresses():
    found = judge("http://cx.mem.gov.cn/a http://evil.com/b http://evil.com/c", HOSTS)
    assert [one.host for one in found] == ["cx.mem.gov.cn", "evil.com"]


_LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)


@given(
    st.lists(_LABEL, min_size=1, max_size=4),
    st.sampled_from(["/", "/cx.mem.gov.cn", "?a=cx.mem.gov.cn", "#x"]),
)
def test_no_other_domain_is_ever_official(labels, rest):
    """For all names under another ending: never official, whatever stands in front or behind."""
    host = ".".join([*labels, "example.com"])
    for address in (
        f"http://cx.mem.gov.cn.{host}{rest}",
        f"https://{host}{rest}",
        f"http://cx.mem.gov.cn@{host}{rest}",
    ):
        assert all(found.suspicious and found.owner != "official" for found in judge(address, HOSTS))
        assert judge(address, HOSTS)


@given(st.lists(_LABEL, min_size=1, max_size=3))
def test_every_host_within_the_domain_is_official(labels):
    host = ".".join([*labels, "mem.gov.cn"])
    if host not in HOSTS.old:
        assert not only(f"http://{host}/x").suspicious


@given(st.text(max_size=300))
def test_any_text_is_judged(text):
    for found in (*judge(text, HOSTS), *judge(f"http://{text}", HOSTS)):
        assert found.reason


def test_faults_of_the_table_are_told(tmp_path):
    good = (DATA / "registry" / "hosts.toml").read_text(encoding="utf-8")
    for damage in (
        good.replace("[short]", "[shorts]"),
        good.replace('told = "原', 'tell = "原'),
        "[",
        "x = 1",
    ):
        path = tmp_path / "hosts.toml"
        path.write_text(damage, encoding="utf-8")
        with pytest.raises(DataError, match=r"hosts\.toml"):
            load_hosts.__wrapped__(path)
