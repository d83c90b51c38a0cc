from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Tài khoản, đơn vị hành chính"

    def ready(self) -> None:
        from accounts import audit
        from accounts.services import retention
        from accounts.services.areas import load_areas
        from core.reference_data import register_loader

        audit.register()
        retention.register()
        register_loader("areas", 10, load_areas)
