"""The sentences of the findings about a programme's further columns; `expected` names the column of an unreadable cell."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.sentences.kinds import ERROR, WARN, FindingKind

FACTS: Final[dict[str, FindingKind]] = {
    "EXTRA_NO_DATE": FindingKind(
        ERROR,
        _("Ô ngày không đọc được"),
        _(
            "Dòng %(row)s: cột “%(expected)s” ghi “%(found)s”, không phải một ngày có thật. Bạn hãy sửa theo hồ sơ, "
            "dạng ngày/tháng/năm."
        ),
    ),
    "EXTRA_NO_MONTH": FindingKind(
        ERROR,
        _("Ô tháng không đọc được"),
        _(
            "Dòng %(row)s: cột “%(expected)s” ghi “%(found)s”, không phải một tháng. Bạn hãy sửa theo hồ sơ, dạng tháng/năm."
        ),
    ),
    "EXTRA_NO_NUMBER": FindingKind(
        ERROR,
        _("Ô số không đọc được"),
        _(
            "Dòng %(row)s: cột “%(expected)s” ghi “%(found)s”, không phải một số nguyên. Bạn hãy ghi lại bằng chữ số."
        ),
    ),
    "EXTRA_NO_MONEY": FindingKind(
        ERROR,
        _("Ô tiền không đọc được"),
        _(
            "Dòng %(row)s: cột “%(expected)s” ghi “%(found)s”, không phải một số tiền. Bạn hãy ghi lại số tiền bằng đồng."
        ),
    ),
    "EXTRA_NO_FLAG": FindingKind(
        ERROR,
        _("Ô có hay không, không rõ"),
        _(
            "Dòng %(row)s: cột “%(expected)s” ghi “%(found)s”, không rõ có hay không. Bạn hãy ghi x hoặc có nếu đúng, "
            "không nếu sai, hoặc để trống khi chưa biết."
        ),
    ),
    "EXTRA_NO_CHOICE": FindingKind(
        ERROR,
        _("Ô không khớp mục nào"),
        _(
            "Dòng %(row)s: ghi “%(found)s” không khớp mục nào của cột %(expected)s. Bạn hãy ghi một trong các mục trong ngoặc."
        ),
    ),
    "EXTRA_OUT_OF_RANGE": FindingKind(
        ERROR,
        _("Số ngoài mức"),
        _("Dòng %(row)s: số %(found)s ngoài mức của cột %(expected)s. Bạn hãy đối chiếu hồ sơ và sửa."),
    ),
    "EXTRA_MONTH_FIRST": FindingKind(
        WARN,
        _("Có thể đảo ngày và tháng"),
        _(
            "Dòng %(row)s: đã đọc ngày là %(found)s, nhưng danh sách có vẻ ghi tháng trước nên có thể là %(expected)s. "
            "Bạn hãy đối chiếu hồ sơ, sửa hoặc giữ nguyên."
        ),
    ),
    "EVENT_ENDS_EARLY": FindingKind(
        ERROR,
        _("Kết thúc trước khi bắt đầu"),
        _(
            "Dòng %(row)s: ngày kết thúc %(found)s trước ngày bắt đầu %(expected)s. Bạn hãy đối chiếu hồ sơ và sửa một trong "
            "hai ngày."
        ),
    ),
    "EVENT_TOO_LONG": FindingKind(
        ERROR,
        _("Thời gian quá dài"),
        _(
            "Dòng %(row)s: từ ngày bắt đầu đến ngày kết thúc là %(found)s ngày, nhiều hơn %(expected)s ngày. Bạn hãy đối chiếu "
            "hồ sơ và sửa một trong hai ngày."
        ),
    ),
    "EVENT_UNLIKELY": FindingKind(
        WARN,
        _("Ngày bắt đầu đáng ngờ"),
        _(
            "Dòng %(row)s: ngày bắt đầu %(found)s nằm ngoài khoảng %(expected)s. Bạn hãy đối chiếu hồ sơ, sửa hoặc giữ nguyên."
        ),
    ),
}
