"""What `verify_ledger` compares after a payment: recoveries with their entries and papers, unclaimed money with its people."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.money import format_dong
from disbursements.enums import LedgerAccount
from disbursements.queries.ledger_check import Check, register_check

Row = tuple[Any, ...]

# an open recovery is owed; what came back is kept until it is handed over; what ended otherwise was never asked for
_RECOVERIES: Final = """
WITH said AS (
  SELECT r.reference, leg.account, leg.people, leg.amount
    FROM disbursements_recovery r, LATERAL (VALUES
         ('recovery', CASE WHEN r.state IN ('open', 'recovered') THEN -1 ELSE 0 END,
          CASE WHEN r.state IN ('open', 'recovered') THEN -r.amount ELSE -r.recovered END),
         ('receivable', CASE WHEN r.state = 'open' THEN 1 ELSE 0 END,
          CASE WHEN r.state = 'open' THEN r.amount - r.recovered ELSE 0 END),
         ('recovered', CASE WHEN r.state = 'recovered' AND r.handed_back < r.amount THEN 1 ELSE 0 END,
          r.recovered - r.handed_back),
         ('handed_back', CASE WHEN r.state = 'recovered' AND r.handed_back = r.amount THEN 1 ELSE 0 END,
          r.handed_back)
       ) leg (account, people, amount)
), posted AS (
  SELECT object_ref AS reference, account, sum(people) AS people, sum(amount) AS amount
    FROM disbursements_ledgerposting WHERE account IN ('recovery', 'receivable', 'recovered', 'handed_back') GROUP BY 1, 2
)
SELECT reference, account, coalesce(s.people, 0), coalesce(s.amount, 0), coalesce(p.people, 0), coalesce(p.amount, 0)
  FROM said s FULL JOIN posted p USING (reference, account)
 WHERE coalesce(s.amount, 0) <> coalesce(p.amount, 0) OR coalesce(s.people, 0) <> coalesce(p.people, 0)
 ORDER BY reference, account LIMIT 1
"""
_PAPERS: Final = """
SELECT r.reference, x.account, x.papers, x.said
  FROM disbursements_recovery r
  LEFT JOIN (SELECT recovery_id, sum(amount) AS amount FROM disbursements_recoveryreceipt GROUP BY 1) c ON c.recovery_id = r.id
  LEFT JOIN (SELECT recovery_id, sum(amount) AS amount FROM disbursements_recoveryhandback GROUP BY 1) h ON h.recovery_id = r.id,
       LATERAL (VALUES ('recovered', coalesce(c.amount, 0), r.recovered), ('handed_back', coalesce(h.amount, 0), r.handed_back)
       ) x (account, papers, said)
 WHERE x.papers <> x.said ORDER BY r.id, x.account LIMIT 1
"""
_UNCLAIMED: Final = """
WITH people AS (
  SELECT movement_id, unclaimed_id, count(*) AS people, sum(amount) AS amount FROM disbursements_unclaimeditem GROUP BY 1, 2
)
SELECT reference, people, amount, said_people, said FROM (
  SELECT m.reference, coalesce(sum(p.people), 0) AS people, coalesce(sum(p.amount), 0) AS amount,
         coalesce(sum(p.people), 0) AS said_people, m.amount AS said
    FROM disbursements_budgetmovement m LEFT JOIN people p ON p.movement_id = m.id
   WHERE m.kind = 'unclaimed' GROUP BY m.id
  UNION ALL
  SELECT u.reference, coalesce(sum(p.people), 0), coalesce(sum(p.amount), 0), u.people, u.amount
    FROM disbursements_unclaimedreturn u LEFT JOIN people p ON p.unclaimed_id = u.id GROUP BY u.id
) x WHERE amount <> said OR people <> said_people ORDER BY reference LIMIT 1
"""


def register() -> None:
    """Called when the app is ready."""
    register_check(Check("recoveries", gettext_lazy("Sổ cái lệch khoản thu hồi"), _RECOVERIES, _of_recovery))
    register_check(Check("recovery_papers", gettext_lazy("Khoản thu hồi lệch chứng từ"), _PAPERS, _of_papers))
    register_check(
        Check("unclaimed", gettext_lazy("Tiền hoàn trả lệch danh sách người"), _UNCLAIMED, _of_unclaimed)
    )


def _tally(people: int, amount: int) -> str:
    return _("%(people)s người, %(sum)s đồng") % {"people": format_dong(people), "sum": format_dong(amount)}


def _of_recovery(row: Row) -> tuple[str, str, str]:
    reference, account, people, amount, posted_people, posted = row
    where = _("%(ref)s, «%(account)s»") % {"ref": reference, "account": LedgerAccount(account).label}
    return where, _tally(people, amount), _tally(posted_people, posted)


def _of_papers(row: Row) -> tuple[str, str, str]:
    reference, account, papers, said = row
    where = _("%(ref)s, «%(account)s»") % {"ref": reference, "account": LedgerAccount(account).label}
    dong = _("%(sum)s đồng")
    return where, dong % {"sum": format_dong(papers)}, dong % {"sum": format_dong(said)}


def _of_unclaimed(row: Row) -> tuple[str, str, str]:
    reference, people, amount, said_people, said = row
    return str(reference), _tally(people, amount), _tally(said_people, said)
