"""Cell formats of the written workbooks: black on white, Times New Roman, thin lines."""

from typing import Any, Final

from xlsxwriter import Workbook

from core.spreadsheets.tables import Kind

FONT: Final = "Times New Roman"
SIZE: Final = 12
# The dot between thousands whatever the computer's region.
WHOLE_NUMBER: Final = "[$-42A]#,##0"
PERCENT: Final = "[$-42A]0.0%"
DATE: Final = "dd/mm/yyyy"
TEXT: Final = "@"
HEADER_FILL: Final = "#E8EEF2"
GROUP_FILL: Final = "#F4F6F8"

_NUMBER_FORMATS: Final = {
    Kind.ORDINAL: "0",
    Kind.TEXT: TEXT,
    Kind.CODE: TEXT,
    Kind.INTEGER: WHOLE_NUMBER,
    Kind.MONEY: WHOLE_NUMBER,
    Kind.PERCENT: PERCENT,
    Kind.DECIMAL: "General",
    Kind.DATE: DATE,
}
_ALIGNMENTS: Final = {
    Kind.ORDINAL: "center",
    Kind.TEXT: "left",
    Kind.CODE: "left",
    Kind.INTEGER: "right",
    Kind.MONEY: "right",
    Kind.PERCENT: "right",
    Kind.DECIMAL: "right",
    Kind.DATE: "center",
}


def number_format(kind: Kind) -> str:
    """The number format of cells of this kind; text columns are formatted as text, so that editing keeps them text."""
    return _NUMBER_FORMATS[kind]


def alignment(kind: Kind) -> str:
    return _ALIGNMENTS[kind]


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        def style(**properties: Any) -> Any:
            return book.add_format({"font_name": FONT, "font_size": SIZE, "valign": "vcenter", **properties})

        def cell_styles(**properties: Any) -> dict[Kind, Any]:
            return {
                kind: style(
                    border=1,
                    num_format=number_format(kind),
                    align=alignment(kind),
                    text_wrap=True,
                    **properties,
                )
                for kind in Kind
            }

        self.body = style(align="center")
        self.body_bold = style(align="center", bold=True)
        self.title = style(align="center", bold=True, font_size=14, text_wrap=True)
        self.subtitle = style(align="center", italic=True)
        self.unit = style(align="right", italic=True)
        self.header = style(align="center", bold=True, text_wrap=True, border=1, bg_color=HEADER_FILL)
        self.header_number = style(align="center", italic=True, border=1)
        self.cells = cell_styles()
        self.group_cells = cell_styles(bold=True, bg_color=GROUP_FILL)
        self.total_cells = cell_styles(bold=True, bg_color=HEADER_FILL)
        self.in_words = style(italic=True)
        self.place_and_date = style(align="center", italic=True)
        self.signature_office = style(align="center", bold=True, text_wrap=True)
        self.signature_note = style(align="center", italic=True, valign="top")
