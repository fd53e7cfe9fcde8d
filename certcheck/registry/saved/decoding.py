"""Bytes of a saved file to the documents in it: text in whatever encoding, single-file pages unpacked.

A page's own word on its encoding may be wrong (a browser saves UTF-8 under a page that says GBK), so what the
bytes themselves allow comes first. Nothing is read with replacement marks: a document that no encoding fits
whole is not read at all.
"""

from __future__ import annotations

import datetime as dt
import email
import email.errors
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from enum import StrEnum

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
          (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
_DECLARED = re.compile(
    rb"""(?i)<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_-]{2,20})"""
)
_MIME_HEAD = re.compile(
    rb"(?is)\A\s*(?:[a-z][a-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type):"
)
_CUT_OFF = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect)
_HEAD = 4096
_MOST_PARTS = 500


class Form(StrEnum):
    """How a document is written."""

    PAGE = "page"
    JSON = "json"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Document:
    """One document as text; ``address`` and ``saved_at`` (ISO 8601) are what its wrapping says, or ""."""

    form: Form
    text: str = field(repr=False)
    address: str = field(default="", repr=False)
    saved_at: str = ""


class NotUnderstoodError(Exception):
    """A file holds nothing that can be read as a page; the text says why, in words for the user."""


def documents_in(data: bytes) -> list[Document]:
    """Give the documents of a file.

    Raises
    ------
    NotUnderstoodError
        it is empty, binary, cut off, or of no known encoding.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise NotUnderstoodError("是空文件")
    if _MIME_HEAD.match(data[:_HEAD]):
        try:
            found = list(_unpacked(data))
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise NotUnderstoodError("单文件网页的结构已损坏") from error
        if not found:
            raise NotUnderstoodError("单文件网页里没有网页内容")
        return found
    return [_document(_text(data))]


def _document(text: str, address: str = "", saved_at: str = "") -> Document:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    form = {"<": Form.PAGE, "{": Form.JSON, "[": Form.JSON}.get(start, Form.COPIED)
    return Document(form, text, address, saved_at)


def _unpacked(data: bytes) -> Iterator[Document]:
    """Give the pages inside a single-file page (MHTML, RFC 2557), the main one first."""
    message = email.message_from_bytes(data)
    saved_at, main = _date(message), _location(message, "Snapshot-Content-Location")
    parts = [part for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    if any(isinstance(defect, _CUT_OFF) for part in parts for defect in part.defects):
        raise NotUnderstoodError("单文件网页不完整（可能没有存完）")
    for part in parts:
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                text = _text(content, part.get_content_charset() or "")
                # a frame is judged by the page it stood in: that is the one that somebody opened
                yield _document(text, main or _location(part, "Content-Location"), saved_at)


def _location(part: Message, header: str) -> str:
    """Give an address in a header; long ones are folded over lines."""
    return "".join(str(part.get(header, "")).split())


def _date(message: Message) -> str:
    """Give when a page was saved by its own word; "" where that is no full date."""
    try:
        moment = email.utils.parsedate_to_datetime(str(message.get("Date", "")))
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).isoformat()  # -0000 is UTC: RFC 5322


def _text(data: bytes, declared: str = "") -> str:
    """Decode by mark; else as UTF-8, as what is declared, as GB18030, whichever fits whole."""
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)][:1]
    if not encodings:
        zeros = _wide(data)
        named = _DECLARED.search(data[:_HEAD])
        said = [declared, named[1].decode("ascii") if named else ""]
        encodings = [zeros] if zeros else ["utf-8", *filter(None, said), "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if "\x00" not in text and _reads_like_text(text):
            return text
    raise NotUnderstoodError("不是文字（可能是图片、压缩包或其他程序的文件），或文字编码无法识别")


def _wide(data: bytes) -> str:
    """Tell UTF-16 without a mark: every other byte of ASCII is zero."""
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = max(len(head) // 20, 1)
    if odd >= least and even <= odd // 8:
        return "utf-16-le"
    return "utf-16-be" if even >= least and odd <= even // 8 else ""


def _reads_like_text(text: str) -> bool:
    """Say whether a text has next to no control characters: a picture that decodes by chance has many."""
    head = text[:_HEAD]
    strange = sum(mark < " " and mark not in "\t\r\n\f\x0b\x1b" for mark in head)
    return strange * 50 <= len(head)
