"""Tables made by several processes in the same moment."""

import threading

import pytest
import sqlalchemy as sa

from common.database import make_tables, open_engine, sqlite_url
from common.errors import ZhengkaoError

TABLES = sa.MetaData()
for nth in range(20):
    sa.Table(f"table{nth}", TABLES, sa.Column("id", sa.Integer, primary_key=True))


def test_made_at_once(tmp_path):
    """Several engines on one new file: nobody fails, everything is there."""
    engines = [open_engine(sqlite_url(tmp_path / "a.sqlite")) for _ in range(4)]
    start, failed = threading.Barrier(4), []

    def make(engine):
        start.wait()
        try:
            make_tables(engine, TABLES)
        except ZhengkaoError as error:
            failed.append(error)

    threads = [threading.Thread(target=make, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(sa.inspect(engines[0]).get_table_names()) == 20
    for engine in engines:
        engine.dispose()


def test_what_cannot_be_made_is_told(tmp_path):
    (tmp_path / "a.sqlite").write_bytes(b"no database at all" * 100)
    engine = open_engine(sqlite_url(tmp_path / "a.sqlite"))
    with pytest.raises(ZhengkaoError, match="数据库"):
        make_tables(engine, TABLES)
    engine.dispose()
