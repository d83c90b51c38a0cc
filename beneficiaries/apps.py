from django.apps import AppConfig


class BeneficiariesConfig(AppConfig):
    name = "beneficiaries"
    verbose_name = "Người thụ hưởng"

    def ready(self) -> None:
        from beneficiaries import audit
        from beneficiaries.imports import sealed_values
        from beneficiaries.queries import held_data, pair_panel, people_hits
        from beneficiaries.queries.person_panels import register_person_panel
        from beneficiaries.queries.person_registers import register_panel
        from beneficiaries.services.duplicates.finding_jobs import FIND, find_duplicates
        from beneficiaries.services.imports import retention
        from beneficiaries.services.imports.checks import check_list
        from beneficiaries.services.imports.commits import COMMIT, commit_list
        from beneficiaries.services.imports.uploads import CHECK
        from beneficiaries.services.registers.import_profiles import register_register_lists
        from beneficiaries.views.data_requests import data_request_panel
        from beneficiaries.views.reveals import reveal_panel
        from core.search import register_reference_page
        from core.services.jobs import register_handler

        audit.register()
        sealed_values.register()
        retention.register()
        pair_panel.register()
        people_hits.register()
        register_person_panel("registers", register_panel, 20)
        register_person_panel("reveal", reveal_panel, 80)
        register_person_panel("data_requests", data_request_panel, 90)
        held_data.register_own_tables()
        register_reference_page("NH", "beneficiaries:import_page")
        register_reference_page("TR", "beneficiaries:duplicate_page")
        register_reference_page("NT", "beneficiaries:person_page")
        register_reference_page("HG", "beneficiaries:household_page")
        register_reference_page("DT", "beneficiaries:entry_by_reference")
        register_reference_page("YC", "beneficiaries:data_request_page")
        register_register_lists()
        register_handler(CHECK, check_list)
        register_handler(COMMIT, commit_list)
        register_handler(FIND, find_duplicates)
