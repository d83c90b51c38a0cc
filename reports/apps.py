from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from core.search import register_reference_page
        from core.services.jobs import register_handler
        from reports import audit
        from reports.definitions.building import register_layout
        from reports.definitions.layouts import apply_layout
        from reports.queries import emulation_documents, emulation_queues
        from reports.services import emulation_reference
        from reports.services.list_runs import LIST_JOB, make_list_run
        from reports.services.targets_indicators import register as register_targets

        audit.register()
        register_layout(apply_layout)
        register_reference_page("BC", "reports:run_page")
        register_reference_page("LB", "reports:schedule_page")
        emulation_documents.register()
        emulation_reference.register()
        emulation_queues.register()
        register_handler(LIST_JOB, make_list_run)
        register_targets()
        post_migrate.connect(_install_workflows, sender=self, dispatch_uid="workflows of reports")


def _install_workflows(using: str, **_signal: Any) -> None:
    from core.database_rules import install_workflow
    from reports.workflow import WORKFLOWS

    for workflow in WORKFLOWS:
        install_workflow(workflow, using)
