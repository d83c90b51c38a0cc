"""The tables of transitions of this app, one module per part; their triggers are installed after every `migrate`."""

from typing import Final

from core.workflow import Workflow

WORKFLOWS: Final[tuple[Workflow, ...]] = ()
