"""Settings for what needs no database: `makemigrations --check` compares models and migrations only."""

from config.settings.test import *

DATABASES = {alias: {"ENGINE": "django.db.backends.dummy"} for alias in ("default", "owner")}
