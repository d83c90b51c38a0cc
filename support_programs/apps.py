from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SupportProgramsConfig(AppConfig):
    name = "support_programs"
    verbose_name = "Chính sách, hồ sơ"

    def ready(self) -> None:
        from core.reference_data import register_loader
        from core.services.jobs import register_handler
        from support_programs import audit
        from support_programs.queries import (
            case_papers,
            data_request_queue,
            document_panels,
            grievance_panels,
            held_data,
            pairs,
            person_panel,
            reminders,
            search,
            supplements,
        )
        from support_programs.queries.applications import queue_of_applications
        from support_programs.queries.entry_drafts import queue_of_drafts
        from support_programs.queries.outreach import queues_of_outreach
        from support_programs.queries.queues import register_queue
        from support_programs.services import applications, children, entry_drafts, joining
        from support_programs.services.bulk import KIND, run_bulk
        from support_programs.services.catalogue import load_catalogue
        from support_programs.services.import_profiles import register_profiles

        audit.register()
        search.register()
        person_panel.register()
        held_data.register_tables()
        data_request_queue.register()
        joining.register()
        children.register()
        applications.register()
        entry_drafts.register()
        case_papers.register()
        pairs.register()
        document_panels.register()
        grievance_panels.register()
        supplements.register()
        reminders.register()
        register_loader("catalogue", 30, load_catalogue)
        register_profiles()
        register_handler(KIND, run_bulk)
        register_queue("outreach", queues_of_outreach)
        register_queue("applications", queue_of_applications)
        register_queue("drafts", queue_of_drafts)
        post_migrate.connect(_install_workflows, sender=self, dispatch_uid="workflows of support_programs")


def _install_workflows(using: str, **_signal: Any) -> None:
    from core.database_rules import install_workflow
    from support_programs.workflow import WORKFLOWS

    for workflow in WORKFLOWS:
        install_workflow(workflow, using)
