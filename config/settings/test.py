"""Settings of the tests and of the static checks: fixed keys that protect nothing, and servers found by tests/conftest.py."""

import base64
import os

_FIXED = {
    "SECRET_KEY": "only-for-tests",
    "FIELD_KEYS": "1:" + base64.b64encode(b"1" * 32).decode(),
    "BLIND_INDEX_KEY": base64.b64encode(b"2" * 32).decode(),
    "DATABASE_URL": "postgresql://app@127.0.0.1:5432/test",
    "DATABASE_OWNER_URL": "postgresql://owner@127.0.0.1:5432/test",
    "BROKER_URL": "redis://127.0.0.1:6379/9",
    "BUSINESS_DATE": "2021-09-27",
    # all tests ask from one address; those of the throttle set it to 1
    "THROTTLE_FACTOR": "1000",
}
# Otherwise tests/conftest.py starts the embedded ones. Compared, as a child process inherits what is set below.
ARE_SERVERS_GIVEN = os.environ.get("DATABASE_URL", _FIXED["DATABASE_URL"]) != _FIXED["DATABASE_URL"]
for _name, _value in _FIXED.items():
    os.environ.setdefault(_name, _value)

from config.settings.base import *
from config.settings.paths import VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The web server of the browser tests serves the source files: nothing is collected.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = VAR_DIR / "test" / "static"
