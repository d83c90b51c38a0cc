"""A form of a new dossier as far as it is typed: kept by itself, gone when the dossier is taken in or somebody throws it away."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from core import crypto
from core.audit import record_event
from core.services.retention import RowRemover, register_remover
from core.workflow import Actor
from support_programs.models import Case, ClaimDraft
from support_programs.queries.entry_drafts import own_drafts
from support_programs.rules.definition import Definition
from support_programs.services.claims.receiving import check_receiving

MOST_DRAFTS: Final = 50
MOST_SIGNS: Final = 60_000
# what every form says before anything is typed into it
_NOT_TYPED: Final = frozenset(
    {"received_on", "after_hours", "stream", "rules", "child_rows", "keep", "keep_next", "filled"}
)


class DraftRefused(Exception):
    """Nothing was kept; the sentence says why and what to do."""


def register() -> None:
    """Old drafts go as the retention schedule says."""
    register_remover("claim_drafts", RowRemover(lambda: ClaimDraft.objects.all(), "updated_at"))


@transaction.atomic
def keep_draft(
    *,
    definition: Definition,
    typed: Mapping[str, str],
    actor: Actor,
    draft_id: int | None = None,
    given: Mapping[str, Any] | None = None,
) -> ClaimDraft | None:
    """Keep what somebody has typed so far (the form's fields by name), encrypted, for themselves alone.

    Over the draft that the form already has; else, or where that one is gone, as a new one. None, and nothing written, while
    nothing was typed beyond what the form was `given` to begin with. Only that a draft was begun stands in the log: the form
    keeps itself every few seconds. DraftRefused: more than MOST_SIGNS signs, or MOST_DRAFTS drafts already.
    PermissionDenied where the programme's dossiers are taken in by others.
    """
    check_receiving(actor, definition, actor.area_code)
    packed = json.dumps(dict(typed), ensure_ascii=False)
    if len(packed) > MOST_SIGNS:
        raise DraftRefused(
            _("Bản đang nhập quá dài nên chưa giữ được. Hãy lưu hồ sơ hoặc bỏ bớt nội dung đã dán.")
        )
    drafts = own_drafts(actor).select_for_update()
    draft = drafts.filter(programme_id=definition.programme, pk=draft_id).first() if draft_id else None
    if draft is None:
        return _begin(definition, typed, packed, actor, given or {})
    draft.raw_encrypted = crypto.encrypt("row", packed)
    draft.save(update_fields=["raw_encrypted", "updated_at"])
    return draft


def _begin(
    definition: Definition, typed: Mapping[str, str], packed: str, actor: Actor, given: Mapping[str, Any]
) -> ClaimDraft | None:
    if not is_typed(typed, given):
        return None
    if own_drafts(actor).count() >= MOST_DRAFTS:
        raise DraftRefused(
            _("Bạn đang có %(most)s bản đang nhập nên bản này chưa được giữ. Hãy lưu hoặc bỏ bớt bản cũ.")
            % {"most": MOST_DRAFTS}
        )
    draft = ClaimDraft.objects.create(
        user_id=actor.pk,
        area_code=actor.area_code,
        programme_id=definition.programme,
        raw_encrypted=crypto.encrypt("row", packed),
    )
    record_event("claim_draft.begun", draft, actor=actor, change={"programme": definition.programme})
    return draft


def is_typed(typed: Mapping[str, str], given: Mapping[str, Any]) -> bool:
    """Whether a form says something that it was not given to begin with."""
    return any(
        value.strip()
        for name, value in typed.items()
        if name not in _NOT_TYPED
        and not name.endswith("-identity_kind")  # a list that always has a choice
        and value != str(given.get(name, ""))
    )


@transaction.atomic
def discard_draft(*, draft: ClaimDraft, actor: Actor) -> None:
    """Throw somebody's own draft away for good; that it was done is logged, what stood in it is not."""
    record_event("claim_draft.discarded", draft, actor=actor, change={"programme": draft.programme_id})
    draft.delete()


def drop_draft(case: Case, *, draft_id: int | None, actor: Actor) -> None:
    """The case has been made of it: the draft goes in the same transaction, so that none is left and none is lost."""
    if draft_id:
        own_drafts(actor).filter(pk=draft_id, programme_id=case.programme_id).delete()
