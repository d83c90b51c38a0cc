"""Technical support at /admin/: administrators look, nobody writes, strangers are sent to our sign-in."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.admin import support_site
from accounts.enums import Role
from accounts.models import AdministrativeUnit, User
from core.enums import JobState
from core.models import Event, Job
from core.queries.references import next_reference
from tests.factories import people

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
MODELS = [pytest.param(model, id=model.__name__) for model in support_site._registry]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk() -> Client:
    return signed_in(people.user(Role.ADMINISTRATOR))


@pytest.fixture
def job() -> Job:
    return Job.objects.create(
        reference=next_reference("CV"),
        area_code=people.COMMUNE,
        kind="x",
        state=JobState.FAILED,
        params={"name": "Trần Thị Mận"},
        result={"traceback": "Trần Thị Mận"},
        error_text="Trần Thị Mận",
    )


def test_only_what_is_about_no_person_is_registered() -> None:
    assert {model._meta.label for model in support_site._registry} == {
        "accounts.User",
        "accounts.RoleAssignment",
        "accounts.AdministrativeUnit",
        "core.CalendarDay",
        "core.Job",
        "core.StoredFile",
        "support_programs.Programme",
        "support_programs.ProgrammeVersion",
    }


def test_strangers_sign_in_at_our_page(client: Client) -> None:
    answer = client.get(INDEX, follow=True)
    assert answer.request["PATH_INFO"] == reverse("accounts:sign_in")
    assert "next=%2Fadmin%2F" in answer.request["QUERY_STRING"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_gets_in(role: Role) -> None:
    client = signed_in(people.user(role))
    for name in ("index", "core_job_changelist", "accounts_user_changelist"):
        assert client.get(reverse(f"admin:{name}")).status_code == 403
    assert Event.objects.filter(action="access.denied").count() == 3


@pytest.mark.parametrize("model", MODELS)
def test_administrators_look_and_do_not_write(desk: Client, job: Job, model) -> None:
    label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert desk.get(reverse(f"{label}_changelist")).status_code == 200
    assert desk.get(reverse(f"{label}_add")).status_code == 403
    assert desk.post(reverse(f"{label}_add"), {}).status_code == 403
    rows = model._default_manager.all()
    if model is AdministrativeUnit:
        rows = rows.filter(area_code=people.COMMUNE)
    row = rows.first()
    if row is None:
        return
    assert desk.get(reverse(f"{label}_change", args=[row.pk])).status_code == 200
    assert desk.post(reverse(f"{label}_change", args=[row.pk]), {"full_name": "x"}).status_code == 403
    assert desk.post(reverse(f"{label}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


def test_jobs_show_nothing_of_people_and_nothing_of_elsewhere(desk: Client, job: Job) -> None:
    html = desk.get(reverse("admin:core_job_change", args=[job.pk])).content.decode()
    assert job.reference in html
    assert "Mận" not in html
    Job.objects.filter(pk=job.pk).update(area_code="9100000000")
    assert job.reference not in desk.get(reverse("admin:core_job_changelist")).content.decode()


def test_pages_hold_no_inline_script(desk: Client) -> None:
    html = desk.get(reverse("admin:core_job_changelist")).content.decode()
    assert "<script>" not in html
    assert "việc nềns" not in html
    assert " style=" not in html


def test_password_and_sign_out_are_ours(desk: Client) -> None:
    assert desk.get(reverse("admin:password_change"))["Location"] == reverse("accounts:password_change")
    assert desk.post(reverse("admin:logout"))["Location"] == reverse("accounts:sign_in")
    assert desk.get(INDEX).status_code == 302
    assert Event.objects.filter(action="user.signed_out").count() == 1
