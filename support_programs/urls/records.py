"""Addresses of cases, of lists and of the programmes' rules."""

from django.urls import path

from support_programs.views import (
    bulk,
    calculator,
    case_acts,
    case_desk,
    case_facts,
    case_records,
    cases,
    claims,
    corrections,
    employers,
    left_behind,
    left_behind_handed,
    list_acts,
    list_facts,
    lists,
    papers,
    programmes,
    unregistered,
)

urlpatterns = [
    path("cases/", cases.case_list, name="case_list"),
    path("cases/bulk/", bulk.case_bulk, name="case_bulk"),
    path("cases/new/", claims.claim_choose, name="claim_choose"),
    path("cases/new/<str:programme>/", claims.claim_new, name="claim_new"),
    path("cases/<str:reference>/", case_desk.case_page, name="case_page"),
    path("cases/<str:reference>/mark-eligible/", case_desk.case_mark_eligible, name="case_mark_eligible"),
    path("cases/<str:reference>/facts/", case_facts.case_facts, name="case_facts"),
    path("cases/<str:reference>/recheck/", case_desk.case_recheck, name="case_recheck"),
    path("cases/<str:reference>/note/", case_desk.case_note, name="case_note"),
    path("cases/<str:reference>/resolve-mark/", case_desk.mark_resolve, name="mark_resolve"),
    path("cases/<str:reference>/correct/", corrections.case_correct, name="case_correct"),
    path("cases/<str:reference>/children/", case_records.case_child_add, name="case_child_add"),
    path(
        "cases/<str:reference>/children/<int:pk>/remove/",
        case_records.case_child_remove,
        name="case_child_remove",
    ),
    path(
        "cases/<str:reference>/received-again/", case_records.case_received_again, name="case_received_again"
    ),
    path("cases/<str:reference>/months/", case_records.case_month_add, name="case_month_add"),
    path(
        "cases/<str:reference>/months/<int:pk>/", case_records.case_month_correct, name="case_month_correct"
    ),
    path(
        "cases/<str:reference>/decision-elsewhere/",
        case_records.case_decision_elsewhere,
        name="case_decision_elsewhere",
    ),
    path("cases/<str:reference>/<slug:act>/", case_acts.case_act, name="case_act"),
    path("lists/", lists.list_list, name="list_list"),
    path("lists/decide/", list_acts.decide, name="decide"),
    path("lists/<str:reference>/", lists.list_page, name="list_page"),
    path("lists/<str:reference>/facts/", list_facts.list_facts, name="list_facts"),
    path("lists/<str:reference>/occupations/", list_facts.list_occupations, name="list_occupations"),
    path("lists/<str:reference>/minutes/", lists.list_minutes, name="list_minutes"),
    path("lists/<str:reference>/confirmations/<int:pk>/", lists.list_confirmation, name="list_confirmation"),
    path("lists/<str:reference>/paper/<slug:kind>/", papers.list_paper, name="list_paper"),
    path("lists/<str:reference>/<slug:act>/", list_acts.list_act, name="list_act"),
    path("employers/", employers.employer_list, name="employer_list"),
    path("employers/<str:reference>/", employers.employer_page, name="employer_page"),
    path("left-behind/", left_behind.left_behind_page, name="left_behind"),
    path("left-behind/hand/", left_behind.left_behind_hand, name="left_behind_hand"),
    path("left-behind/export/", left_behind.left_behind_export, name="left_behind_export"),
    path("left-behind/handed/", left_behind_handed.left_behind_handed, name="left_behind_handed"),
    path("left-behind/handed/<int:pk>/", left_behind_handed.left_behind_answer, name="left_behind_answer"),
    path("left-behind/unregistered/", unregistered.unregistered, name="unregistered"),
    path("left-behind/unregistered/fill/", unregistered.unregistered_fill, name="unregistered_fill"),
    path("left-behind/unregistered/export/", unregistered.unregistered_export, name="unregistered_export"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<str:code>/", programmes.programme_page, name="programme_page"),
]
