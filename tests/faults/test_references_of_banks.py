"""F18: our payment reference goes through a field of 16 signs, in capitals, without marks: it still finds its one instruction."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from core.references import Reference
from disbursements.models import PaymentInstruction
from disbursements.rules.statements.references import instruction_references

# what stands around it in a bank's field, and what a bank does to the whole
_AROUND = st.sampled_from(["", " ", "CK ", "Chi hỗ trợ ", "UNC.", "REF:", "/ROC/"])
_BEHIND = st.sampled_from(["", " ", " chi ho tro", "-CT", ".", " Nguyễn Văn Ước"])
_DONE_TO_IT = {
    "as it is": lambda text: text,
    "capitals": str.upper,
    "small": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "without marks": lambda text: "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)
    ),
    "spaced": lambda text: " ".join(text[at : at + 4] for at in range(0, len(text), 4)),
    "dashed": lambda text: text.replace(" ", "-"),
}


def reference_of_bank(reference: str) -> str:
    return PaymentInstruction(reference=reference).payment_reference


@given(
    number=st.integers(1, 9_999_999),
    year=st.integers(2020, 2029),
    before=_AROUND,
    behind=_BEHIND,
    done=st.sampled_from(sorted(_DONE_TO_IT)),
)
@example(number=1, year=2021, before="", behind="", done="spaced")
def test_whatever_a_bank_does_to_it_it_finds_its_one_payment(
    number: int, year: int, before: str, behind: str, done: str
) -> None:
    reference = str(Reference("LC", year, number))
    carried = reference_of_bank(reference)
    assert len(carried) == 14
    assert carried.isascii()
    assert carried.isalnum()
    assert carried == carried.upper()
    assert instruction_references(_DONE_TO_IT[done](before + carried + behind)) == (reference,)
    # the field itself: 16 signs, the rest is cut off
    assert instruction_references(f"{carried}CHI"[:16]) == (reference,)


@given(number=st.integers(0, 9_999_999), year=st.integers(2020, 2029), place=st.integers(0, 13))
def test_one_wrong_sign_finds_nobody_rather_than_another(number: int, year: int, place: int) -> None:
    carried = reference_of_bank(str(Reference("LC", year, number)))
    other = "7" if carried[place] != "7" else "1"
    assert instruction_references(carried[:place] + other + carried[place + 1 :]) == ()
