import base64

import pytest
from bs4 import BeautifulSoup

from tests.certcheck.registry.replica_support import HOSTILE, LI, NOBODY, ZHANG, answer_in, client_of


@pytest.fixture
def client():
    with client_of() as client:
        yield client


def soup_of(answer):
    assert answer.headers["X-Zhengkao-Replica"] == "1"
    soup = BeautifulSoup(answer.text, "html.parser")
    assert soup.select_one(".replica-banner").text == "本机仿真站，不是国家平台"
    assert soup.footer.text == "以上信息仅供参考，如有疑问请与发证机关联系！"
    return soup


def filled_form(soup, name, number):
    """Give the fields of a form as a browser would send them, captcha answered."""
    fields = {box["name"]: box.get("value", "") for box in soup.select("form input")}
    png = base64.b64decode(soup.select_one("img.yzm-style-img")["src"].removeprefix("data:image/png;base64,"))
    return fields | {"name": name, "number": number, "code": answer_in(png)}


def asked(client, path, name, number):
    return soup_of(client.post(path, data=filled_form(soup_of(client.get(path)), name, number)))


def pairs_of(table):
    cells = table.select("tr.el-descriptions-row > *")
    return {label.text: value.text for label, value in zip(cells[::2], cells[1::2], strict=True)}


def test_home_has_two_cards(client):
    """The entry page leads to both query pages."""
    soup = soup_of(client.get("/"))
    links = soup.select(".card a")
    assert [link.text for link in links] == ["进入查询", "进入查询"]
    assert [link["href"] for link in links] == ["/special?index=0", "/safety?index=1"]


@pytest.mark.parametrize("path", ["/special", "/special?index=0", "/safety?index=1"])
def test_form(client, path):
    """The form has the four documented inputs in order, needs no script, and posts."""
    soup = soup_of(client.get(path))
    assert [box["placeholder"] for box in soup.select("form input[placeholder]")] == [
        "请选择证件类型", "请输入证件号码", "请输入姓名", "请输入验证码",
    ]  # fmt: skip
    assert soup.form["method"] == "post"
    assert soup.select("form button")[1].text == "查询"
    assert soup.select("script") == []


def test_result_of_special(client):
    """Each certificate is a table of labels and values; the earlier issue stands after the divider."""
    soup = asked(client, "/special?index=0", *ZHANG)
    current, earlier = soup.select("table.el-descriptions__table")
    assert pairs_of(current) == {
        "姓名": ZHANG[0], "作业类别": "电工作业", "操作项目": "低压电工作业", "初领日期": "2015-05-01",
        "有效期开始日期": "2021-05-01", "有效期结束日期": "2027-04-30", "应复审日期": "2024-04-30",
        "实际复审日期": "2024-03-12", "签发机关": "仿真市应急管理局",
    }  # fmt: skip
    divider = soup.select_one(".el-divider__text")
    assert divider.text == "历史数据"
    assert divider.find_next("table") == earlier
    assert divider.find_previous("table") == current
    assert soup.select_one("a.el-button").text == "返回"
    assert soup.select(".nocert-content") == []


def test_result_of_safety(client):
    """A safety certificate shows type and industry, and no divider without earlier issues."""
    soup = asked(client, "/safety?index=1", *LI)
    pairs = pairs_of(soup.select_one("table.el-descriptions__table"))
    assert (pairs["人员类型"], pairs["行业类别"]) == ("安全生产管理人员", "危险化学品经营")
    assert pairs["有效期结束日期"] == "2026-01-31"
    assert soup.select(".el-divider__text") == []


def test_nothing_found(client):
    """Nothing found is said in the element and the words of the site."""
    soup = asked(client, "/special", *NOBODY)
    assert "没有查询到相关证件信息" in soup.select_one(".nocert-content").text
    assert soup.select("table") == []


def test_wrong_captcha_keeps_what_was_typed(client):
    """After a wrong captcha the form comes back with a new one and with name and number."""
    soup = soup_of(client.get("/special"))
    sent = filled_form(soup, *ZHANG) | {"code": "0000"}
    again = soup_of(client.post("/special", data=sent))
    assert again.select_one(".el-message--error").text == "验证码错误"
    assert (again.select_one("#name")["value"], again.select_one("#number")["value"]) == ZHANG
    assert filled_form(again, *ZHANG)["uuid"] != sent["uuid"]


def test_bad_number_is_told_at_the_field(client):
    """A number that cannot be right gets the error element of a field."""
    soup = asked(client, "/special", ZHANG[0], "12345")
    assert "身份证" in soup.select_one(".el-form-item__error").text


def test_new_captcha_on_wish(client):
    """Asking for another picture is no query and keeps what was typed."""
    sent = filled_form(soup_of(client.get("/special")), *ZHANG) | {"refresh": "1"}
    again = soup_of(client.post("/special", data=sent))
    assert again.select_one("#name")["value"] == ZHANG[0]
    assert again.select("[role=alert]") == []
    assert filled_form(again, *ZHANG)["uuid"] != sent["uuid"]


def test_numbers_stay_out_of_addresses(client):
    """Neither the pages' links nor their actions hold what was typed."""
    soup = soup_of(client.get("/special"))
    answer = client.post("/special?index=0", data=filled_form(soup, *ZHANG))
    assert answer.url == client.base + "/special?index=0"
    links = [tag.get("href") or tag.get("action") for tag in soup_of(answer).select("[href], [action]")]
    assert not any(ZHANG[1] in link for link in links)
    assert answer.headers["Cache-Control"] == "no-store"


def test_hostile_name_is_escaped(client):
    """Markup in a name or a record is shown as text, on the result and in the form that comes back."""
    result = asked(client, "/special", *HOSTILE)
    pairs = pairs_of(result.select_one("table.el-descriptions__table"))
    assert (pairs["姓名"], pairs["作业类别"]) == (HOSTILE[0], "<b>高处作业</b>")
    assert result.select("script, td b") == []
    form = soup_of(client.post("/special", data={"name": HOSTILE[0], "number": '"><script>x</script>'}))
    assert form.select_one("#name")["value"] == HOSTILE[0]
    assert form.select("script") == []


def first_generation_query(client, name, number, **change):
    """Ask as the programs of 2021 did."""
    code = answer_in(client.get("/GetImg", params={"date": "1700000000"}).content)
    time = client.post("/cms/html/certQuery/certQuery.do?method=getServerTime").json()["time"]
    twice = "".join(f"%25{byte:02X}" for byte in name.encode())
    query = f"ref=ch&certtype_code=720&certnum={number}&stu_name={twice}&passcode={code}&sessionId={time}"
    query = "&".join([query, *(f"{key}={value}" for key, value in change.items())])
    return client.get(f"/cms/html/certQuery/certQuery.do?method=getCertQueryResult&{query}")


def test_first_generation_found(client):
    """The old interface answers tables of ten label and value pairs, two in a row, dates padded."""
    soup = soup_of(first_generation_query(client, *ZHANG))
    tables = soup.select(".content table.datalist")
    assert len(tables) == 2
    labels = [cell.text for cell in tables[0].select("th[scope][width]")]
    values = [cell.text for cell in tables[0].select("td")]
    pairs = dict(zip(labels, values, strict=True))
    assert len(labels) == 10
    assert (pairs["姓名"], pairs["性别"], pairs["有效期结束时间"]) == (ZHANG[0], "男", "  2027-04-30  ")
    row = next(row for row in tables[0].select("tr") if "操作项目" in row.text)
    assert [cell.text.strip() for cell in row.select("td")] == ["低压电工作业", "2027-04-30"]


def test_first_generation_refusals(client):
    """The old interface says "nothing found" and "wrong captcha" in words of its page."""
    assert (
        "没有查询到相关证件信息"
        in soup_of(first_generation_query(client, *NOBODY)).select_one(".notice").text
    )
    wrong = soup_of(first_generation_query(client, *ZHANG, passcode="0000"))
    assert wrong.select_one(".notice").text == "验证码错误"
    assert "查询参数错误" in first_generation_query(client, *ZHANG, certtype_code="1").text
    assert client.get("/cms/html/certQuery/certQuery.do?method=getCertQueryIndex&ref=ch").status_code == 200
    assert client.get("/cms/html/certQuery/certQuery.do").status_code == 404
