from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DisbursementsConfig(AppConfig):
    name = "disbursements"
    verbose_name = "Chi trả"

    def ready(self) -> None:
        from core.services.jobs import register_handler
        from disbursements import audit
        from disbursements.queries import search
        from disbursements.services.building import build_batch
        from disbursements.services.rendering import RENDER_JOB, render_files
        from disbursements.services.requests import BUILD_JOB

        audit.register()
        search.register()
        register_handler(BUILD_JOB, build_batch)
        register_handler(RENDER_JOB, render_files)
        post_migrate.connect(_install_workflows, sender=self, dispatch_uid="workflows of disbursements")


def _install_workflows(using: str, **_signal: Any) -> None:
    from core.database_rules import install_workflow
    from disbursements.workflow import BATCH_WORKFLOW, INSTRUCTION_WORKFLOW

    for workflow in (BATCH_WORKFLOW, INSTRUCTION_WORKFLOW):
        install_workflow(workflow, using)
