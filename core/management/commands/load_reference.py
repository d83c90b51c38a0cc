"""Loads areas, calendar and catalogue from the files shipped with the project."""

from typing import Any

from django.core.management.base import BaseCommand

from core.reference_data import run_loaders


class Command(BaseCommand):
    help = "Load the reference data that every installation needs; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, sentence in run_loaders():
            self.stdout.write(f"{name}: {sentence}")
