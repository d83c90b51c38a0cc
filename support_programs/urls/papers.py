"""Addresses of the papers of a case."""

from django.urls import path

from support_programs.views import case_papers

urlpatterns = [
    path("cases/<str:reference>/papers/", case_papers.case_papers, name="case_papers"),
    path("cases/<str:reference>/papers/seen/", case_papers.papers_seen, name="papers_seen"),
    path("cases/<str:reference>/papers/<int:number>/", case_papers.paper_look, name="paper_look"),
    path(
        "cases/<str:reference>/papers/<int:number>/pages/<int:page>/",
        case_papers.paper_picture,
        name="paper_picture",
    ),
    path("cases/<str:reference>/papers/<int:number>/remove/", case_papers.paper_remove, name="paper_remove"),
    path("papers/<str:token>/", case_papers.paper_download, name="paper_download"),
]
