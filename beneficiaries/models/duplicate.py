from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import PairState
from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager

Json = dict[str, Any]


class DuplicateCandidate(models.Model):
    """Two people of the register who may be one human ("nghi trùng"): why, how sure, and what somebody answered.

    `first` is the one registered earlier. `area_code` is the smallest area that holds both, so the desk that sees both settles
    it: the district for two of its communes, the department for two districts. `reasons` are the agreements and differences
    that gave the score (`rules/matching.py`), without numbers. `facts_key` stands for what was compared: an answered pair is
    asked again only when it changes. While unanswered it blocks the payment of both; `passed_*` says who let it pass and why.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    first = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PairState, default=PairState.OPEN)
    score = models.PositiveSmallIntegerField(_("Điểm"))
    reasons: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    facts_key = models.BinaryField(max_length=16)
    found_by = models.CharField(
        max_length=8,
        choices=[
            ("import", _("Khi nhập danh sách")),
            ("entry", _("Khi ghi tay")),
            ("nightly", _("Rà soát hằng đêm")),
        ],
    )
    found_on = models.DateField()
    answer_reason = models.CharField(_("Lý do"), max_length=500, blank=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)
    passed_by_id = models.BigIntegerField(null=True)
    passed_by_name = models.CharField(max_length=150, blank=True)
    passed_reason = models.CharField(_("Lý do cho chi"), max_length=500, blank=True)
    passed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("nghi trùng")
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="nobody_matches_themself"),
            models.CheckConstraint(condition=Q(state__in=PairState.values), name="pair_state_known"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN) | Q(answered_by_id__isnull=False, answer_reason__gt=""),
                name="answered_pair_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(passed_by_id__isnull=True) | Q(passed_reason__gt=""),
                name="passed_pair_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(passed_by_id__isnull=True)
                | Q(answered_by_id__isnull=True)
                | ~Q(passed_by_id=F("answered_by_id")),
                name="pair_passed_by_another",
            ),
            # whichever of the two comes first
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                name="a_pair_once",
            ),
        ]
        indexes = [
            models.Index(fields=["area_code", "state", "-score", "id"], name="pair_queue"),
            # whose payment waits
            models.Index(
                fields=["first"], condition=Q(state__in=["open", "verifying"]), name="pair_open_first"
            ),
            models.Index(
                fields=["second"], condition=Q(state__in=["open", "verifying"]), name="pair_open_second"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PersonJoin(models.Model):
    """That somebody's two entries were found to be one human: `joined` counts as `kept` from then on. Nothing is deleted.

    `moved` is what each app moved with it (`queries/joining.py`), so that undoing it puts the same rows back.
    """

    area_code = AreaCodeField()
    kept = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="+")
    joined = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="joins")
    candidate = models.ForeignKey(
        DuplicateCandidate, null=True, on_delete=models.PROTECT, related_name="joins"
    )
    moved: models.JSONField[Json, Json] = models.JSONField(default=dict)
    reason = models.CharField(_("Lý do"), max_length=500)
    made_by_id = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    undone_by_id = models.BigIntegerField(null=True)
    undone_by_name = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(_("Lý do gỡ"), max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("gộp người")
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("joined")), name="joined_is_another"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undo_reason__gt=""), name="undone_join_has_reason"
            ),
            models.UniqueConstraint(
                fields=["joined"], condition=Q(undone_at__isnull=True), name="joined_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joined_id} -> {self.kept_id}"
