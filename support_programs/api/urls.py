"""Addresses of the API of programmes, cases and lists, under /api/v1/."""

from django.urls import path

from support_programs.api import cases, claims, decisions, lists, preview, programmes

app_name = "support_programs_api"

urlpatterns = [
    path("programmes/", programmes.ProgrammeIndex.as_view(), name="programme_index"),
    path("programmes/<str:code>/", programmes.ProgrammePage.as_view(), name="programme_page"),
    path("determinations/preview/", preview.PreviewDetermination.as_view(), name="preview"),
    path("cases/", claims.CasesAndIntake.as_view(), name="case_index"),
    path("cases/verify/", cases.VerifyCases.as_view(), name="cases_verify"),
    path("cases/list/", cases.ListCases.as_view(), name="cases_list"),
    path("cases/unlist/", cases.UnlistCases.as_view(), name="cases_unlist"),
    path("cases/set-occupation/", cases.SetOccupation.as_view(), name="cases_set_occupation"),
    path("cases/<str:reference>/", cases.CasePage.as_view(), name="case_page"),
    path("cases/<str:reference>/facts/", cases.StateFacts.as_view(), name="case_facts"),
    path("cases/<str:reference>/answers/", claims.StateAnswers.as_view(), name="case_answers"),
    path("cases/<str:reference>/children/", claims.AddChild.as_view(), name="case_children"),
    path("cases/<str:reference>/mark-eligible/", cases.MarkEligible.as_view(), name="case_mark_eligible"),
    path("cases/<str:reference>/reconsider/", cases.Reconsider.as_view(), name="case_reconsider"),
    path("cases/<str:reference>/refuse/", cases.Refuse.as_view(), name="case_refuse"),
    path("cases/<str:reference>/ask-supplement/", cases.AskSupplement.as_view(), name="case_ask_supplement"),
    path("cases/<str:reference>/supplement/", cases.Supplement.as_view(), name="case_supplement"),
    path("cases/<str:reference>/withdraw/", cases.Withdraw.as_view(), name="case_withdraw"),
    path("cases/<str:reference>/reopen/", cases.Reopen.as_view(), name="case_reopen"),
    path(
        "cases/<str:reference>/decision-elsewhere/",
        cases.RecordDecisionElsewhere.as_view(),
        name="case_decision_elsewhere",
    ),
    path("cases/<str:reference>/resolve-mark/", cases.ResolveMark.as_view(), name="case_resolve_mark"),
    path("cases/<str:reference>/notes/", cases.AddNote.as_view(), name="case_note"),
    path("lists/", lists.ListIndex.as_view(), name="list_index"),
    path("lists/<str:reference>/", lists.ListPage.as_view(), name="list_page"),
    path("lists/<str:reference>/steps/", lists.ListSteps.as_view(), name="list_steps"),
    path("lists/<str:reference>/cases/", lists.ListCases.as_view(), name="list_cases"),
    path("lists/<str:reference>/confirm-facts/", lists.ConfirmFacts.as_view(), name="list_confirm_facts"),
    path("lists/<str:reference>/post/", lists.Post.as_view(), name="list_post"),
    path("lists/<str:reference>/close-posting/", lists.ClosePosting.as_view(), name="list_close_posting"),
    path("lists/<str:reference>/submit/", lists.Submit.as_view(), name="list_submit"),
    path("lists/<str:reference>/send-to-agency/", lists.SendToAgency.as_view(), name="list_send_to_agency"),
    path("lists/<str:reference>/confirm-agency/", lists.ConfirmAgency.as_view(), name="list_confirm_agency"),
    path("lists/<str:reference>/agency-refuses/", lists.AgencyRefuses.as_view(), name="list_agency_refuses"),
    path(
        "lists/<str:reference>/submit-to-department/",
        lists.SubmitToDepartment.as_view(),
        name="list_submit_to_department",
    ),
    path("lists/<str:reference>/resubmit/", lists.Resubmit.as_view(), name="list_resubmit"),
    path("lists/<str:reference>/rework/", lists.Rework.as_view(), name="list_rework"),
    path("lists/<str:reference>/send-back/", lists.SendBack.as_view(), name="list_send_back"),
    path("lists/<str:reference>/exclude/", lists.ExcludeRows.as_view(), name="list_exclude"),
    path("lists/<str:reference>/approve/", lists.Approve.as_view(), name="list_approve"),
    path("lists/<str:reference>/forward/", lists.Forward.as_view(), name="list_forward"),
    path(
        "lists/<str:reference>/forward-to-province/",
        lists.ForwardToProvince.as_view(),
        name="list_forward_to_province",
    ),
    path("lists/<str:reference>/conclude/", lists.Conclude.as_view(), name="list_conclude"),
    path(
        "lists/<str:reference>/return-from-province/",
        lists.ReturnFromProvince.as_view(),
        name="list_return_from_province",
    ),
    path("lists/<str:reference>/return-to-district/", lists.ReturnToDistrict.as_view(), name="list_return"),
    path("lists/<str:reference>/appraise-money/", lists.AppraiseMoney.as_view(), name="list_appraise_money"),
    path("decisions/", decisions.RecordDecision.as_view(), name="decision_record"),
]
