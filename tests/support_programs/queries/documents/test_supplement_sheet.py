"""What the sheet of a request to supplement says: each thing once."""

import pytest

from support_programs.enums import DocumentKind as K
from support_programs.enums import Issuer
from support_programs.models import Case
from support_programs.queries.documents.bodies import body_of
from support_programs.queries.documents.drafting import initial_of
from support_programs.queries.documents.one_stop import supplement
from support_programs.services import documents as service
from support_programs.services.supplements import ask_supplement
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
WHY = "Bản chụp mờ, không đọc được số."


@pytest.mark.parametrize(
    ("reason", "said"), [("", []), ("Nộp lại trước khi huyện họp.", ["Nộp lại trước khi huyện họp."])]
)
def test_marks_alone_are_not_said_twice(reason: str, said: list[str]) -> None:
    who = make.staff()
    case = Case.objects.get(case_list=make.list_at_district(who))
    marked = {("paper", "identity_paper"): WHY}
    case = ask_supplement(case, marked=marked, reason=reason, actor=who.officer)
    body = body_of(Issuer.DISTRICT_OFFICE, case.area_code)
    content = initial_of(K.SUPPLEMENT, case, who.officer)
    draft = service.draft_document(kind=K.SUPPLEMENT, case=case, actor=who.officer, content=content)
    values = supplement(draft, body).values
    assert values["items"] == [("Bản sao CCCD hoặc CMND", WHY)]
    assert list(values["reasons"]) == said
