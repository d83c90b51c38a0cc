"""Typed parts that views hand to the shared component templates (templates/components/README.md shows each in use)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.safestring import SafeString

from core.wording import Text


class Tone(StrEnum):
    """The six status colours; the value is the suffix of the CSS class."""

    MUTE = "mute"
    INFO = "info"
    WARN = "warn"
    OK = "ok"
    BAD = "bad"
    DUP = "dup"
    SONG = "song"


class StepState(StrEnum):
    """Where a step of a process stands."""

    DONE = "done"
    CURRENT = "current"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Badge:
    """How a state looks: colour, icon, word. The word is always shown."""

    tone: Tone
    icon: str
    label: Text


@dataclass(frozen=True, slots=True)
class Crumb:
    """One level of the breadcrumb; the last one has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a wizard or an approval chain; `note` says who and when, or how much."""

    label: Text
    state: StepState = StepState.TODO
    note: Text = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab, queue or error group: a link with a count."""

    label: Text
    url: str
    count: int | None = None
    is_current: bool = False
    is_hot: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter; the address is the same page without it."""

    label: Text
    remove_url: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure. `value` comes formatted; `url` opens the list behind the figure; `graphic` is from core.charts."""

    label: Text
    value: str
    unit: Text = ""
    note: Text = ""
    url: str = ""
    tone: Tone = Tone.MUTE
    graphic: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button of the bulk bar: submits the form around the table with `action=<code>`.

    With `refusal` the button keeps focus but does nothing, and the sentence stands next to it. `works_unchosen` means it acts
    without any chosen row, too ("all but those chosen"); on phones the other buttons wait until a row is chosen. `key` is
    a letter that presses the button once a row is chosen.
    """

    code: str
    label: Text
    icon: str = ""
    is_primary: bool = False
    formaction: str = ""
    refusal: Text = ""
    works_unchosen: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation bar, already chosen for the reader's role."""

    label: Text
    url: str
    icon: str
    is_current: bool = False
    count: int | None = None
