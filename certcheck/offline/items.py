"""The item of a certificate: in the catalogue, or another body's; and its number."""

from __future__ import annotations

from collections.abc import Iterator

from certcheck.findings import finding
from certcheck.model import Claim, Entry, Source
from certcheck.normalise import PERSON_DATES, identities_in
from certcheck.offline.alike import once_for_alike
from certcheck.offline.context import Context
from certcheck.offline.identity import sound
from certcheck.offline.managers import about_bare
from common.catalogue import ItemStatus, Kind
from common.finding import Finding
from common.privacy import mask_numbers_in

_STATUS_TOLD = {
    ItemStatus.DRAFT: "只见于未注明日期的征求意见名单，不能作为依据，请核对证书上的“准操项目”",
    ItemStatus.UNCONFIRMED: "据称列入 2026 年《特种作业目录》，目录原文尚未取得，待确认",
    ItemStatus.LEGACY: "是 2010 年以前的旧名称，请按证书上现行的“准操项目”填写；证书上只有旧名称的，请向发证机关核实",
}


@once_for_alike
def check_item(entry: Entry, context: Context) -> Iterator[Finding]:
    """Say what the catalogue knows of the item."""
    claim = entry.claim
    if claim is None:
        return
    if claim.kind is Kind.TRAINING:
        yield finding(
            "CERT-TRAINING",
            f"“{claim.kind_written}”是培训机构的培训证明，不是应急管理部门颁发的证书，没有核验；"
            "须持证的岗位不能以培训证明代替证书。",
            field="kind",
            value=claim.kind_written,
        )
        return
    if claim.elsewhere:
        yield _routed(claim)
        return
    if claim.kind is Kind.SAFETY:
        return
    written = claim.item_written or (claim.category if claim.match is None else None)
    if claim.match is None:
        if written:
            told = mask_numbers_in(written)
            yield finding(
                "ITEM-UNKNOWN",
                f"“{told}”不在特种作业目录和已知的其他证书名录中，请按证书上的“准操项目”填写。",
                field="item" if claim.item_written else "category",
                value=told,
            )
    elif not claim.match.in_directory:
        yield finding(
            "ITEM-UNKNOWN",
            f"“{written}”{_STATUS_TOLD.get(claim.match.status, '不在现行目录中，请核对证书上的“准操项目”')}。",
            field="item",
            value=written,
        )
    elif not claim.match.item and claim.item_written:
        yield finding(
            "ITEM-BROAD",
            f"“{claim.item_written}”只说明类别“{claim.match.category}”，未说明准操项目，请按证书填写。",
            field="item",
            value=claim.item_written,
        )


def check_bare(entry: Entry, context: Context) -> Iterator[Finding]:
    """Find claims of which nothing is stated but that there is one; what could not be read is told by itself."""
    claim = entry.claim
    if claim is None or claim.elsewhere or claim.states_something or _unread(entry):
        return
    said = f"证书只写了“{claim.kind_written}”" if claim.kind_written else "没有写是哪一类证书"
    what = "证书编号和日期" if claim.kind is Kind.SAFETY else "准操项目、证书编号和日期"
    bare = finding(
        "CLAIM-BARE",
        f"{said}，没有写{what}，看不出持有什么证书、是否在有效期内，请按证书补填。",
        field="kind",
        value=claim.kind_written or None,
    )
    yield about_bare(entry, bare, context)


def _unread(entry: Entry) -> bool:
    """Say whether a number or a date of the certificate is written, and could not be read."""
    return any(
        one.code.startswith(("DATE-", "NUMBER-")) and one.field not in PERSON_DATES for one in entry.findings
    )


def _routed(claim: Claim) -> Finding:
    """Say whose certificate it is and where to check it, as far as the tables know."""
    written = claim.item_written or claim.category or claim.kind_written or claim.issuer
    ours = "如系应急管理部门颁发，请按证书改正证书类型。"
    if claim.other is None:
        return finding(
            "ITEM-OTHER-MINISTRY",
            f"“{written}”{'' if claim.certain else '多'}由应急管理部门以外的机构颁发，"
            f"请看证书上的发证机关，到该机关的查询网站核验；{ours}",
            field="kind",
            value=claim.kind_written,
        )
    where = claim.other.where_to_check
    spaced = f" {where} " if where.isascii() else where
    return finding(
        "ITEM-OTHER-MINISTRY",
        f"“{written}”属于{claim.other.certificate}，"
        f"由{claim.other.issuer}颁发，不在特种作业操作证范围内，请到{spaced}核验。"
        f"{claim.other.confusion}{'' if claim.certain else ours}",
        basis=claim.other.source,
        field="item",
        value=claim.item_written,
        expected=claim.other.certificate,
    )


def check_number(entry: Entry, context: Context) -> Iterator[Finding]:
    """Compare the certificate number with the holder's: T and identity number, or the number alone."""
    claim, person = entry.claim, entry.person
    if claim is None or claim.elsewhere or not claim.certificate_number:
        return
    number, own = claim.certificate_number, person.identity
    if own is not None and _is_own(claim, number, own.text) and sound(own, context.as_of):
        return  # most certificates of a list
    inside = {identity.text for identity in identities_in(number)}
    if own is not None and sound(own, context.as_of) and inside and own.text not in inside | {number}:
        yield finding(
            "NUMBER-NOT-HOLDER",
            "证书编号里是另一个人的证件号码，请按证书核对是否本人证书。",
            field="certificate_number",
            value=number,
        )
        return
    if not _right_form(claim, number, own.text if own else ""):
        expected = "T 加身份证号" if claim.kind is not Kind.SAFETY else "身份证号"
        yield finding(
            "NUMBER-FORM",
            f"证书编号不是“{expected}”的形式，请按证书核对。",
            field="certificate_number",
            value=number,
            expected=expected,
        )


def _is_own(claim: Claim, number: str, own: str) -> bool:
    """Say whether a number is exactly what the holder's certificate of this kind has."""
    return number == (own if claim.kind is Kind.SAFETY else f"T{own}")


def _right_form(claim: Claim, number: str, own: str) -> bool:
    """T and number for special operations; the number for the safety-knowledge certificate."""
    bare = number.removeprefix("T")
    whole = len(bare) == 18 or (number != bare and len(bare) == 15)
    body = (bool(own) and bare == own) or (whole and bool(identities_in(number)))
    if claim.kind is Kind.SAFETY:
        return body
    return body and (number.startswith("T") or claim.kind is None)


def _place(first: Source, here: Source) -> str:
    """Name the file and the sheet of another row, as far as they are not this row's."""
    other = first.part != here.part
    twin = "另一份" if other and first.file == here.file else ""
    file = f"{twin}“{first.file}”的" if other else ""
    return file + (f"“{first.sheet}”" if first.sheet and first.sheet != here.sheet else "")


def check_duplicate(entry: Entry, context: Context) -> Iterator[Finding]:
    """Find the same person, kind and item claimed again; the first row stays unmarked."""
    person, claim = entry.person, entry.claim
    if not person.number or claim is None:
        return
    if not person.name and context.roll.names_of(person):
        return  # of two names, nobody knows whose it is
    first = context.roll.first_of(person, claim)
    if first != entry.source:
        yield finding(
            "ROW-DUPLICATE",
            f"与{_place(first, entry.source)}第 {first.row} 行重复：同一人、同一类证书、同一项目。",
            field="item",
        )
