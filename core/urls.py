"""Pages of no single app, and the choice of language."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from core.views.health import health
from core.views.help import help_index, help_page
from core.views.jobs import job_cancel, job_page
from core.views.search import search
from core.views.styleguide import styleguide

urlpatterns = [
    path("health/", health, name="health"),
    path("styleguide/", styleguide, name="styleguide"),
    path("search/", search, name="search"),
    path("help/", help_index, name="help"),
    path("help/<slug:topic>/", help_page, name="help_page"),
    path("jobs/<str:reference>/", job_page, name="job"),
    path("jobs/<str:reference>/cancel/", job_cancel, name="job_cancel"),
    path("language/", login_not_required(set_language), name="set_language"),
]
