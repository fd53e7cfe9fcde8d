"""A file that is not what drawing again gives: which line, or only how it was saved; a clerk's spreadsheet does the latter."""

import pytest

from scheduler.file_difference import file_difference, repeated_check

WANTED = "\ufeff编号,考点\r\nT1,S1\r\nT2,S2\r\n".encode()


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ("编号,考点\nT1,S1\nT2,S2\n".encode(), "各行相同，只是换行或文件开头的标记（BOM）不同，可能另存过"),
        ("编号,考点\r\n".encode("gb18030"), "不是 UTF-8 编码，可能另存过"),
        (WANTED.replace(b"T1,S1", b"T1,S2"), "第 2 行应为“T1,S1”"),
        (WANTED.replace(b"T2,S2\r\n", b""), "第 3 行应为“T2,S2”"),
        (WANTED + b"T3,S3\r\n", "第 4 行起是多出来的"),
    ],
)
def test_the_first_line_or_how_it_was_saved(tmp_path, found, told):
    assert file_difference(WANTED, found) == told
    path = tmp_path / "a.csv"
    assert repeated_check(path, WANTED) == (False, "没有 a.csv 这个文件，不能与重新抽签的结果比较")
    path.write_bytes(found)
    assert repeated_check(path, WANTED) == (False, f"用记录的种子重新抽签，a.csv 逐字节不同：{told}")
    path.write_bytes(WANTED)
    assert repeated_check(path, WANTED) == (True, "用记录的种子重新抽签，a.csv 逐字节相同")
