"""What an officer sends from the page that corrects a person."""

from beneficiaries.models import Person


def posted(person: Person, **changes: str) -> dict[str, str]:
    return {
        "version": str(person.version),
        "full_name": "Trần Văn Bình",
        "dob": "04/03/1978",
        "sex": "Nam",
        "address": "Ấp Mỹ Lương",
        "job": "Bán vé số",
        "phone": "0913456789",
        "permanent_address": "",
        "temporary_address": "",
        "reason": "Đối chiếu thẻ",
        **changes,
    }
