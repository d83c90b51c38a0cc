"""Addresses of this part; see the package for the order in which they are tried."""

from django.urls import URLPattern, path

from support_programs.views import documents, public_documents

urlpatterns: list[URLPattern] = [
    path("documents/", documents.document_list, name="document_list"),
    path("documents/new/<slug:kind>/<str:reference>/", documents.document_new, name="document_new"),
    path("documents/<str:reference>/", documents.document_page, name="document_page"),
    path("documents/<str:reference>/edit/", documents.document_edit, name="document_edit"),
    path("documents/<str:reference>/preview/", documents.document_preview, name="document_preview"),
    path("documents/<str:reference>/file/", documents.document_file, name="document_file"),
    path("documents/<str:reference>/issue/", documents.document_issue, name="document_issue"),
    path("documents/<str:reference>/revoke/", documents.document_revoke, name="document_revoke"),
    path("documents/<str:reference>/discard/", documents.document_discard, name="document_discard"),
    path("public/documents/<str:token>/", public_documents.public_document, name="public_document"),
]
