import pytest


@pytest.fixture
def here(tmp_path, tmp_path_factory, monkeypatch):
    """A folder to work in, with the program's own folder ``home`` in it; what a killed program leaves for a moment goes, too."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("ZHENGKAO_HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("scratch")))
    monkeypatch.chdir(tmp_path)
    return tmp_path
