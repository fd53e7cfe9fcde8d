"""What became of the files that a person handed in beside a list: one line each, none left out.

The table tells file names, with every number in them masked. The sentence for the terminal tells files by their
number in that table only, because a file may be named after a person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from certcheck.folder import Use
from certcheck.report.outcomes import shown_text

_COLUMNS = ("序号", "文件", "结果", "说明")
_LIVE = ("=", "+", "-", "@", "\t")  # a spreadsheet would take what begins so for a formula
_MOST_TOLD = 20


def table_of(uses: Sequence[Use]) -> str:
    """Give the table as CSV with a byte order mark, so that spreadsheets open it as UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for use in uses:
        reason = shown_text(use.reason, show_id=False) or ""
        cells = (str(use.file.number), use.file.shown_name, use.result, reason)
        writer.writerow([f"'{cell}" if cell.startswith(_LIVE) else cell for cell in cells])
    return "\ufeff" + buffer.getvalue()


def told_of(
    what: str, files: int, aside: int, uses: Sequence[Use], results: Sequence[str], table: str
) -> str:
    """Say in one sentence what became of all files.

    Parameters
    ----------
    what
        what was handed in, such as 保存的网页.
    files
        how many files there are.
    aside
        how many folders were set aside.
    uses
        what became of each.
    results
        the results in the order to tell them; all but the first are told with the numbers of the files.
    table
        the name of the file that tells all.
    """
    counts = [f"{results[0]} {len({use.file.number for use in uses if use.result == results[0]})} 个"]
    for result in results[1:]:
        numbers = sorted({use.file.number for use in uses if use.result == result})
        if numbers:
            counts.append(f"{result} {len(numbers)} 个（第 {_listed(numbers)} 个）")
    beside = f"另有 {aside} 个文件夹是网页的附属文件或本程序的报告，没有读。" if aside else ""
    return f"{what}：共 {files} 个文件，{'，'.join(counts)}。{beside}逐个说明见 {table}。"


def _listed(numbers: Sequence[int]) -> str:
    told = "、".join(map(str, numbers[:_MOST_TOLD]))
    return f"{told} 等 {len(numbers)}" if len(numbers) > _MOST_TOLD else told
