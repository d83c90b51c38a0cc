"""Addresses of public figures, open data, the look-up by name and donations; and of who gave without being named."""

from django.urls import URLPattern, path

from reports.views import public_donations, public_donors, public_figures, public_lookup, public_open_data

urlpatterns: list[URLPattern] = [
    path("public/figures/", public_figures.public_totals, name="public_figures"),
    path("public/lookup/", public_lookup.public_lookup, name="public_lookup"),
    path("public/donations/", public_donations.public_donations, name="public_donations"),
    path("public/open-data/", public_open_data.open_data, name="open_data"),
    # as files are named elsewhere: addresses that stay, for programs
    path("public/open-data/payments.json", public_open_data.open_data_json, name="open_data_json"),
    path("public/open-data/payments.csv", public_open_data.open_data_csv, name="open_data_csv"),
    path("public/open-data/schema.json", public_open_data.open_data_schema, name="open_data_schema"),
    path("reports/donors/", public_donors.donor_list, name="donor_list"),
    path("reports/donors/<str:reference>/", public_donors.donor_act, name="donor_act"),
]
