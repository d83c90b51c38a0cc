"""All addresses of the project."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from accounts.admin import support_site
from accounts.api import TokenView
from core.views.api_docs import api_docs
from reports.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("beneficiaries.urls")),
    path("", include("support_programs.urls")),
    path("", include("disbursements.urls")),
    path("", include("reports.urls")),
    path("admin/", support_site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/docs/", api_docs, name="api_docs"),
    path("api/v1/token/", TokenView.as_view(), name="api_token"),
    path("api/v1/", include("support_programs.api.urls")),
    path("api/v1/", include("disbursements.api.urls")),
    path("api/v1/", include("reports.api.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
