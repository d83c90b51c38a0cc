"""The papers of the story, made once per session in a transaction that is taken back."""

from collections.abc import Mapping

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.support_programs.documents.story import Rendered, make_papers


@pytest.fixture(scope="session")
def papers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Mapping[str, Rendered]:
    """Every kind of paper by its code, as draft and as issued."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_papers()
        transaction.set_rollback(True)
    return made
