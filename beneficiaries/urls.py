"""Addresses of people and of the lists that they come from."""

from django.urls import path

from beneficiaries.views import employers, import_rows, imports, people, reveals

app_name = "beneficiaries"

urlpatterns = [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/templates/<str:profile>.xlsx", imports.import_template, name="import_template"),
    path("imports/<str:reference>/", imports.import_page, name="import_page"),
    path("imports/<str:reference>/columns/", import_rows.import_columns, name="import_columns"),
    path("imports/<str:reference>/rows/", import_rows.import_rows, name="import_rows"),
    path("imports/<str:reference>/rows/action/", import_rows.import_row_action, name="import_row_action"),
    path("imports/<str:reference>/rows/<int:number>/", import_rows.import_row, name="import_row"),
    path("imports/<str:reference>/commit/", imports.import_commit, name="import_commit"),
    path("imports/<str:reference>/cancel/", imports.import_cancel, name="import_cancel"),
    path("imports/<str:reference>/check/", imports.import_check_again, name="import_check_again"),
    path("imports/<str:reference>/marked/", imports.import_marked, name="import_marked"),
    path("people/", people.person_list, name="person_list"),
    path("people/<str:reference>/", people.person_page, name="person_page"),
    path("people/<str:reference>/reveal/", reveals.person_reveal, name="person_reveal"),
    path("employers/new/", employers.employer_new, name="employer_new"),
    path("employers/<str:reference>/correct/", employers.employer_correct, name="employer_correct"),
]
