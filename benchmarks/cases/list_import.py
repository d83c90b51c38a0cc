"""A list of 20,000 people: its check against its bare parse, its commit against the bare statements that write the same rows."""

import contextlib
import io
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from accounts.enums import Role
from accounts.models import User
from benchmarks.harness import Measurement, case
from beneficiaries.models import ListImport, Person
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.corrections import accept_warnings
from beneficiaries.services.imports.uploads import cancel_import, upload_list
from core.services.jobs import run_job
from support_programs.models import Case, ProgrammeVersion
from tests.factories.people import COMMUNE, user
from tests.generator import make_commune_lists as generator

ROWS: Final = 20_000
PROGRAMME: Final = "LD_TU_DO"
_NAMES: Final = (
    "Anh Bình Chi Dung Giang Hà Hải Hoa Hùng Khánh Lan Linh Long Mai Minh Nam Nga Ngọc Oanh Phúc Quân Sơn Tâm Thu Tú Vân "
    "Xuân Yến"
)
_WORDS: Final = tuple(_NAMES.split())


@lru_cache(maxsize=1)
def workbook() -> bytes:
    """A generated list with all its mess and errors."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
        generator.main(
            ["--commune", COMMUNE[-5:], "--rows", str(ROWS), "--layout", "L1", "--seed", "5", "--out", folder]
        )
        return next(Path(folder).glob("*.xlsx")).read_bytes()


def clean_list(group: int) -> bytes:
    """A CSV of as many people without a fault; two groups have no number in common."""
    lines = ["Họ và tên,Ngày sinh,Giới tính,Số CCCD,Công việc,Số tiền"]
    for n in range(ROWS):
        year, rest = 1960 + n % 30, n // 30
        given = " ".join(_WORDS[rest // 28**place % 28] for place in range(3))
        number = f"0890{year % 100}{group * ROWS + n + 1:06d}"
        lines.append(f"Nguyễn {given},{1 + n % 28:02d}/03/{year},Nam,{number},Phụ hồ,1500000")
    return "\n".join(lines).encode()


def uploaded(officer: User, content: bytes = b"") -> ListImport:
    return upload_list(
        content=content or workbook(),
        name="ds.xlsx",
        profile=PROGRAMME,
        area_code=COMMUNE,
        actor=officer,
        is_background=False,
    )


@case("check of a list of 20,000", yardstick="calamine parse of the same file", ratio=10)
def check(measured: Measurement) -> None:
    content = workbook()
    for _ in range(3):
        with measured.yardstick():
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    officer = user(Role.COMMUNE_OFFICER)
    for _ in range(2):
        list_import = uploaded(officer)
        with measured.ours():
            run_job(list_import.job_id or 0)
        cancel_import(list_import=ListImport.objects.get(pk=list_import.pk), actor=officer)
    measured.note(f"{ROWS} rows staged")


@case("commit of a list of 20,000", yardstick="bare statements writing as many rows", ratio=2)
def commit(measured: Measurement) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    first, second = (_checked(officer, clean_list(group)) for group in (0, 1))
    with measured.yardstick():
        _write_bare(first, officer)
    job = start_commit(list_import=second, actor=officer, is_background=False)
    with measured.ours():
        run_job(job.pk)
    measured.note(f"{Person.objects.count() - ROWS} people, {Case.objects.count() - ROWS} cases")


@case("check and commit of a list of 20,000", seconds=30)
def both(measured: Measurement) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    workbook()
    with measured.ours():
        list_import = _checked(officer)
        run_job(start_commit(list_import=list_import, actor=officer, is_background=False).pk)


def _checked(officer: User, content: bytes = b"") -> ListImport:
    list_import = uploaded(officer, content)
    run_job(list_import.job_id or 0)
    accept_warnings(list_import=list_import, actor=officer)
    return ListImport.objects.get(pk=list_import.pk)


_READY: Final = """r.list_import_id = %(list)s AND r.state = 'staged'
   AND (r.outcome IN ('ok', 'fix') OR r.outcome = 'warn' AND r.accepted_at IS NOT NULL)"""
_BARE: Final = (
    f"""CREATE TEMPORARY TABLE bare ON COMMIT DROP AS
        SELECT r.id AS row_id, nextval('beneficiaries_person_id_seq') AS person_id
          FROM beneficiaries_importrow r WHERE {_READY}""",
    """INSERT INTO beneficiaries_person (id, reference, area_code, full_name, name_key, name_sort, birth_date, birth_year, sex,
              permanent_address, temporary_address, hamlet, phone, occupation, version, created_at, updated_at)
       SELECT bare.person_id, next_reference('NT', 2021), area_code, full_name, name_key, "values"->>'name_sort', birth_date,
              birth_year, sex, '', '', coalesce("values"->>'address', ''), coalesce("values"->>'phone', ''),
              coalesce("values"->>'job', ''), 1, now(), now()
         FROM bare JOIN beneficiaries_importrow r ON r.id = row_id""",
    """INSERT INTO beneficiaries_identitydocument (area_code, person_id, kind, number_encrypted, number_index, number_last3,
              issued_by, is_current, created_at)
       SELECT area_code, bare.person_id, number_kind, number_encrypted, number_index, number_last3, '', true, now()
         FROM bare JOIN beneficiaries_importrow r ON r.id = row_id""",
    """UPDATE beneficiaries_importrow r SET state = 'committed', person_id = bare.person_id, committed_at = now()
         FROM bare WHERE r.id = row_id""",
    """INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code,
              reason, change)
       SELECT date '2021-09-27', %(actor)s, 'x', 'person.registered', 'beneficiaries.person', p.id, p.reference, p.area_code, '',
              jsonb_build_object('list', 'x') FROM bare JOIN beneficiaries_person p ON p.id = bare.person_id""",
    """INSERT INTO support_programs_case (reference, area_code, status, status_changed_at, version, created_at, programme_id,
              version_used_id, stream, person_id, position, import_row_id, applicant_name, name_key, name_sort, birth_date,
              birth_year, sex, number_kind, number_last3, hamlet, phone, occupation, received_on, facts, result, outcomes,
              amount_proposed, mark_text, entered_by_id)
       SELECT next_reference('HS', 2021), area_code, 'draft', now(), 1, now(), %(programme)s, %(version)s, '',
              bare.person_id,
              row_number, r.id, full_name, name_key, "values"->>'name_sort', birth_date, birth_year, sex, number_kind,
              number_last3, coalesce("values"->>'address', ''), '', '', date '2021-09-27', '{}', 'undetermined', '',
              1500000, '', %(actor)s
         FROM bare JOIN beneficiaries_importrow r ON r.id = row_id""",
    """INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code,
              reason, change)
       SELECT date '2021-09-27', %(actor)s, 'x', 'case.created', 'support_programs.case', c.id, c.reference, c.area_code, '',
              jsonb_build_object('list', 'x') FROM support_programs_case c""",
)


def _write_bare(list_import: ListImport, officer: User) -> None:
    """The rows that a commit writes, with nothing searched, judged or locked."""
    version = ProgrammeVersion.objects.filter(programme_id=PROGRAMME).latest("pk")
    values: dict[str, int | str] = {
        "list": list_import.pk,
        "actor": officer.pk,
        "programme": PROGRAMME,
        "version": version.pk,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _BARE:
            cursor.execute(statement, values)
