"""Open data: aggregates as JSON and CSV at addresses that stay, with the page and the schema that explain them."""

import csv
import io
import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from core.public_pages import public_page
from reports.queries.public_figures import LEVELS, public_figures
from reports.queries.public_tables import FIELDS, open_rows
from reports.views.public_caching import for_a_minute, unless_known
from support_programs.models import Programme
from support_programs.queries.public_lists import TOTALS_ONLY
from support_programs.rules.public_cells import FEWEST

TITLE: Final = "Hỗ trợ do dịch Covid-19 tại An Giang: đề nghị, phê duyệt, đã chi"
PUBLISHER: Final = "Sở Lao động - Thương binh và Xã hội tỉnh An Giang"
_LICENCE: Final = "Chưa chắc chắn: Sở chưa quyết định điều kiện sử dụng lại dữ liệu này"


@public_page()
@require_GET
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, what each column means, when it is updated, what is left out and what is not sure."""
    figures = public_figures()
    programmes = Programme.objects.filter(pk__in=TOTALS_ONLY).values_list("short_name", flat=True)
    context = {
        "until": figures.until,
        "count": len(figures.rows),
        "fields": FIELDS,
        "fewest": FEWEST,
        "totals_only": list(programmes),
    }
    return for_a_minute(render(request, "public/open_data.html", context))


@public_page()
@require_GET
def open_data_json(request: HttpRequest) -> HttpResponse:
    """The lines as JSON objects; a hidden figure is null."""
    figures = public_figures()
    answer = {**_described(), "data_until": figures.until.isoformat(), "rows": list(open_rows(figures))}
    return _answered(request, answer)


@public_page()
@require_GET
def open_data_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as CSV (UTF-8 with the mark that Excel needs, comma); a hidden figure is an empty cell."""
    target = io.StringIO()
    writer = csv.DictWriter(target, [field.name for field in FIELDS], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(open_rows(public_figures()))
    response = HttpResponse(target.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="payments.csv"'
    return unless_known(request, response)


@public_page()
@require_GET
def open_data_schema(request: HttpRequest) -> HttpResponse:
    """Fields, units, licence, time of update, as JSON."""
    return _answered(request, _described())


def _answered(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    text = json.dumps(answer, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    return unless_known(request, response)


def _described() -> dict[str, Any]:
    """What every file says of itself, in Vietnamese whoever asks: a proxy may keep it."""
    with translation.override("vi"):
        fields = [
            {
                "name": field.name,
                "type": field.kind,
                "unit": str(field.unit),
                "description": str(field.meaning),
                **({"values": list(LEVELS)} if field.name == "level" else {}),
            }
            for field in FIELDS
        ]
    return {
        "title": TITLE,
        "publisher": PUBLISHER,
        "licence": _LICENCE,
        "updated": "Mỗi ngày, đến hết ngày hôm trước",
        "hidden": {
            "fewest_people": FEWEST,
            "value": None,
            "description": "Ô có ít người hơn mức này được ẩn, kèm những ô bên cạnh để không tính ngược ra được. "
            "Mức này là lựa chọn của hệ thống, chưa chắc chắn.",
            "province_only": sorted(TOTALS_ONLY),
        },
        "fields": fields,
    }
