from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Tài khoản, đơn vị hành chính"

    def ready(self) -> None:
        from accounts import audit

        audit.register()
