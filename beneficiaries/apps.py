from django.apps import AppConfig


class BeneficiariesConfig(AppConfig):
    name = "beneficiaries"
    verbose_name = "Người thụ hưởng"

    def ready(self) -> None:
        from beneficiaries import audit

        audit.register()
