from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền tảng"

    def ready(self) -> None:
        from core import audit
        from core.database_rules import install_rights

        audit.register_core_actions()
        post_migrate.connect(install_rights, sender=self, dispatch_uid="rights of the application's role")
