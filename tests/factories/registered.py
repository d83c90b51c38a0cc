"""People of the register as the tests about them need: a person with a paper, an account, a register entry."""

import datetime as dt
from itertools import count
from typing import Any

from beneficiaries.enums import RegisterCode
from beneficiaries.models import IdentityDocument, PayoutAccount, Person, Status
from core import crypto
from core.queries.references import next_reference
from core.text import search_key, sort_key
from tests.factories.people import COMMUNE

_number = count(1)


def person(
    name: str = "",
    *,
    area: str = COMMUNE,
    born: dt.date | int | None = None,
    number: str | None = "",
    **fields: Any,
) -> Person:
    """Somebody with a current CCCD that fits birth and sex; without a paper for `number=None`."""
    turn = next(_number)
    birth = born if born is not None else dt.date(1978, 3, 4)
    made = Person.objects.create(
        reference=next_reference("NT"),
        area_code=area,
        full_name=name or f"Nguyễn Văn Người {turn}",
        name_key=search_key(name or f"Nguyễn Văn Người {turn}"),
        name_sort=sort_key(name or f"Nguyễn Văn Người {turn}"),
        birth_date=birth if isinstance(birth, dt.date) else None,
        birth_year=birth if isinstance(birth, int) else birth.year,
        **{
            "sex": "M",
            "hamlet": "Ấp Mỹ Lương",
            "hamlet_key": "ap mi luong",
            "occupation": "Bán vé số",
            **fields,
        },
    )
    if number is not None:
        paper(made, number or f"{89078100000 + turn:012d}")
    return made


def paper(of: Person, digits: str, *, is_current: bool = True) -> IdentityDocument:
    return IdentityDocument.objects.create(
        area_code=of.area_code,
        person=of,
        kind="CCCD" if len(digits) == 12 else "CMND",
        number_encrypted=crypto.encrypt("number", digits),
        number_index=crypto.blind_index("number", digits),
        tail_index=crypto.tail_index(digits),
        number_last3=digits[-3:],
        is_current=is_current,
    )


def account(of: Person, digits: str = "6700205100927", **fields: Any) -> PayoutAccount:
    return PayoutAccount.objects.create(
        area_code=of.area_code,
        person=of,
        account_encrypted=crypto.encrypt("account", digits),
        account_index=crypto.blind_index("account", digits),
        account_last3=digits[-3:],
        **{
            "bank_name": "Agribank",
            "holder_name": of.full_name,
            "valid_from": dt.date(2021, 8, 1),
            **fields,
        },
    )


def entry(
    of: Person, register: str = RegisterCode.FREE_WORKERS, category: str = "ban_ve_so_luu_dong", **fields: Any
) -> Status:
    """An entry of a register that holds from 01/05/2021 on."""
    return Status.objects.create(
        reference=next_reference("DT"),
        area_code=of.area_code,
        register=register,
        person=of,
        category=category,
        **{
            "valid_from": dt.date(2021, 5, 1),
            "source": "typed",
            "recorded_by_id": 1,
            "recorded_by_name": "Lê Thị Hoa",
            "recorded_on": dt.date(2021, 5, 3),
            **fields,
        },
    )
