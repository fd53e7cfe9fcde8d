"""Papers after a draw: very many people get none unasked, and nothing that writes them is loaded then."""

import subprocess
import sys


def test_very_many_get_no_papers_unasked(tmp_path):
    """50,001 people: one sentence says so and how to get them; the typesetter would take longer to load than to say it."""
    asks = (
        "import sys; from pathlib import Path; from commands.exam_papers import write_after_draw;"
        "write_after_draw(Path(sys.argv[1]), 50_001, asked=None);"
        "print([name for name in sys.modules if name.startswith('scheduler.papers')])"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", asks, tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told, loaded = done.stdout.splitlines()
    assert told.startswith("考生超过 50000 人，没有写出准考证等材料；需要时运行 zhengkao exam papers ")
    assert loaded == "[]"
