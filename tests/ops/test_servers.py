"""The embedded servers, in a checkout of their own: shared, brought back, ended, never in each other's way."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis

from ops.children import wait_until
from ops.locks import try_exclusive_lock
from ops.places import is_open_to_others, places_for
from ops.servers import ServersError, has_outside_servers, running_servers, stop_servers, stop_unused_servers
from ops.supervisor import SUPERVISOR_LOCK, State, read_state


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty checkout below a folder of mode 0700, which root's unprivileged servers cannot enter."""
    root = tmp_path_factory.mktemp("closed", numbered=True) / "checkout"
    root.mkdir()
    root.parent.chmod(0o700)
    os.environ["SERVERS_LINGER_SECONDS"] = "1"
    yield root
    del os.environ["SERVERS_LINGER_SECONDS"]
    stop_servers(root)
    outside = root / "var" / "state"
    if outside.is_symlink():
        shutil.rmtree(outside.resolve())


def is_supervised(root: Path) -> bool:
    lock = try_exclusive_lock(root / "var" / SUPERVISOR_LOCK)
    if lock is None:
        return True
    lock.close()
    return False


def state_of(root: Path) -> State:
    state = read_state(root / "var")
    assert state is not None
    return state


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(url, connect_timeout=5)) as link, link, link.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []


def answers(url: str) -> bool:
    try:
        return ask(url, "SELECT 1") == [(1,)]
    except psycopg2.OperationalError:
        return False


class TestRoles:
    def test_app_owns_nothing_and_makes_nothing(self, checkout: Path) -> None:
        with running_servers(checkout) as urls:
            assert ask(urls.database, "SELECT current_user::text") == [("app",)]
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                ask(urls.database, "CREATE TABLE mine (a int)")
            rights = (
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = '{}'"
            )
            assert ask(urls.database, rights.format("app")) == [(False, False, False, False)]
            assert ask(urls.database, rights.format("owner")) == [(False, False, True, False)]

    def test_owner_makes_tables_and_trusted_extensions(self, checkout: Path) -> None:
        with running_servers(checkout) as urls:
            ask(urls.database_owner, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
            ask(urls.database_owner, "DROP TABLE IF EXISTS theirs")
            ask(urls.database_owner, "CREATE TABLE theirs (a int)")
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                ask(urls.database, "TRUNCATE theirs")

    def test_vietnamese_letters_change_case_and_sort_by_bytes(self, checkout: Path) -> None:
        with running_servers(checkout) as urls:
            assert ask(urls.database, "SELECT upper('đặng thị ường'), 'Z' < 'a', 'ĐẶNG' ILIKE 'đặng'") == [
                ("ĐẶNG THỊ ƯỜNG", True, True)
            ]

    def test_durability_is_not_traded_for_speed(self, checkout: Path) -> None:
        with running_servers(checkout) as urls:
            assert ask(
                urls.database, "SELECT current_setting('fsync'), current_setting('full_page_writes')"
            ) == [("on", "on")]

    def test_nobody_comes_in_without_a_password(self, checkout: Path) -> None:
        with running_servers(checkout):
            state = state_of(checkout)
            with pytest.raises(psycopg2.OperationalError, match="password"):
                psycopg2.connect(
                    host="127.0.0.1",
                    port=state.postgres_port,
                    user="postgres",
                    password="x",
                    dbname="postgres",
                )
            with (
                redis.Redis(host="127.0.0.1", port=state.valkey_port) as stranger,
                pytest.raises(redis.AuthenticationError),
            ):
                stranger.ping()

    def test_secrets_are_closed_and_stay_the_same(self, checkout: Path) -> None:
        with running_servers(checkout) as first, running_servers(checkout) as second:
            assert first == second
        modes = {path.name: path.stat().st_mode & 0o777 for path in (checkout / "var" / "secrets").iterdir()}
        assert len(modes) == 7
        assert set(modes.values()) == {0o600}


class TestSharing:
    def test_a_second_command_joins_the_first(self, checkout: Path) -> None:
        with running_servers(checkout):
            first = state_of(checkout)
            with running_servers(checkout):
                assert state_of(checkout) == first
            stop_unused_servers(checkout)
            assert is_supervised(checkout), "stopped under the feet of who uses them"

    def test_they_end_when_nobody_uses_them_and_keep_what_was_committed(self, checkout: Path) -> None:
        with running_servers(checkout) as urls:
            ask(urls.database_owner, "CREATE TABLE IF NOT EXISTS kept (a int)")
            ask(urls.database_owner, "INSERT INTO kept VALUES (7)")
        assert wait_until(lambda: not is_supervised(checkout), seconds=20)
        assert read_state(checkout / "var") is None
        with running_servers(checkout) as urls:
            assert (7,) in ask(urls.database_owner, "SELECT a FROM kept")

    def test_stopping_unused_ones_is_quick(self, checkout: Path) -> None:
        with running_servers(checkout):
            pid = state_of(checkout).postgres_pid
        stop_unused_servers(checkout)
        assert not is_supervised(checkout)
        assert not Path(f"/proc/{pid}").exists()


class TestAccidents:
    def test_a_killed_postgres_is_brought_back_with_what_was_committed(self, checkout: Path) -> None:
        with running_servers(checkout) as urls:
            ask(urls.database_owner, "CREATE TABLE IF NOT EXISTS survivor (a int)")
            ask(urls.database_owner, "INSERT INTO survivor VALUES (1)")
            before = state_of(checkout)
            os.kill(before.postgres_pid, signal.SIGKILL)
            assert wait_until(lambda: read_state(checkout / "var") not in {None, before}, seconds=30)
            assert wait_until(lambda: answers(urls.database_owner), seconds=10)
            assert (1,) in ask(urls.database_owner, "SELECT a FROM survivor")

    def test_a_killed_broker_keeps_its_queue(self, checkout: Path) -> None:
        with running_servers(checkout) as urls, redis.Redis.from_url(urls.broker) as broker:
            broker.rpush("queue", "task")
            # appendfsync everysec: what is younger than a second may be lost
            assert wait_until(lambda: broker.info("persistence")["aof_pending_bio_fsync"] == 0, seconds=5)
            before = state_of(checkout)
            os.kill(before.valkey_pid, signal.SIGKILL)
            assert wait_until(lambda: read_state(checkout / "var") not in {None, before}, seconds=30)
            assert broker.lrange("queue", 0, -1) == [b"task"]

    def test_a_killed_supervisor_takes_its_servers_along_and_is_replaced(self, checkout: Path) -> None:
        with running_servers(checkout) as urls:
            ask(urls.database_owner, "CREATE TABLE IF NOT EXISTS orphan (a int)")
            before = state_of(checkout)
            os.kill(before.supervisor_pid, signal.SIGKILL)
            assert wait_until(lambda: not Path(f"/proc/{before.postgres_pid}").exists(), seconds=20)
        with running_servers(checkout) as urls:
            assert state_of(checkout).supervisor_pid != before.supervisor_pid
            assert ask(urls.database_owner, "SELECT count(*) FROM orphan") == [(0,)]

    def test_the_mark_of_a_dead_server_does_not_stop_the_next(self, checkout: Path) -> None:
        stop_servers(checkout)
        mark = places_for(checkout).postgres_data / "postmaster.pid"
        mark.write_text(f"{os.getpid()}\nsomewhere\n")
        with running_servers(checkout) as urls:
            assert answers(urls.database)


class TestPlaces:
    def test_a_closed_checkout_of_root_keeps_its_data_outside(self, checkout: Path) -> None:
        places = places_for(checkout)
        assert not is_open_to_others(checkout / "var")
        if os.geteuid() == 0:
            assert is_open_to_others(places.state)
            assert (places.state / "checkout").read_text() == str(checkout)
        else:
            assert places.state == places.var

    def test_the_data_of_a_var_that_is_gone_is_removed(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o700)
        first = places_for(tmp_path)
        shutil.rmtree(tmp_path / "var")
        second = places_for(tmp_path)
        if first.state != first.var:
            assert not first.state.exists()
            shutil.rmtree(second.state)


class TestOutsideServers:
    def test_all_three_or_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL"):
            monkeypatch.delenv(name, raising=False)
        assert not has_outside_servers()
        monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/app")
        with pytest.raises(ServersError, match="DATABASE_OWNER_URL, BROKER_URL"):
            has_outside_servers()
        monkeypatch.setenv("DATABASE_OWNER_URL_FILE", "/run/secrets/owner")
        monkeypatch.setenv("BROKER_URL", "redis://broker/0")
        assert has_outside_servers()
