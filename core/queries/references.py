"""New public references, from the database's sequences (one per prefix; gaps are allowed, repeats are not)."""

import datetime as dt
from typing import Final

from django.db import connection

from core import clock

PREFIXES: Final = {
    "HS": "hồ sơ",
    "DS": "danh sách đề nghị",
    "NH": "lượt nhập từ Excel",
    "DC": "đợt chi trả",
    "LC": "lệnh chi",
    "QD": "quyết định phê duyệt",
    "NT": "người thụ hưởng",
    "DV": "đơn vị sử dụng lao động",
    "HG": "hộ gia đình",
    "DT": "mục của sổ đối tượng",
    "TR": "nghi trùng",
    "YC": "yêu cầu về dữ liệu cá nhân",
    "TH": "thu hồi",
    "CV": "việc nền",
    "BC": "báo cáo",
    "CT": "số liệu chỉ tiêu",
    "LB": "lịch báo cáo",
    "KP": "dòng kinh phí",
    "PB": "phân bổ kinh phí",
    "CK": "điều chỉnh kinh phí",
    "KO": "kho",
    "PK": "phiếu kho",
    "CP": "đợt cấp phát",
    "LP": "dòng cấp phát",
    "UH": "khoản ủng hộ",
    "VB": "văn bản",
    "PA": "khiếu nại, phản ánh",
    "DK": "đơn đăng ký trên trang công khai",
    "TD": "phong trào thi đua",
    "TG": "đơn vị, cá nhân đăng ký thi đua",
    "TT": "thành tích",
    "XH": "kỳ xếp hạng thi đua",
    "KT": "đề nghị khen thưởng",
    "HP": "phiên họp hội đồng thi đua, khen thưởng",
    "QK": "quyết định khen thưởng",
}


def next_reference(prefix: str, on: dt.date | None = None) -> str:
    """The next reference of a prefix, e.g. `HS-2021-00001236`; the year is that of `on` (default: the business date).

    Set-based statements call the same SQL function, `next_reference(prefix, year)`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_reference(%s, %s)", [prefix, (on or clock.today()).year])
        return str(cursor.fetchone()[0])
