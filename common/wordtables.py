"""Word tables: TOML files whose sections give lists of words; every fault names file, line and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from common.errors import DataError

_LINE = re.compile(r"line (\d+)")


class WordTable:
    """One file, read and checked section by section as it is asked for.

    Raises
    ------
    DataError
        the file cannot be read, or is no TOML.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._text = path.read_text(encoding="utf-8-sig")
            self._content: dict[str, Any] = tomllib.loads(self._text)
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(path.name, "打不开，或不是 UTF-8 文字") from error
        except tomllib.TOMLDecodeError as error:
            line = _LINE.search(str(error))
            raise DataError(path.name, "不是合格的 TOML", row=int(line[1]) if line else "") from error

    @property
    def sections(self) -> Collection[str]:
        """Give the names of the sections."""
        return self._content.keys()

    def words(self, section: str, needed: Collection[str] = ()) -> dict[str, list[str]]:
        """Give a section whose every field is a list of words; none empty, none missing of those needed."""
        table = self._section(section)
        for field in needed:
            if field not in table:
                raise DataError(
                    self.path.name, "缺少这一项", row=self._line(section), field=f"{section}.{field}"
                )
        for field, words in table.items():
            if not isinstance(words, list) or not all(
                isinstance(word, str) and word.strip() for word in words
            ):
                raise self.fault(section, field, '应为文字列表，例如 ["姓名", "员工姓名"]')
        return table

    def text(self, section: str, field: str, allowed: Collection[str] = ()) -> str:
        """Give one text of a section, where wanted one of those allowed."""
        value = self._section(section).get(field)
        if not isinstance(value, str) or (allowed and value not in allowed):
            told = f"应为 {'、'.join(allowed)} 之一" if allowed else "应为文字"
            raise self.fault(section, field, told)
        return value

    def fault(self, section: str, field: str, problem: str) -> DataError:
        """Make the error for a field, with the line it stands on."""
        return DataError(self.path.name, problem, row=self._line(section, field), field=f"{section}.{field}")

    def _section(self, section: str) -> dict[str, Any]:
        table = self._content.get(section)
        if not isinstance(table, dict):
            raise DataError(self.path.name, "缺少这一部分", field=section)
        return table

    def _line(self, section: str, field: str = "") -> int | str:
        """Find the line of a section, or of a field in it; "" where it is not written plainly."""
        inside = False
        for number, line in enumerate(self._text.splitlines(), start=1):
            if line.strip().startswith("["):
                inside = line.strip() == f"[{section}]"
                if inside and not field:
                    return number
            elif inside and field and re.match(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=", line):
                return number
        return ""
