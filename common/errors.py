"""What stops a command, and the exit code each reason has (contract, section 1).

``ZhengkaoError``            something stops the run; its text is for the user, in Chinese
    ``InputError``           wrong usage or unreadable input: exit 2
    ``DataError``            a table or rule file of ours or of the user is faulty: exit 2
    ``IncompleteError``      the run had to pause, nothing is lost: exit 3
"""

from __future__ import annotations


class ZhengkaoError(Exception):
    """A run cannot go on; the text says in Chinese where, what, and what to do."""

    exit_code = 4


class InputError(ZhengkaoError):
    """A file or an option cannot be used as given."""

    exit_code = 2


class DataError(InputError):
    """A reference table or rule file is faulty; names file, row and field."""

    def __init__(self, file: str, problem: str, *, row: int | str = "", field: str = "") -> None:
        place = f"第 {row} 行" if isinstance(row, int) else str(row)
        where = " ".join(part for part in (file, place, f"字段 {field}" if field else "") if part)
        super().__init__(f"{where}：{problem}")
        self.file, self.row, self.field = file, row, field


class IncompleteError(ZhengkaoError):
    """The run paused before its end; it can be resumed."""

    exit_code = 3
