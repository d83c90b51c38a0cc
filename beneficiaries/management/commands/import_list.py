"""Check a list from a shell, and take it in when asked: the same services as the pages, without a worker."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import AdministrativeUnit, User
from accounts.queries import find_commune
from beneficiaries.enums import ImportState
from beneficiaries.imports.profile import may_import_list, registered_profiles
from beneficiaries.models import Employer, ListImport
from beneficiaries.queries.actors import ShellActor
from beneficiaries.queries.imports import import_report
from beneficiaries.rules.employers import read_tax_code
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.corrections import accept_warnings
from beneficiaries.services.imports.refusals import ImportRefused
from beneficiaries.services.imports.uploads import upload_list
from core import clock
from core.fence import fenced
from core.models import Job
from core.services.jobs import run_job
from core.spreadsheets.reading import SpreadsheetRefused
from core.workflow import Actor


class Command(BaseCommand):
    help = "Kiểm tra một danh sách (và nhập vào hệ thống với --commit), in kết quả thành một đối tượng JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp .xlsx, .xls, .ods, .csv hoặc HTML")
        parser.add_argument("--programme", required=True, help="mã chính sách, ví dụ LD_TU_DO")
        parser.add_argument(
            "--area", required=True, help="mã xã, ví dụ 30343; mã địa bàn 89888 của huyện hoặc 89 của tỉnh"
        )
        parser.add_argument(
            "--employer", default="", help="mã số thuế của đơn vị, với danh sách của một đơn vị"
        )
        parser.add_argument(
            "--stream", default="", help="luồng của chính sách, nếu danh sách chỉ có một luồng"
        )
        parser.add_argument("--sheet", default="", help="tên trang tính, mặc định tự tìm")
        parser.add_argument("--user", default="", help="tên đăng nhập của người nhập; mặc định là dòng lệnh")
        parser.add_argument("--commit", action="store_true", help="nhập các dòng đạt và đã tự chỉnh")
        parser.add_argument("--accept-warnings", action="store_true", help="giữ nguyên các dòng cảnh báo")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["programme"] not in {profile.code for profile in registered_profiles()}:
            raise CommandError(f"Không có chính sách {options['programme']}.")
        area = _area(options["area"])
        actor = _actor(options["user"], area)
        if not options["user"] and not may_import_list(actor, area, options["programme"]):
            raise CommandError(f"Danh sách {options['programme']} không nhập cho {options['area']}.")
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"Không mở được tệp {options['file']}: {error.strerror}.") from error
        try:
            report = self._run(content, area, actor, options)
        except SpreadsheetRefused as refusal:
            report = {
                "file": options["file"].name,
                "refused": {"code": refusal.code, "message": refusal.message},
            }
        except ImportRefused as refusal:
            report = {"file": options["file"].name, "refused": {"code": "REFUSED", "message": str(refusal)}}
        self.stdout.write(json.dumps(report, ensure_ascii=False))
        if "refused" in report:
            raise SystemExit(1)

    def _run(self, content: bytes, area: str, actor: Actor, options: dict[str, Any]) -> dict[str, Any]:
        with fenced(actor.pk, area):
            list_import = upload_list(
                content=content,
                name=options["file"].name,
                profile=options["programme"],
                area_code=area,
                actor=actor,
                stream=options["stream"],
                sheet=options["sheet"],
                employer_id=_employer(options["employer"]),
                is_background=False,
            )
        _work(list_import)
        if options["commit"]:
            self._commit(list_import, area, actor, options["accept_warnings"])
        with fenced(actor.pk, area):
            list_import = ListImport.objects.select_related("file", "job").get(pk=list_import.pk)
            if list_import.state == ImportState.REFUSED:
                return {
                    "file": list_import.file.name,
                    "refused": {"code": _refusal_code(list_import.job), "message": list_import.refusal},
                }
            report = import_report(list_import)
        if options["commit"] and list_import.job:
            report["commit"] = list_import.job.result
        return report

    def _commit(self, list_import: ListImport, area: str, actor: Actor, accepts_warnings: bool) -> None:
        with fenced(actor.pk, area):
            if accepts_warnings:
                accept_warnings(list_import=list_import, actor=actor)
            start_commit(list_import=list_import, actor=actor, is_background=False)
        _work(list_import)


def _work(list_import: ListImport) -> None:
    """Do the import's open job in this process."""
    job_id = ListImport.objects.values_list("job_id", flat=True).get(pk=list_import.pk)
    if job_id:
        run_job(job_id)


def _refusal_code(job: Job | None) -> str:
    return str(job.result.get("refused", "")) if job else ""


def _area(code: str) -> str:
    """The area of a commune, or the code of a district or of the province itself."""
    commune = find_commune(code)
    if commune is not None:
        return commune.area_code
    higher = AdministrativeUnit.objects.filter(area_code=code).valid_on(clock.today())
    if len(code) == 10 or not higher.exists():
        raise CommandError(f"Không có xã nào mang mã {code}.")
    return code


def _employer(tax_code: str) -> int | None:
    if not tax_code:
        return None
    found = Employer.objects.filter(tax_code=read_tax_code(tax_code)[0] or "-").first()
    if found is None:
        raise CommandError(f"Không có đơn vị nào mang mã số thuế {tax_code}.")
    return found.pk


def _actor(username: str, area: str) -> Actor:
    if not username:
        return ShellActor(area)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"Không có tài khoản {username}.")
    return user
