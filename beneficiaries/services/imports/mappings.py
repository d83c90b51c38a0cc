"""Matching columns by hand: the list is checked again with them, and they are remembered for lists with the same header."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.enums import ImportState, RowState
from beneficiaries.imports.profile import labels_of, profile_of
from beneficiaries.models import ColumnMapping, ImportRow, ListImport
from beneficiaries.services.imports.refusals import ImportRefused, check_may_import
from beneficiaries.services.imports.uploads import start_check
from core.audit import record_event
from core.models import Job
from core.workflow import Actor

_LETTER = re.compile(r"[A-Z]{1,3}")


def match_columns(
    *, list_import: ListImport, columns: Mapping[str, str], actor: Actor, is_background: bool = True
) -> Job:
    """Take the officer's columns (field -> letter), remember them for this layout, and check the list again from its file.

    Corrections made in the page before are lost with the old rows, so a list of which rows were corrected or taken in is
    refused; so are two fields in one column and columns without a name of people.
    """
    check_may_import(actor, list_import.area_code, list_import.profile)
    _refuse_bad(columns, labels_of(profile_of(list_import.profile)))
    with transaction.atomic():
        current = ListImport.objects.select_for_update(of=("self",)).get(pk=list_import.pk)
        if current.state != ImportState.CHECKED:
            raise ImportRefused(_("Chỉ ghép lại cột khi danh sách đã kiểm tra xong và chưa nhập."))
        rows = ImportRow.objects.filter(list_import=current)
        if (
            rows.filter(corrected_by_id__isnull=False).exists()
            or rows.filter(state=RowState.COMMITTED).exists()
        ):
            raise ImportRefused(
                _(
                    "Danh sách đã có dòng được sửa hoặc đã nhập. Bạn hãy tải tệp đã đánh dấu, sửa rồi nhập lại."
                )
            )
        ColumnMapping.objects.update_or_create(
            area_code=current.area_code,
            profile=current.profile,
            layout_key=current.layout_key,
            defaults={"columns": dict(columns), "created_by_id": actor.pk},
        )
        rows.delete()
        current.columns = dict(columns)
        current.version += 1
        current.state = ImportState.UPLOADED
        current.save(update_fields=["columns", "version", "state"])
        record_event("import.columns_matched", current, actor=actor, change={"columns": dict(columns)})
        return start_check(list_import=current, actor=actor, is_background=is_background)


def _refuse_bad(columns: Mapping[str, str], known: Collection[str]) -> None:
    if not all(field in known and _LETTER.fullmatch(letter) for field, letter in columns.items()):
        raise ImportRefused(_("Có cột không hợp lệ. Bạn hãy chọn lại."))
    if len(set(columns.values())) < len(columns):
        raise ImportRefused(_("Một cột được ghép cho hai nội dung. Bạn hãy chọn mỗi cột một nội dung."))
    if "full_name" not in columns and not {"surname", "given_name"} <= set(columns):
        raise ImportRefused(_("Chưa có cột Họ và tên. Bạn hãy chọn cột họ tên."))
    if "id_number" not in columns:
        raise ImportRefused(_("Chưa có cột Số CCCD, CMND. Bạn hãy chọn cột số giấy tờ."))
