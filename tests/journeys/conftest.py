import pytest


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder to work in, with the program's own folder ``home`` in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("ZHENGKAO_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return tmp_path
