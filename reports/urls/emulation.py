"""Addresses of the emulation movement."""

from django.urls import path

from reports.views import emulation, emulation_acts, emulation_awards, emulation_council, emulation_scoring

_MOVEMENT = "emulation/movements/<str:reference>/"

urlpatterns = [
    path("emulation/", emulation.movement_list, name="movement_list"),
    path(_MOVEMENT, emulation.movement_page, name="movement_page"),
    path(f"{_MOVEMENT}criteria/new/", emulation.criterion_edit, name="criterion_new"),
    path(f"{_MOVEMENT}criteria/<str:code>/", emulation.criterion_edit, name="criterion_edit"),
    path(f"{_MOVEMENT}rounds/new/", emulation.round_new, name="round_new"),
    path(f"{_MOVEMENT}participants/", emulation.participant_list, name="participant_list"),
    path(f"{_MOVEMENT}participants/new/", emulation.participant_new, name="participant_new"),
    path(f"{_MOVEMENT}achievements/", emulation.achievement_list, name="achievement_list"),
    path(f"{_MOVEMENT}proposals/", emulation_awards.proposal_list, name="proposal_list"),
    path(f"{_MOVEMENT}decisions/new/", emulation_awards.award_decision_new, name="award_decision_new"),
    path(f"{_MOVEMENT}council/", emulation_council.council_page, name="council_page"),
    path(f"{_MOVEMENT}council/<int:member>/end/", emulation_council.member_end, name="member_end"),
    path(f"{_MOVEMENT}meetings/new/", emulation_council.meeting_new, name="meeting_new"),
    path("emulation/participants/<str:reference>/", emulation.participant_page, name="participant_page"),
    path(
        "emulation/participants/<str:reference>/achievements/new/",
        emulation.achievement_new,
        name="achievement_new",
    ),
    path(
        "emulation/participants/<str:reference>/proposals/new/",
        emulation_awards.proposal_new,
        name="proposal_new",
    ),
    path("emulation/achievements/<str:reference>/", emulation.achievement_page, name="achievement_page"),
    path("emulation/rounds/<str:reference>/", emulation_scoring.round_page, name="round_page"),
    path("emulation/rounds/<str:reference>/compute/", emulation_scoring.round_compute, name="round_compute"),
    path(
        "emulation/rounds/<str:reference>/how/<str:participant>/",
        emulation_scoring.round_how,
        name="round_how",
    ),
    path("emulation/proposals/<str:reference>/", emulation_awards.proposal_page, name="proposal_page"),
    path("emulation/meetings/<str:reference>/", emulation_council.meeting_page, name="meeting_page"),
    path(
        "emulation/meetings/<str:reference>/votes/<str:proposal>/",
        emulation_council.meeting_vote,
        name="meeting_vote",
    ),
    path(
        "emulation/decisions/<str:reference>/",
        emulation_awards.award_decision_page,
        name="award_decision_page",
    ),
    path("emulation/acts/<str:reference>/<slug:act>/", emulation_acts.emulation_act, name="emulation_act"),
    path("emulation/files/<str:reference>/", emulation_acts.emulation_file, name="emulation_file"),
]
