"""The minutes of a public posting: when the list was hung out, and when it came down with the remarks that came in."""

from typing import Any, Final

from core.date_texts import format_date, format_long_date
from core.money import format_dong
from core.text import inside_sentence
from support_programs.enums import GrievanceChannel, GrievanceKind, GrievanceStatus
from support_programs.models import CaseList, Grievance, OfficialDocument
from support_programs.queries.documents.bodies import Body, area_in_sentence
from support_programs.queries.documents.lists import list_of, sums_of
from support_programs.queries.documents.sheet import Details, Signer, lines, paragraphs
from support_programs.queries.programmes import definition_of

_HOW: Final = "(Ký, ghi rõ họ tên)"


def posting_start(document: OfficialDocument, body: Body) -> Details:
    """Who hung out which list where, from when until when."""
    case_list = list_of(document)
    return Details(
        title="Biên bản",
        subject="Về việc niêm yết công khai danh sách đề nghị hỗ trợ",
        beside=_witnesses(document),
        values={**_posting(document, case_list, body), "day": case_list.posting_from},
    )


def posting_end(document: OfficialDocument, body: Body) -> Details:
    """That the posting is over, and every remark that came in about the list."""
    case_list = list_of(document)
    return Details(
        title="Biên bản",
        subject="Về việc kết thúc niêm yết công khai danh sách đề nghị hỗ trợ",
        beside=_witnesses(document),
        values={
            **_posting(document, case_list, body),
            "day": case_list.posting_closed_on or case_list.posting_until,
            "remarks": remarks_on(case_list),
            "further": paragraphs(document.content.get("remarks", ""))
            or paragraphs(case_list.posting_remarks),
        },
    )


def remarks_on(case_list: CaseList) -> list[tuple[str, str, str]]:
    """The remarks on a posted list that were written down as complaints or reports: day, what was said, what became of it.

    Who said it is left out: the minutes hang out too. So are the words of what came in on the public page, which no officer has
    written down: its topic and its reference stand for them. A denunciation is the department's alone.
    """
    rows = Grievance.objects.filter(
        case_list=case_list,
        channel__in=(GrievanceChannel.POSTING, GrievanceChannel.PUBLIC),
        received_on__gte=case_list.posting_from or case_list.list_date,
    ).exclude(kind=GrievanceKind.DENUNCIATION)
    return [
        (format_date(row.received_on), _words_of(row), str(GrievanceStatus(row.status).label))
        for row in rows.order_by("pk")
    ]


def _words_of(remark: Grievance) -> str:
    if remark.channel == GrievanceChannel.POSTING:
        return remark.text
    return f"{remark.get_topic_display()} (gửi trên trang công khai, mã {remark.reference})"


def _posting(document: OfficialDocument, case_list: CaseList, body: Body) -> dict[str, Any]:
    content = document.content
    sums = sums_of(case_list, only_found=False)
    return {
        "body": body,
        "case_list": case_list,
        "area": area_in_sentence(case_list.area_code),
        "programme": inside_sentence(definition_of(case_list.version_used_id).name),
        "hour": content.get("hour", ""),
        "place": content.get("place") or case_list.posting_place,
        "from": format_long_date(case_list.posting_from) if case_list.posting_from else "",
        "until": format_long_date(case_list.posting_until) if case_list.posting_until else "",
        "people": format_dong(sums.people),
        "sums": sums,
        "present": lines(content.get("present", "")),
    }


def _witnesses(document: OfficialDocument) -> tuple[Signer, ...]:
    """Who signs beside the commune: the typed bodies, else those whose place is left open."""
    typed = lines(document.content.get("witnesses", "")) or ("Người lập biên bản", "Đại diện khóm, ấp")
    return tuple(Signer((office,), how=_HOW) for office in typed[:3])
