from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import ImportState, Outcome, RowState
from core.fields import AreaCodeField, ReferenceField, SortKeyField
from core.querysets import FencedManager

Json = dict[str, Any]


class ListImport(models.Model):
    """One list that an office brought: the file as it came, what was found in it, and where its rows went.

    `area_code` is the desk's: a commune, a district for lists of employers, the province for those of the department.
    `employer` is set for lists of an employer's people.

    `columns` maps a field to a column letter; `layout_key` is a hash of the header texts, by which a corrected mapping is
    remembered. `content_key` is the hash of the rows' identities: the same list uploaded twice is recognised by it.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    profile = models.CharField(_("Mẫu danh sách"), max_length=40)
    stream = models.CharField(max_length=20, blank=True)
    employer = models.ForeignKey(
        "beneficiaries.Employer", null=True, on_delete=models.PROTECT, related_name="list_imports"
    )
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    is_pasted = models.BooleanField(default=False)
    sheet = models.CharField(max_length=100, blank=True)
    header_rows: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    data_rows: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    columns: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    header_texts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    layout_key = models.CharField(max_length=64, blank=True, db_index=True)
    list_date = models.DateField(_("Ngày của danh sách"), null=True)
    findings: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    totals: models.JSONField[Json, Json] = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    job = models.ForeignKey("core.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    version = models.PositiveIntegerField(default=1)
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("lượt nhập từ Excel")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
        ]
        indexes = [models.Index(fields=["area_code", "-created_at"], name="import_area_newest")]

    def __str__(self) -> str:
        return self.reference


class ImportRow(models.Model):
    """A row of a list between the file and the register.

    `raw_encrypted` holds the cells as they were written and every correction made since, so that nothing typed is lost;
    `values` holds the clean values without identity number and account, which stand encrypted beside it. Two fingerprints
    (`number_index`, `name_key` with `birth_year`) find the same human elsewhere.
    """

    # no index of its own: the unique one begins with it
    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    area_code = AreaCodeField()
    row_number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=5, choices=Outcome)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.STAGED)
    findings: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    values: models.JSONField[Json, Json] = models.JSONField(default=dict)
    raw_encrypted = models.BinaryField()
    full_name = models.CharField(max_length=150, blank=True)
    name_key = SortKeyField(blank=True)
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    amount = models.BigIntegerField(null=True)
    number_kind = models.CharField(max_length=4, blank=True)
    number_encrypted = models.BinaryField(null=True)
    number_index = models.BinaryField(max_length=16, null=True)
    tail_index = models.BinaryField(max_length=8, null=True)
    number_last3 = models.CharField(max_length=3, blank=True)
    account_encrypted = models.BinaryField(null=True)
    account_index = models.BinaryField(max_length=16, null=True)
    account_last3 = models.CharField(max_length=3, blank=True)
    accepted_by_id = models.BigIntegerField(null=True)
    accepted_at = models.DateTimeField(null=True)
    corrected_by_id = models.BigIntegerField(null=True)
    # persons are never deleted and rows are not looked up by person
    person = models.ForeignKey(
        "beneficiaries.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    committed_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("dòng của danh sách")
        constraints = [
            models.UniqueConstraint(fields=["list_import", "row_number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="row_outcome_known"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="row_state_known"),
        ]
        indexes = [
            # the same number in another commune's list
            models.Index(
                fields=["number_index"], name="row_number_index", condition=Q(number_index__isnull=False)
            ),
            # the queue of one list: errors first by row
            models.Index(fields=["list_import", "state", "outcome", "row_number"], name="row_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.list_import_id}/{self.row_number}"


class ColumnMapping(models.Model):
    """A mapping of columns that an officer corrected, remembered for lists with the same header."""

    area_code = AreaCodeField()
    profile = models.CharField(max_length=40)
    layout_key = models.CharField(max_length=64)
    columns: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    created_by_id = models.BigIntegerField()
    updated_at = models.DateTimeField(auto_now=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("cách ghép cột đã nhớ")
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "profile", "layout_key"], name="mapping_once_per_layout"
            ),
        ]

    def __str__(self) -> str:
        return self.layout_key[:12]
