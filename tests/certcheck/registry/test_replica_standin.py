import subprocess
import sys

from PIL import Image

from certcheck.registry.replica.picture import draw_captcha
from certcheck.registry.standin import main, written_answer


def test_reads_what_the_replica_wrote(tmp_path):
    """The program prints the answer of a picture of ours and exits 0."""
    path = tmp_path / "captcha.png"
    path.write_bytes(draw_captcha("4071", b"entropy"))
    command = [sys.executable, "-m", "certcheck.registry.standin", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "4071\n", "")


def test_knows_no_other_picture(tmp_path, capsys):
    """A picture without the mark, even one of the same digits, is left to a person."""
    path = tmp_path / "captcha.png"
    path.write_bytes(draw_captcha("4071", b"entropy"))
    with Image.open(path) as picture:
        picture.load()
        picture.info.clear()
        picture.save(tmp_path / "unmarked.png")
    (tmp_path / "text.png").write_text("4071")
    (tmp_path / "cut.png").write_bytes(path.read_bytes()[:40])
    for name in ("unmarked.png", "text.png", "cut.png", "missing.png"):
        assert main([str(tmp_path / name)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "请由人来看" in err
    assert written_answer(path) == "4071"


def test_wants_one_argument(capsys):
    """Without exactly one picture it says how it is used."""
    assert main([]) == main(["a", "b"]) == 1
    assert "用法" in capsys.readouterr().err
