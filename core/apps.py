from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền tảng"

    def ready(self) -> None:
        from core import audit
        from core.database_rules import install_rights
        from core.reference_data import register_loader
        from core.search import register_reference_page
        from core.services.calendar import load_calendar
        from core.services.retention import register_core_removers

        audit.register_core_actions()
        register_core_removers()
        register_reference_page("CV", "job")
        register_loader("calendar", 20, load_calendar)
        post_migrate.connect(install_rights, sender=self, dispatch_uid="rights of the application's role")
