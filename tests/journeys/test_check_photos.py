"""The whole program with photos of certificates."""

from tests.certcheck.photos.pictures import code, saved
from tests.journeys.check_support import HEADER, check, outcomes, person, roster, row, summary, write_csv

STRANGE = "http://cx.mem.gov.cn.example.com/t?id=1"
AS_OF = ("--as-of", "2026-11-20")


def photo(folder, name, text):
    path = folder / "照片" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(saved(code(text)))
    return folder / "照片"


def codes(folder):
    return [[found["code"] for found in one["findings"]] for one in outcomes(folder)]


def test_strange_hosts_are_attention_and_everything_is_told(here, capsys):
    photo(here, f"{person(0)[1]}.png", STRANGE)
    photo(here, f"{person(1)[0]}.png", "https://cx.mem.gov.cn/x")
    folder = photo(here, "IMG_1.png", STRANGE)
    assert check(roster(here, 2), "--out", "o", "--photos", folder, *AS_OF) == 0
    assert check(roster(here, 2), "--out", "p", "--photos", folder, "--fail-on", "attention", *AS_OF) == 1
    assert codes(here / "o") == [["QR-HOST"], []]
    assert [one["verdict"] for one in outcomes(here / "o")] == ["attention", "unverified"]
    out, err = capsys.readouterr()
    assert "证书照片：共 3 个文件，看过 2 个，不对应名单上的人 1 个（第 2 个）" in out
    told = out + err + (here / "o" / "photos.csv").read_text(encoding="utf-8-sig")
    assert not any(person(nth)[1] in told for nth in (0, 1))
    assert not any(person(nth)[0] in out + err for nth in (0, 1))
    assert "二维码" in (here / "o" / "report.html").read_text(encoding="utf-8")


def test_the_column_of_the_list(here):
    """照片 names the files; without --photos it is only read over."""
    folder = photo(here, "1.png", STRANGE)
    rows = [[*row(*person(0)), "1.png"], [*row(*person(1)), "没有.jpg"], [*row(*person(2)), "√"]]
    listed = write_csv(here / "a.csv", rows, header=(*HEADER, "证书照片"))
    assert check(listed, "--out", "o", "--photos", folder, *AS_OF) == 0
    assert codes(here / "o") == [["QR-HOST"], ["QR-UNREADABLE"], []]
    assert check(listed, "--out", "p", *AS_OF) == 0
    assert codes(here / "p") == [[], [], []]
    assert summary(here / "p")["rows"]["read"] == 3
    assert "没有看照片" in summary(here / "p")["notes"][0]


def test_resume_wants_the_same_photos(here, capsys):
    folder = photo(here, "1.png", STRANGE)
    check(roster(here, 1), "--out", "o", "--photos", folder, *AS_OF)
    assert check("--resume", "o") == 0
    photo(here, "2.png", STRANGE)
    assert check("--resume", "o") == 2
    assert "--photos 的文件夹在上次核验后有改动" in capsys.readouterr().err
