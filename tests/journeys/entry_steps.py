"""What the hands of an officer do: every key and every click is counted, Vietnamese letters as they are typed in Telex."""

import unicodedata
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One paper form of a free worker as it lies on the desk."""

    full_name: str
    dob: str
    sex: str  # "Nam" or "Nữ"
    id_number: str
    job: str
    phone: str = ""


@dataclass(slots=True)
class Hands:
    """Types, presses and clicks on a page, and counts. A chord (Ctrl+Shift+Enter) is one press."""

    page: Page
    letters: int = 0
    presses: int = 0
    clicks: int = 0
    log: list[str] = field(default_factory=list)

    @property
    def keys(self) -> int:
        """Letters and other presses together."""
        return self.letters + self.presses

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.letters += telex_keys(text)

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.page.keyboard.press(chord)
            self.presses += 1

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1


def telex_keys(text: str) -> int:
    """Keys of a text in Telex: each mark and each tone is one key more than its letter, «đ» is two."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "dd").replace("Đ", "Dd"))
    return len(letters)


def type_paper_form(hands: Hands, paper: PaperForm) -> None:
    """The applicant of a paper form into the open page, whose pen is on the name; by keyboard alone, Enter between fields.

    The hamlet stays as it is remembered; the pen ends on the telephone.
    """
    hands.type(paper.full_name)
    hands.press("Enter")
    hands.type(paper.dob)
    hands.press("Enter")
    hands.press(*["ArrowDown"] * (1 if paper.sex == "Nam" else 2), "Enter")
    hands.type(paper.id_number)
    hands.press("Enter", "Enter", "Enter")  # past the remembered hamlet and the permanent address
    hands.type(paper.job)
    hands.press("Enter")
    hands.type(paper.phone)


def answer_free_worker(hands: Hands, *, lost_on: str, income: str) -> None:
    """The questions of a free worker's paper, the pen on the telephone: paid in cash, no contract, lives here, claims nowhere
    else.
    """
    hands.press(*["Enter"] * 4)  # past the account
    hands.type(lost_on)
    hands.press("Enter", "ArrowDown")  # no contract
    hands.press("Enter", "Space")  # permanent residence
    hands.press("Enter", "ArrowDown")  # no other claim
    hands.press("Enter")
    hands.type(income)


def enter_paper_case(hands: Hands, paper: PaperForm) -> None:
    """One whole paper form of the pile, from the name to the next empty form; counted in `hands`."""
    type_paper_form(hands, paper)
    answer_free_worker(hands, lost_on="9/7/21", income="0")
    save_and_next(hands)


def save_and_next(hands: Hands) -> None:
    """«Lưu và thêm người nữa» from the keyboard; returns when the next form has the pen."""
    with hands.page.expect_navigation():
        hands.press("Control+Shift+Enter")
    expect(hands.page.locator(".messages")).to_contain_text("Đã lập hồ sơ HS-")
    expect(hands.page.locator("[name='applicant-full_name']")).to_be_focused()
