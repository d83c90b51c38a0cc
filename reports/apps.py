from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from core.search import register_reference_page
        from reports import audit

        audit.register()
        register_reference_page("BC", "reports:run_page")
