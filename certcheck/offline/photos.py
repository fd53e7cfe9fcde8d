"""QR codes on photos of certificates: where they lead, by the host alone.

A page that a code opens proves nothing, and neither does a strange host: it is to be checked with the official
scanner (QUERY-SITE section 4, domain facts section 3). So nothing here is more than "to be looked at".
"""

from __future__ import annotations

from collections.abc import Iterator

from certcheck.findings import finding
from certcheck.model import Entry
from certcheck.offline.context import Context
from certcheck.photos.records import Photo
from certcheck.registry.whose import Owner
from common.finding import Finding

_BASIS = "中国应急管理报 2023-06-12 案例：假证二维码会打开仿冒网站，只有官方扫码可信"
_SCAN = "请用微信“国家安全生产考试”公众号的“证件扫码查询”核对"


def check(entry: Entry, context: Context) -> Iterator[Finding]:
    """Say where the codes on a person's photos lead; another body's certificate leads elsewhere."""
    photos = context.photos.of(entry)
    if not photos or (entry.claim is not None and entry.claim.elsewhere):
        return
    said: set[str] = set()
    for found in (found for photo in photos for found in _on(photo, entry)):
        if found.message not in said:
            said.add(found.message)
            yield found
    if all(photo.bare or photo.fault for photo in photos) and any(photo.bare for photo in photos):
        yield finding("QR-NONE", "证书照片上没有找到二维码。请拍清楚有二维码的一面；旧版证书可能没有二维码。")


def _on(photo: Photo, entry: Entry) -> Iterator[Finding]:
    if photo.fault:
        yield finding("QR-UNREADABLE", f"证书照片读不了：{photo.fault}。")
    for one in photo.judgements:
        if one.suspicious:
            led = f"指向 {one.host}：" if one.host and not one.odd else "待核对："
            yield finding(
                "QR-HOST",
                f"证书照片上的二维码{led}{one.reason}。不要打开它，{_SCAN}；不能据此认定为假证。",
                basis=_BASIS,
                value=one.host or None,
                expected="*.mem.gov.cn",
            )
        elif one.owner is Owner.OLD:
            yield finding("QR-OLD-HOST", f"证书照片上的二维码指向 {one.host}：{one.reason}。{_SCAN}。")
        elif one.owner is Owner.OTHER_BODY:
            told = f"证书照片上的二维码指向 {one.host}：{one.reason}，可能是另一本证书的照片。"
            yield finding("QR-OTHER-BODY", told)
    if photo.plain and not photo.judgements:
        yield finding("QR-NO-ADDRESS", f"证书照片上的二维码内容不是网址，本程序看不出真伪。{_SCAN}。")
    number = entry.person.number
    if number and photo.numbers and number not in photo.numbers:
        yield finding(
            "QR-NUMBER",
            f"证书照片上二维码里的证件号码不是此人的，请核对是否放错照片；{_SCAN}。",
            basis=_BASIS,
            field="id_number",
        )
