"""Pages as the site's generations show them, made small; people are invented."""

import email.generator
import email.mime.multipart
import email.mime.text
import io

ZHANG, LI = ("仿真张三", "000000199001010018"), ("仿真李四", "000000198512319995")
CERTIFICATE = {
    "姓名": ZHANG[0], "作业类别": "电工作业", "操作项目": "低压电工作业", "初领日期": "2024-05-13",
    "有效期开始日期": "2024-05-13", "有效期结束日期": "2030-05-12", "应复审日期": "2027-05-12", "实际复审日期": "",
    "签发机关": "仿真市应急管理局",
}  # fmt: skip
"""What generation 2 shows of a certificate that agrees with the lists of these tests; no number."""
SAFETY = {
    "姓名": LI[0], "证号": LI[1], "人员类型": "安全生产管理人员", "行业类别": "危险化学品经营",
    "有效期开始日期": "2025-03-01", "有效期结束日期": "2028-02-29", "签发机关": "仿真市应急管理局",
}  # fmt: skip
NOTHING = "没有查询到相关证件信息，请核实后重新查询或联系发证机关补登信息！"
PLATFORM = "特种作业操作证及安全生产知识和管理能力考核合格信息查询平台"


def certificate(**change):
    """A certificate's labels with some changed; None takes one away."""
    return {label: value for label, value in (CERTIFICATE | change).items() if value is not None}


def of(person, **change):
    """A certificate that shows whose it is, by name and number."""
    return certificate(姓名=person[0], 证号=f"T{person[1]}", **change)


def page(*current, history=(), nothing="", extra="", title="特种作业操作证查询"):
    """A page of generation 2."""
    divider = '<div class="el-divider"><div class="el-divider__text">历史数据</div></div>' if history else ""
    words = f'<div class="nocert-content">{nothing}</div>' if nothing else ""
    tables = "".join(map(_table, current)) + divider + "".join(map(_table, history))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<header>{PLATFORM}</header>{extra}{tables}{words}<button>返回</button>"
        "<footer>以上信息仅供参考，如有疑问请与发证机关联系！</footer></body></html>"
    )


def _table(pairs):
    cells = [f"<th>{label}</th><td>{value}</td>" for label, value in pairs.items()]
    rows = "".join(f"<tr>{''.join(cells[start : start + 3])}</tr>" for start in range(0, len(cells), 3))
    return f'<table class="el-descriptions__table"><tbody>{rows}</tbody></table>'


def third_generation(pairs):
    """A page of generation 3: label and value in turn, both in ``td``."""
    rows = "".join(
        f"<tr><td>{label}</td><td><span>{value}</span></td></tr>" for label, value in pairs.items()
    )
    return f"<html><body><h3>特种作业操作证查询结果</h3><table>{rows}</table></body></html>"


def copied(pairs):
    """A table as browsers copy it: tabs between its cells, three pairs on a line."""
    cells = [f"{label}\t{value}" for label, value in pairs.items()]
    return "\n".join("\t".join(cells[start : start + 3]) for start in range(0, len(cells), 3))


def single_file(html, charset="utf-8", address="https://cx.mem.gov.cn/special?index=0"):
    """A page as Chrome saves it in a single file: MIME, quoted-printable."""
    message = email.mime.multipart.MIMEMultipart("related")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Date"] = "Thu, 19 Nov 2026 01:30:00 -0000"
    part = email.mime.text.MIMEText(html, "html", charset)
    part.replace_header("Content-Transfer-Encoding", "quoted-printable")
    part.set_payload(_quoted(html.encode(charset)))
    part["Content-Location"] = address
    message.attach(part)
    style = email.mime.text.MIMEText("body { color: red }", "css")
    message.attach(style)
    buffer = io.BytesIO()
    email.generator.BytesGenerator(buffer).flatten(message)
    return buffer.getvalue()


def _quoted(data):
    import quopri

    return quopri.encodestring(data).decode("ascii")
