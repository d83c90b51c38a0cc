"""Files of 100,000 transfers against the fastest writer with the same cells in memory; the signed paper of 10,000 people."""

import io
import time
from typing import Any, Final

from django.db import connections
from rustpy_xlsxwriter import Format, write_worksheet

from benchmarks.harness import Measurement, case
from core import clock, crypto
from core.spreadsheets.styles import FONT, SIZE
from disbursements.bank_files import generic_excel, pain001
from disbursements.bank_files.content import TransferFile, transfers_of
from disbursements.enums import PayoutChannel
from disbursements.models import Batch
from disbursements.payment_lists.content import payment_list_of
from disbursements.payment_lists.pdf import write_pdf
from disbursements.payment_lists.xlsx import write_xlsx
from disbursements.services.payer_accounts import PayerEntry, record_payer_account
from tests.factories.payments import AMOUNT, payable_list, prepared_batch
from tests.factories.people import DISTRICT

PEOPLE: Final = 100_000
ON_PAPER: Final = 10_000
ROUNDS: Final = 2
AGRIBANK: Final = "970405"
FEW: Final = 10


# lines of a few entitlements, cancelled, with many attempts each: files are made of whatever lines a batch has, and rows that
# look like these are there in two seconds; the triggers, which would refuse them, are measured by the case of the batch
_LINES: Final = """
INSERT INTO disbursements_paymentinstruction
      (reference, area_code, status, status_changed_at, version, created_at, batch_id, batch_reference, entitlement_id,
       budget_line_id, case_reference, case_list_id, decision_number, attempt, position, channel, amount, cap, version_hash,
       payee_name, payee_sort, birth_date, birth_year, payee_number_encrypted, payee_number_last3, hamlet, bank_bin, bank_name,
       account_holder, account_encrypted, account_index, account_last3, entered_by_id, list_approved_by_id,
       money_approved_by_id, batched_by_id, result_reason)
SELECT 'LC-' || (1000 + %(batch)s) || '-' || lpad(n::text, 8, '0'), t.area_code, 'cancelled', now(), 1, now(),
       %(batch)s, %(reference)s, t.entitlement_id, t.budget_line_id, t.case_reference, t.case_list_id, t.decision_number,
       2 + n / %(few)s, n, t.channel, t.amount, t.cap, t.version_hash,
       'Nguyễn Văn ' || n, '', date '1970-01-01' + (n %% 9000)::int, 1970, number, '412',
       'Ấp ' || n %% 5, '970405', 'Agribank', 'NGUYEN VAN ' || n, account, NULL, '927', t.entered_by_id,
       t.list_approved_by_id, t.money_approved_by_id, t.batched_by_id, ''
  FROM unnest(%(numbers)s::bytea[], %(accounts)s::bytea[]) WITH ORDINALITY AS made (number, account, n)
  JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM disbursements_paymentinstruction
         WHERE batch_id = %(pattern)s) t ON t.place = n %% %(few)s
"""


def _batch(people: int, channel: PayoutChannel) -> Batch:
    """A batch of so many lines like those of a small batch that was built."""
    made = payable_list(FEW)
    maker = made.staff.accountant
    payer = record_payer_account(
        actor=maker, entry=PayerEntry(AGRIBANK, "Phòng LĐ-TBXH", f"6700{maker.pk:08d}")
    )
    pattern = prepared_batch(made)
    batch = Batch.objects.create(
        reference=f"DC-2021-7{maker.pk:07d}",
        area_code=DISTRICT,
        programme_id="LD_TU_DO",
        title="Đợt thử",
        channel=channel,
        status="preparing",
        payer_account=payer,
        idempotency_key=f"bench{maker.pk}",
        request_hash="h",
        line_count=people,
        total_amount=people * AMOUNT,
        created_by_id=maker.pk,
        created_by_name=maker.full_name,
    )
    values: dict[str, Any] = {
        "batch": batch.pk,
        "reference": batch.reference,
        "pattern": pattern.pk,
        "few": FEW,
        "numbers": crypto.encrypt_many("number", [f"089{n:09d}" for n in range(people)]),
        "accounts": crypto.encrypt_many("account", [f"67002{n:08d}" for n in range(people)]),
    }
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE disbursements_paymentinstruction DISABLE TRIGGER USER")
        cursor.execute(_LINES, values)
        cursor.execute("ALTER TABLE disbursements_paymentinstruction ENABLE TRIGGER USER")
        cursor.execute("ANALYZE disbursements_paymentinstruction")
    assert batch.instructions.count() == people
    batch.approved_at = clock.now()
    return batch


def _fastest(rows: list[dict[str, object]], numbers: tuple[str, ...]) -> None:
    """The bare writer: the same cells, ready in memory, with a font, widths and a number format, and nothing else."""
    names = list(rows[0])
    text = Format().set_font_name(FONT).set_font_size(SIZE).set_num_format("@").set_align("left")
    number = Format().set_font_name(FONT).set_font_size(SIZE).set_num_format("#,##0").set_align("right")
    header = Format().set_font_name(FONT).set_font_size(SIZE).set_bold().set_border("thin").set_text_wrap()
    write_worksheet(
        iter(rows),
        io.BytesIO(),
        header_format=header,
        column_widths=dict.fromkeys(names, 18),
        column_formats={name: number if name in numbers else text for name in names},
        freeze_row=1,
        autofilter=True,
    )


@case(
    "payment file, list of 100,000 as Excel",
    yardstick="rustpy-xlsxwriter, the same cells in memory",
    ratio=2.5,
)
def list_as_excel(measured: Measurement) -> None:
    batch = _batch(PEOPLE, PayoutChannel.BANK)
    content = payment_list_of(batch, is_draft=False)
    rows: list[dict[str, object]] = [
        {
            "STT": line.ordinal,
            "Mã lệnh chi": line.reference,
            "Họ và tên": line.name,
            "Ngày sinh": line.birth,
            "Số CCCD/CMND": line.number,
            "Khóm, ấp": line.hamlet,
            "Xã": group.area_name,
            "Ngân hàng": line.bank,
            "Số tài khoản": line.account,
            "Số tiền": line.amount,
            "Ký nhận": None,
            "Kết quả chi": None,
            "Lý do": None,
        }
        for group in content.groups
        for line in group.each_line()
    ]
    size, processor = 0, list[tuple[float, float]]()
    for _ in range(ROUNDS):
        began = time.process_time()
        with measured.yardstick():
            _fastest(rows, ("STT", "Số tiền"))
        between = time.process_time()
        with measured.ours():
            size = len(write_xlsx(payment_list_of(batch, is_draft=False)))
        processor.append((time.process_time() - between, between - began))
    ours, bare = min(processor)
    measured.note(f"ours reads, deciphers, and fixes the bytes of {size // 1024:,} KB; 13 columns")
    measured.note(f"processor time {ours:.1f} s against {bare:.1f} s")
    _bank_files(measured, batch)


def _bank_files(measured: Measurement, batch: Batch) -> None:
    """The other files of the same batch, once each: it takes minutes to make."""

    def content() -> TransferFile:
        return transfers_of(batch, people=PEOPLE, amount=PEOPLE * AMOUNT)

    for name, write in (("Excel of a bank", generic_excel.write), ("pain.001", pain001.write)):
        began = time.perf_counter()
        size = len(write(content(), lambda: None))
        measured.note(f"{name}: {time.perf_counter() - began:.1f} s, {size // 1024:,} KB")


@case("payment file, signed PDF of 10,000 people", seconds=60)
def paper(measured: Measurement) -> None:
    batch = _batch(ON_PAPER, PayoutChannel.CASH)
    with measured.ours():
        size = len(write_pdf(payment_list_of(batch, is_draft=False)))
    measured.note(f"{size // 1024:,} KB; laid out by several processes, joined in order")
