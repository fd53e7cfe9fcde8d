"""Does the post need a certificate, and do the person's items cover it (安全生产法 art. 30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from certcheck.findings import ON_SITES, finding
from certcheck.model import Claim, Entry
from certcheck.offline.context import Context
from certcheck.offline.managers import assessed, certificates, may_be_assessed
from common.catalogue import SAFETY, SPECIAL, Kind, PostNeed
from common.finding import Finding

_CERTIFICATES = {Kind.SPECIAL: SPECIAL, Kind.SAFETY: SAFETY, Kind.OTHER: "其他部门颁发的证书"}
_OF_SITES = "建筑施工特种作业操作资格证书"


def check(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge a post by the words that stand in it; the finding names them."""
    for need in context.needs(entry, Kind.SPECIAL):
        claims = context.roll.claims_of(entry)
        words = "、".join(need.words)
        if not certificates(claims):
            papers = f"（{'、'.join(dict.fromkeys(map(_named, claims)))}不是该证）" if claims else ""
            yield finding(
                "CERT-MISSING",
                f"岗位“{entry.person.post}”（依据字样：{words}）应持特种作业操作证（{_wanted(need)}），"
                f"表中没有填写证书{papers}。",
                basis=need.basis,
                field="post",
                value=entry.person.post,
                expected=_wanted(need),
            )
        elif not any(_covers(need, claim, context) for claim in claims):
            held = "、".join(dict.fromkeys(map(_named, claims)))
            on_sites = _on_sites(claims)
            told = finding(
                "CERT-SCOPE",
                f"岗位“{entry.person.post}”（依据字样：{words}）需要{_wanted(need)}，所填证书为{held}，不覆盖该岗位。"
                f"{on_sites}",
                basis=need.basis,
                field="item",
                value=held,
                expected=_wanted(need),
            )
            yield replace(told, step=ON_SITES) if on_sites else told


def _on_sites(claims: Sequence[Claim]) -> str:
    """Say where the certificates of the construction ministry are the right ones; "" where the person has none."""
    of_sites = [claim for claim in claims if claim.other is not None and claim.other.certificate == _OF_SITES]
    if not of_sites:
        return ""
    return (
        f"在建筑工地作业，住房城乡建设部门的这本证书（{'、'.join(dict.fromkeys(map(_named, of_sites)))}）是对的，"
        "请在岗位中写明；从事建筑施工以外的作业，须另持特种作业操作证。"
    )


def _named(claim: Claim) -> str:
    elsewhere = claim.kind_written if claim.elsewhere else ""
    return claim.item or claim.category or elsewhere or "未写项目"


def _wanted(need: PostNeed) -> str:
    return "、".join([*need.items, *(f"{category}类任一项目" for category in need.categories)])


def _covers(need: PostNeed, claim: Claim, context: Context) -> bool:
    """Compare; where the words of a claim do not tell what it is for, it gets the benefit of the doubt."""
    if claim.elsewhere or claim.kind is Kind.SAFETY:
        return claim.doubtful
    return claim.match is None or context.catalogue.covers(need, claim.match)


def check_other(entry: Entry, context: Context) -> Iterator[Finding]:
    """Say where a post needs another body's certificate and no certificate of the person may be it."""
    claims = context.roll.claims_of(entry)
    for need in context.needs(entry, Kind.OTHER):
        if any(_may_be_other(need, claim, context) for claim in claims):
            continue
        lacking = (
            f"所填证书（{'、'.join(dict.fromkeys(map(_named, claims)))}）不是该证"
            if claims
            else "表中没有填写"
        )
        yield finding(
            "POST-OTHER-MINISTRY",
            f"岗位“{entry.person.post}”（依据字样：{'、'.join(need.words)}）需要其他部门颁发的证书（{_wanted(need)}），"
            f"{lacking}；该类证书不在国家平台核验范围内，请另行核对。",
            basis=need.basis,
            field="post",
            value=entry.person.post,
            expected=_wanted(need),
        )


def _may_be_other(need: PostNeed, claim: Claim, context: Context) -> bool:
    """Say whether a claim may be another body's certificate that a post needs; one that does not say its item may."""
    if claim.other is None:
        return claim.doubtful or (claim.kind is None and claim.match is None)
    if context.catalogue.covers(need, claim.other):
        return True
    bodies = (context.catalogue.body(item) for item in need.items)
    whole = (
        claim.other.certificate in claim.other.aliases
    )  # 特种设备作业人员证 is the name of none of its items
    return whole and any(body is not None and body.certificate == claim.other.certificate for body in bodies)


def may_need(entry: Entry, context: Context) -> bool:
    """Say whether a post needs a certificate, or nobody can tell that it needs none."""
    return (
        _nothing_said(entry)
        or bool(context.needs(entry, Kind.SPECIAL, Kind.OTHER))
        or may_be_assessed(entry, context)
        or bool(_doubts(entry, context))
    )


def check_doubtful(entry: Entry, context: Context) -> Iterator[Finding]:
    """Say why nobody can tell whether a row without a certificate needs one."""
    if entry.claim is not None or context.roll.claims_of(entry):
        return
    if _nothing_said(entry):
        yield finding("POST-MISSING", "名单没有写岗位，无法判断是否须持证。", field="post")
    if context.needs(entry, Kind.SPECIAL, Kind.OTHER) or may_be_assessed(entry, context):
        return  # what is needed for certain is told
    for need in _doubts(entry, context):
        wanted = f"（{_wanted(need)}）" if _wanted(need) else ""
        yield finding(
            "POST-UNSURE",
            f"岗位“{entry.person.post}”（依据字样：{'、'.join(need.words)}）可能须持{_CERTIFICATES[need.kind]}{wanted}，"
            "但只凭岗位名称不能确定（未确认），不作结论；表中没有填写证书，请核对。",
            basis=need.basis,
            field="post",
            value=entry.person.post,
            expected=_wanted(need) or None,
        )


def _nothing_said(entry: Entry) -> bool:
    """Say whether a row tells nothing of what somebody does."""
    return not entry.person.post and not entry.person.is_manager_type


def _doubts(entry: Entry, context: Context) -> tuple[PostNeed, ...]:
    """Give what a post may need; no assessment where the industry is one whose managers nobody assesses."""
    return tuple(
        need
        for need in context.doubtful_needs(entry)
        if need.kind is not Kind.SAFETY or assessed(entry, context) is not False
    )
