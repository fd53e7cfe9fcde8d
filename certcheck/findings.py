"""The finding codes of this half: severity, short title and next step of each (contract, section 3).

More codes may be added; a code never changes its meaning. The sentence of a finding is written by
the rule that finds it, because only the rule knows what the reader needs.
"""

from __future__ import annotations

from dataclasses import replace

from common.finding import Finding, Severity
from common.privacy import mask_numbers_in

_VIOLATION, _ATTENTION, _NOTE = Severity.VIOLATION, Severity.ATTENTION, Severity.NOTE

CODES: dict[str, tuple[Severity, str, str]] = {
    "ID-MISSING": (_VIOLATION, "缺少身份证号", "补填身份证号后重新核验"),
    "ID-FORMAT": (_VIOLATION, "证件号码格式不对", "按证件核对并改正号码"),
    "ID-CHECKDIGIT": (_VIOLATION, "身份证号校验位不对", "按证件核对并改正号码"),
    "ID-BIRTHDATE": (_VIOLATION, "身份证号中的出生日期不可能", "按证件核对并改正号码"),
    "ID-TRUNCATED": (_VIOLATION, "身份证号被表格软件截断", "把该列设为文本格式，按证件重新填写号码"),
    "ID-OLD15": (_ATTENTION, "15 位旧身份证号", "按现行 18 位身份证填写"),
    "ID-TWO-NUMBERS": (_ATTENTION, "两列身份证号不一致", "按证件核对哪一个是本人的号码，改正另一个"),
    "ID-OTHER-DOCUMENT": (_NOTE, "另一列有其他证件号码", "无须处理；填错的请改正"),
    "ID-FROM-NUMBER": (_NOTE, "身份证号取自证书编号", "无须处理；建议增加身份证号一列"),
    "NAME-MISSING": (_ATTENTION, "缺少姓名", "补填姓名"),
    "NAME-REMARK": (_NOTE, "姓名带有备注或标记", "核对查询用的姓名；建议姓名一列只填证件上的姓名"),
    "ID-SEX": (_ATTENTION, "性别与身份证号不符", "核对性别和身份证号"),
    "ID-BIRTH-COLUMN": (_ATTENTION, "出生日期与身份证号不符", "核对出生日期和身份证号"),
    "ID-NAME-CONFLICT": (_VIOLATION, "同一证件号码有两个姓名", "核对是谁的号码，改正后重新核验"),
    "ROW-DUPLICATE": (_ATTENTION, "重复填报", "删去重复的一行，或改正项目"),
    "AGE-UNDER-18": (
        _VIOLATION,
        "未满 18 周岁",
        "现在未满的立即停止其特种作业；初领时未满的核对出生日期和初领日期，联系发证机关",
    ),
    "AGE-RETIRED": (_ATTENTION, "已过法定退休年龄", "确认是否仍在岗、适用哪一种退休年龄，决定是否调岗"),
    "DATE-UNREADABLE": (_ATTENTION, "日期无法识别", "改写为 2021-05-01 这样的日期"),
    "DATE-ORDER": (_VIOLATION, "有效期起止颠倒", "按证书改正起止日期"),
    "DATE-FUTURE-ISSUE": (_VIOLATION, "初领日期在核验日期之后", "按证书核对初领日期"),
    "DATE-RANGE": (_ATTENTION, "有效期长度不符", "按证书核对有效期"),
    "DATE-CONFLICT": (_ATTENTION, "两列日期互相矛盾", "按证书核对，改正写错的一列"),
    "DATE-AMBIGUOUS": (
        _ATTENTION,
        "复审日期含义不明",
        "在表头写明是应复审还是实际复审；或用 --columns review_done=复审日期（应复审的用 review_due=，等号后照抄表头）说明一次",
    ),
    "ITEM-UNKNOWN": (_ATTENTION, "项目不在目录中", "按证书上的“准操项目”填写"),
    "ITEM-BROAD": (_NOTE, "只写了类别，未写项目", "按证书补填准操项目"),
    "ITEM-OTHER-MINISTRY": (_ATTENTION, "其他部门的证书", "到颁发部门的查询网站核验"),
    "NUMBER-FORM": (_ATTENTION, "证书编号格式不符", "按证书核对证书编号"),
    "NUMBER-NOT-HOLDER": (
        _VIOLATION,
        "证书编号含他人证件号码",
        "核对是否本人证书；冒用他人证书须立即停止作业并调查",
    ),
    "CERT-MISSING": (_VIOLATION, "应持证而无证", "未取得证书前停止特种作业，安排培训考核"),
    "CERT-SCOPE": (_VIOLATION, "所持证书不覆盖岗位", "停止超范围作业，补考相应项目或调岗"),
    "POST-OTHER-MINISTRY": (_ATTENTION, "岗位需要其他部门的证书", "补填该证书，到颁发部门的查询网站核验"),
    "POST-UNSURE": (_NOTE, "岗位可能须持证", "确认岗位是否须持证；须持证的，补填证书"),
    "POST-MISSING": (_NOTE, "没有填写岗位", "补填岗位或工种后重新核验"),
    "CLAIM-BARE": (_ATTENTION, "只写了有证，没有写项目、编号、日期", "按证书补填项目、编号和日期后重新核验"),
    "CERT-TRAINING": (
        _NOTE,
        "是培训证明，不是证书",
        "岗位须持证的，补填证书；不须持证的，留作培训记录",
    ),
    "CERT-EXPIRED": (_VIOLATION, "证书已过期", "停止特种作业，重新办理证书"),
    "CERT-REVIEW-OVERDUE": (_VIOLATION, "逾期未复审", "停止特种作业，联系发证机关办理复审"),
    "CERT-REVIEW-UNKNOWN": (_ATTENTION, "复审情况不明", "查证书或国家平台，补填复审日期"),
    "CERT-EXPIRING": (_ATTENTION, "证书即将到期", "到期前 60 日内申请延期复审（换证）"),
    "CERT-REVIEW-DUE": (_ATTENTION, "即将到复审期", "在应复审日期前申请复审"),
    "PRACTICAL-RETEST": (_ATTENTION, "离岗六个月以上，需重新实操考试", "重新进行实际操作考试，合格后上岗"),
    "MANAGER-UNQUALIFIED": (_VIOLATION, "任职满六个月仍未考核合格", "立即安排考核；考核合格前不得履职"),
    "MANAGER-DUE": (_ATTENTION, "任职六个月内须考核合格", "在期限前参加考核"),
    "INDUSTRY-UNSURE": (
        _NOTE,
        "看不出行业是否须考核",
        "写明行业，如：金属冶炼、危险化学品生产（经营、使用许可）、非高危；属于须考核的，补填证书",
    ),
    "RETRAINING-OVERDUE": (_ATTENTION, "年度再培训逾期", "安排年度再培训并记录"),
    "PERSON-LEFT": (_NOTE, "名单写明已不在岗", "仍在岗的，改正名单后重新核验；确已不在的，无须处理"),
    "QR-HOST": (
        _ATTENTION,
        "二维码指向的不是国家平台，待核对",
        "用官方公众号的“证件扫码查询”核对，不要打开该网址",
    ),
    "QR-NUMBER": (_ATTENTION, "二维码里是别人的证件号码，待核对", "核对是否放错照片；用官方公众号扫码核对"),
    "QR-OLD-HOST": (_NOTE, "二维码指向已停用的旧官方网址", "用官方公众号的“证件扫码查询”核对"),
    "QR-OTHER-BODY": (_NOTE, "二维码指向其他部门的查询网站", "确认是哪一本证书的照片"),
    "QR-NO-ADDRESS": (_NOTE, "二维码内容不是网址", "用官方公众号的“证件扫码查询”核对"),
    "QR-NONE": (_NOTE, "照片上没有找到二维码", "补拍有二维码的一面"),
    "QR-UNREADABLE": (_NOTE, "证书照片读不了", "改存为 JPEG 或 PNG 后再放进来"),
    "REG-NOT-FOUND": (_VIOLATION, "国家平台未查到，待核实", "核对姓名和号码；联系发证机关补登信息"),
    "REG-HISTORY-ONLY": (_VIOLATION, "国家平台只有历史数据", "核实现行证书；没有则停止特种作业"),
    "REG-NAME": (_VIOLATION, "姓名与国家平台不符", "核对姓名和号码"),
    "REG-ITEM": (_VIOLATION, "项目与国家平台不符", "核对准操项目是否与证书一致"),
    "REG-DATES": (_VIOLATION, "日期与国家平台不符", "按国家平台和证书核对日期"),
    "REG-NUMBER": (_VIOLATION, "证书编号与国家平台不符", "按证书核对证书编号"),
    "REG-EXPIRED": (_VIOLATION, "国家平台显示已过期", "停止特种作业，重新办理证书"),
    "REG-REVIEW-OVERDUE": (_VIOLATION, "国家平台显示逾期未复审", "停止特种作业，联系发证机关办理复审"),
    "REG-LATER": (
        _ATTENTION,
        "国家平台的记录在核验日期之后才开始",
        "看平台的历史数据和证书，向发证机关核实核验日期当时是否持证",
    ),
    "REG-STATUS": (_VIOLATION, "国家平台显示证书状态异常", "停止特种作业，联系发证机关"),
    "REG-STATUS-UNKNOWN": (
        _ATTENTION,
        "国家平台显示的证书状态含义不明",
        "到国家平台查看该证书的网页，并向发证机关核实",
    ),
    "REG-EXPIRING": (_ATTENTION, "国家平台显示即将到期", "到期前 60 日内申请延期复审（换证）"),
    "REG-REVIEW-DUE": (_ATTENTION, "按国家平台的记录即将到复审期", "在应复审日期前申请复审"),
    "REG-REVIEW-UNKNOWN": (_ATTENTION, "国家平台没有显示复审情况", "查看证书，或向发证机关核实是否已复审"),
    "REG-NOT-ASKED": (_NOTE, "没有向国家平台查询", "按所说原因处理后再查，或人工到国家平台查询"),
    "REG-NO-ANSWER": (_NOTE, "国家平台没有给出可用的答复", "用 --resume 再查"),
    "REG-EARLIER": (_NOTE, "沿用以前的答复", "无须处理；要重新查询，用 --max-age 0 核验"),
    "REG-SAVED-PAGE": (_NOTE, "凭本人保存的网页", "需要更高证明力时，用 --registry mem 联网核验"),
}


_NO_DUTIES = "考核合格前不得履职"
FOR_MANAGERS = {
    "CERT-EXPIRED": f"立即安排重新考核取证；{_NO_DUTIES}",
    "CERT-EXPIRING": "到期前申请延期换证（申请期限见说明，以当地规定为准）",
    "CERT-MISSING": f"补填证书或任职日期；任职已满六个月的，立即安排考核，{_NO_DUTIES}",
    "REG-EXPIRED": f"立即安排重新考核取证；{_NO_DUTIES}",
    "REG-EXPIRING": "到期前申请延期换证（申请期限见说明，以当地规定为准）",
    "REG-HISTORY-ONLY": f"核实现行证书；没有的，立即安排考核，{_NO_DUTIES}",
    "REG-STATUS": "立即联系发证机关；证书有效前不得履职",
}
"""What to do about the certificate of a main person in charge or a safety manager, who does no special operations."""


OF_NO_KNOWN_KIND = {
    "CERT-EXPIRED": "写明证书类型；不能再凭这本证书上岗，属特种作业的先停止作业，属安全管理的重新考核合格前不得履职",
    "CERT-EXPIRING": "写明证书类型，到期前向发证机关申请换证",
}
"""What to do about a certificate of which a list does not tell the kind: no rule is named for it."""


LATER_ON_RECORD = "国家平台上的日期更晚：对照证书改正名单，再重新核验"
"""What to do about a finding on the list's dates where the record has later ones."""


NOT_SHOWN_IN_TIME = f"有证书的，按证书补填编号和日期；没有的，立即安排考核，{_NO_DUTIES}"
"""What to do about a manager's certificate of which nothing is stated, more than six months after the appointment."""


ON_SITES = "在建筑工地作业的，在岗位中写明；否则停止超范围作业，补考相应项目或调岗"
"""What to do about a post that a building site's certificate does not cover elsewhere."""


def finding(
    code: str,
    message: str,
    *,
    basis: str = "",
    field: str | None = None,
    value: str | None = None,
    expected: str | None = None,
) -> Finding:
    """Make a finding of a known code; the severity comes with the code.

    Cells are quoted in messages, and any cell may hold a number, so messages are masked here.
    """
    return Finding(code, CODES[code][0], mask_numbers_in(message), basis, field, value, expected)


def for_managers(one: Finding) -> Finding:
    """Give a finding with what is to be done about a manager's certificate, where that differs."""
    step = FOR_MANAGERS.get(one.code, "")
    return replace(one, step=step) if step and not one.step else one


def measures(code: str) -> set[str]:
    """Give every next step that the program itself may write beside findings of a code."""
    return {
        LATER_ON_RECORD,
        NOT_SHOWN_IN_TIME,
        ON_SITES,
        next_step(code),
        FOR_MANAGERS.get(code, ""),
        OF_NO_KNOWN_KIND.get(code, ""),
    } - {""}


def title(code: str) -> str:
    """Give the short name of a code."""
    return CODES[code][1]


def next_step(code: str) -> str:
    """Say what to do about findings of a code."""
    return CODES[code][2]


def step_of(one: Finding) -> str:
    """Say what to do about a finding."""
    return one.step or next_step(one.code)
