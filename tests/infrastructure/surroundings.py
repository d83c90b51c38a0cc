"""What a test session or a benchmark works in: servers, and this process's settings pointed at its own slot of them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import environ
import redis
from django.conf import settings
from django.core.cache import caches
from django.db import connections

from config.settings.test import ARE_SERVERS_GIVEN
from ops.servers import running_servers
from tests.infrastructure.slots import Slot


@contextmanager
def broker_and_database_servers() -> Iterator[str]:
    """Make sure of servers and point Django's connections at them; gives the broker's address."""
    if ARE_SERVERS_GIVEN:
        yield os.environ["BROKER_URL"]
        return
    with running_servers() as urls:
        for alias, url in (("default", urls.database), ("owner", urls.database_owner)):
            found = {key: value for key, value in environ.Env.db_url_config(url).items() if key != "ENGINE"}
            connections.databases[alias].update(found)
            connections[alias].settings_dict.update(found)
        yield urls.broker


def program_environment(slot: Slot, broker: str) -> dict[str, str]:
    """The environment of this session's own worker and web server."""
    return {
        **os.environ,
        "DATABASE_URL": _url_of("default", slot.database),
        "DATABASE_OWNER_URL": _url_of("owner", slot.database),
        "BROKER_URL": f"{broker.rsplit('/', 1)[0]}/{slot.broker_number}",
        "STORAGE_DIR": str(slot.files),
        # A killed worker leaves its temporary files behind; here the next session removes them.
        "TMPDIR": str(slot.files / "tmp"),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONWARNINGS": "default",
    }


def use_slot(slot: Slot, environment: dict[str, str]) -> None:
    """Point this process's broker, cache and stored files at the slot's, and empty them."""
    from config.celery import app

    url = environment["BROKER_URL"]
    settings.CELERY_BROKER_URL = url
    app.conf.update(broker_url=url)
    settings.CACHES["default"]["LOCATION"] = url
    caches.settings["default"]["LOCATION"] = url
    with suppress(AttributeError):  # an import may have asked for the cache already; it is made anew
        del caches["default"]
    empty_broker(url)
    shutil.rmtree(slot.files, ignore_errors=True)
    (slot.files / "tmp").mkdir(parents=True)
    settings.STORAGE_DIR = slot.files
    storages: dict[str, Any] = settings.STORAGES
    storages["default"]["OPTIONS"]["location"] = slot.files


def empty_broker(url: str) -> None:
    """Forget every queued task and cached value of the slot."""
    with redis.Redis.from_url(url) as broker:
        broker.flushdb()


def _url_of(alias: str, database: str) -> str:
    found: dict[str, Any] = connections[alias].settings_dict
    return f"postgresql://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{database}"
