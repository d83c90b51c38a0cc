"""Addresses of complaints and reports, at the desks and for everybody."""

from django.urls import URLPattern, path

from support_programs.views import grievance_acts, grievances, public_grievances

urlpatterns: list[URLPattern] = [
    path("grievances/", grievances.grievance_list, name="grievance_list"),
    path("grievances/new/", grievances.grievance_new, name="grievance_new"),
    path("grievances/<str:reference>/", grievances.grievance_page, name="grievance_page"),
    path("grievances/<str:reference>/accept/", grievance_acts.grievance_accept, name="grievance_accept"),
    path("grievances/<str:reference>/assign/", grievance_acts.grievance_assign, name="grievance_assign"),
    path("grievances/<str:reference>/letter/", grievance_acts.grievance_letter, name="grievance_letter"),
    path("grievances/<str:reference>/note/", grievance_acts.grievance_note, name="grievance_note"),
    path("grievances/<str:reference>/<slug:act>/", grievance_acts.grievance_act, name="grievance_act"),
    path("public/grievances/", public_grievances.public_grievance_follow, name="public_grievance_follow"),
    path("public/grievances/new/", public_grievances.public_grievance_new, name="public_grievance_new"),
]
