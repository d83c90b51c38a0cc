"""The people of the demo province who sign in: one table for the seed, for `manage.py demo_accounts` and for the sign-in page.

They exist only where DEMO is on, and all have the password below. Two people of each deciding role, because who decides may
not have decided before; two officers in one commune; one outsider, who holds every role of a district, in Châu Phú.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from accounts.enums import Role

SIGN_IN_WORDS: Final = "an-giang-27-9-2021"  # shown on the sign-in page of the demo; of use nowhere else
PROVINCE: Final = "89"
PHU_TAN: Final = "89888"
AN_PHU: Final = "89886"
CHAU_PHU: Final = "89889"
ADMINISTRATOR: Final = "quantri"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One person of the demo: how they sign in, who they are, what they may do where."""

    username: str
    full_name: str
    title: str
    office: str
    area_code: str
    roles: tuple[Role, ...]

    @property
    def role_labels(self) -> str:
        """The roles in words, for the table of accounts."""
        return ", ".join(str(role.label) for role in self.roles)


def shown_accounts() -> tuple[DemoAccount, ...]:
    """The demo's accounts in the order in which a list passes their desks; empty where DEMO is off."""
    return ACCOUNTS if settings.DEMO else ()


_COMMUNES: Final = {
    PHU_TAN: (
        ("30406", "thị trấn Phú Mỹ", "Trần Thị Kim Loan"),
        ("30409", "thị trấn Chợ Vàm", "Nguyễn Văn Hậu"),
        ("30415", "xã Long Hoà", "Lê Thị Ngọc Diễm"),
        ("30418", "xã Phú Long", "Võ Thành Nhân"),
        ("30421", "xã Phú Lâm", "Huỳnh Thị Cẩm Tiên"),
        ("30424", "xã Phú Hiệp", "Phạm Hoàng Khải"),
        ("30427", "xã Phú Thạnh", "Đặng Thị Thu Ba"),
        ("30430", "xã Hoà Lạc", "Nguyễn Trung Kiên"),
        ("30433", "xã Phú Thành", "Bùi Thị Hồng Gấm"),
        ("30436", "xã Phú An", "Phan Văn Sáng"),
        ("30439", "xã Phú Xuân", "Trương Thị Mỹ Hằng"),
        ("30442", "xã Hiệp Xương", "Lâm Quốc Việt"),
        ("30445", "xã Phú Bình", "Ngô Thị Bích Tuyền"),
        ("30448", "xã Phú Thọ", "Dương Minh Chánh"),
        ("30451", "xã Phú Hưng", "Hồ Thị Thanh Xuân"),
        ("30454", "xã Bình Thạnh Đông", "Cao Văn Dũng"),
        ("30457", "xã Tân Hòa", "Mai Thị Yến Nhi"),
        ("30460", "xã Tân Trung", "Đoàn Hữu Lợi"),
    ),
    AN_PHU: (
        ("30337", "thị trấn An Phú", "Nguyễn Thị Thùy Trang"),
        ("30340", "xã Khánh An", "Trần Văn Út"),
        ("30341", "thị trấn Long Bình", "Lê Hoàng Nam"),
        ("30343", "xã Khánh Bình", "Võ Thị Diệu Hiền"),
        ("30346", "xã Quốc Thái", "Phạm Văn Tám"),
        ("30349", "xã Nhơn Hội", "Mách Sa Ly"),
        ("30352", "xã Phú Hữu", "Huỳnh Tấn Đạt"),
        ("30355", "xã Phú Hội", "Nguyễn Thị Hoa Lài"),
        ("30358", "xã Phước Hưng", "Đỗ Thành Công"),
        ("30361", "xã Vĩnh Lộc", "Trần Thị Bé Năm"),
        ("30364", "xã Vĩnh Hậu", "Lý Văn Thuận"),
        ("30367", "xã Vĩnh Trường", "Châu Thị Phol"),
        ("30370", "xã Vĩnh Hội Đông", "Nguyễn Phước Thiện"),
        ("30373", "xã Đa Phước", "Rô Phi Áh"),
    ),
}
_DISTRICTS: Final = (
    (
        PHU_TAN,
        "888",
        "huyện Phú Tân",
        ("Nguyễn Thị Thu Sương", "Trần Quốc Bảo"),
        ("Lê Văn Phước", "Huỳnh Thị Tuyết Mai"),
        ("Võ Ngọc Ánh", "Phan Thanh Tùng"),
        "Đặng Hữu Trí",
    ),
    (
        AN_PHU,
        "886",
        "huyện An Phú",
        ("Phạm Thị Ngọc Hân", "Lâm Văn Đức"),
        ("Trương Minh Hiếu", "Nguyễn Kim Phụng"),
        ("Bùi Thị Lệ Thu", "Hồ Chí Linh"),
        "Võ Hoàng Sơn",
    ),
)


def _of_communes(district: str) -> list[DemoAccount]:
    officer = (Role.COMMUNE_OFFICER,)
    accounts = [
        DemoAccount(
            f"xa{code}", name, "Công chức Văn hóa - Xã hội", f"UBND {commune}", f"{district}{code}", officer
        )
        for code, commune, name in _COMMUNES[district]
    ]
    if district == PHU_TAN:
        second = accounts[0]
        accounts.insert(
            1,
            DemoAccount(
                "xa30406b", "Nguyễn Chí Cường", second.title, second.office, second.area_code, officer
            ),
        )
    return accounts


def _of_district(
    row: tuple[str, str, str, tuple[str, str], tuple[str, str], tuple[str, str], str],
) -> list[DemoAccount]:
    area_code, short, name, officers, heads, accountants, leader = row
    labour, finance = f"Phòng LĐ-TBXH {name}", f"Phòng Tài chính - Kế hoạch {name}"
    pair = ("a", "b")
    return [
        *(
            DemoAccount(f"cv{short}{x}", who, "Chuyên viên", labour, area_code, (Role.DISTRICT_OFFICER,))
            for x, who in zip(pair, officers, strict=True)
        ),
        *(
            DemoAccount(
                f"ld{short}{x}", who, "Phó Chủ tịch", f"UBND {name}", area_code, (Role.DISTRICT_HEAD,)
            )
            for x, who in zip(pair, heads, strict=True)
        ),
        *(
            DemoAccount(f"kt{short}{x}", who, "Kế toán", finance, area_code, (Role.ACCOUNTANT,))
            for x, who in zip(pair, accountants, strict=True)
        ),
        DemoAccount(f"xem{short}", leader, "Chủ tịch", f"UBND {name}", area_code, (Role.LEADER,)),
    ]


_LABOUR: Final = "Sở Lao động - Thương binh và Xã hội"
_OFFICE: Final = "Văn phòng UBND tỉnh"
_OF_PROVINCE: Final = (
    DemoAccount("so-a", "Lâm Thị Ngọc Sương", "Chuyên viên", _LABOUR, PROVINCE, (Role.PROVINCIAL_REVIEWER,)),
    DemoAccount("so-b", "Nguyễn Hoàng Phúc", "Chuyên viên", _LABOUR, PROVINCE, (Role.PROVINCIAL_REVIEWER,)),
    DemoAccount(
        "tinh-a", "Trần Minh Đăng", "Phó Chánh Văn phòng", _OFFICE, PROVINCE, (Role.PROVINCIAL_APPROVER,)
    ),
    DemoAccount(
        "tinh-b", "Lê Thị Phương Thảo", "Chuyên viên chính", _OFFICE, PROVINCE, (Role.PROVINCIAL_APPROVER,)
    ),
    DemoAccount(
        "tinh-c", "Nguyễn Văn Sơn", "Chuyên viên chính", _OFFICE, PROVINCE, (Role.PROVINCIAL_APPROVER,)
    ),
    DemoAccount("kt-tinh-a", "Phạm Thị Mộng Cầm", "Kế toán", _LABOUR, PROVINCE, (Role.ACCOUNTANT,)),
    DemoAccount("kt-tinh-b", "Đỗ Quang Vinh", "Kế toán", _LABOUR, PROVINCE, (Role.ACCOUNTANT,)),
    DemoAccount("lanhdao", "Võ Thanh Liêm", "Giám đốc", _LABOUR, PROVINCE, (Role.LEADER,)),
    DemoAccount(
        "thanhtra", "Huỳnh Công Chính", "Thanh tra viên", "Thanh tra tỉnh", PROVINCE, (Role.AUDITOR,)
    ),
    DemoAccount(ADMINISTRATOR, "Ngô Nhật Tân", "Quản trị hệ thống", _LABOUR, PROVINCE, (Role.ADMINISTRATOR,)),
)
_OUTSIDER: Final = DemoAccount(
    "chauphu",
    "Trịnh Hữu Khánh",
    "Chuyên viên",
    "Phòng LĐ-TBXH huyện Châu Phú",
    CHAU_PHU,
    (
        Role.COMMUNE_OFFICER,
        Role.DISTRICT_OFFICER,
        Role.DISTRICT_HEAD,
        Role.ACCOUNTANT,
        Role.AUDITOR,
        Role.LEADER,
    ),
)
ACCOUNTS: Final[tuple[DemoAccount, ...]] = (
    *_of_communes(PHU_TAN),
    *_of_district(_DISTRICTS[0]),
    *_OF_PROVINCE,
    _OUTSIDER,
    *_of_communes(AN_PHU),
    *_of_district(_DISTRICTS[1]),
)
