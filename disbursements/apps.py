from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DisbursementsConfig(AppConfig):
    name = "disbursements"
    verbose_name = "Chi trả"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.http import register_settings_page
        from accounts.permissions import is_administrator
        from core.services.jobs import register_handler
        from disbursements import audit
        from disbursements.queries import after_check, documents, held_data, person_panel, search
        from disbursements.queries.goods_worklist import case_handouts, goods_queues, register_pages
        from disbursements.queries.recoveries import case_recoveries
        from disbursements.queries.worklist import case_payments, list_payments, payout_queues
        from disbursements.services import joining
        from disbursements.services.building import build_batch
        from disbursements.services.goods_rendering import HANDOUT_FILES_JOB, render_handout_files
        from disbursements.services.goods_requests import BUILD_HANDOUT_JOB, build_handout
        from disbursements.services.rendering import RENDER_JOB, render_files
        from disbursements.services.requests import BUILD_JOB
        from disbursements.services.statements import STATEMENT_JOB, read_statement_job
        from support_programs.queries.panels import register_case_panel, register_list_panel
        from support_programs.queries.queues import register_queue

        audit.register()
        register_settings_page("disbursements:signature_rules", _("Số chữ ký duyệt chi"), is_administrator)
        search.register()
        person_panel.register()
        documents.register()
        held_data.register_tables()
        after_check.register()
        joining.register()
        register_handler(BUILD_JOB, build_batch)
        register_handler(RENDER_JOB, render_files)
        register_handler(STATEMENT_JOB, read_statement_job)
        register_handler(BUILD_HANDOUT_JOB, build_handout)
        register_handler(HANDOUT_FILES_JOB, render_handout_files)
        register_pages()
        register_queue("goods", goods_queues)
        register_case_panel("handouts", case_handouts)
        register_queue("payouts", payout_queues)
        register_case_panel("payments", case_payments)
        register_case_panel("recoveries", case_recoveries)
        register_list_panel("payments", list_payments)
        post_migrate.connect(_install_workflows, sender=self, dispatch_uid="workflows of disbursements")


def _install_workflows(using: str, **_signal: Any) -> None:
    from core.database_rules import install_workflow
    from disbursements.workflow import (
        BATCH_WORKFLOW,
        HANDOUT_LINE_WORKFLOW,
        HANDOUT_WORKFLOW,
        INSTRUCTION_WORKFLOW,
    )

    for workflow in (BATCH_WORKFLOW, INSTRUCTION_WORKFLOW, HANDOUT_WORKFLOW, HANDOUT_LINE_WORKFLOW):
        install_workflow(workflow, using)
