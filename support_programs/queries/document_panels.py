"""Official papers on the pages of a case and of a list, and in the masthead's search."""

from core.search import register_reference_page
from support_programs.queries.documents.shelf import panel_of_case, panel_of_list
from support_programs.queries.panels import register_case_panel, register_list_panel


def register() -> None:
    """Make panels and the page of a reference known."""
    register_case_panel("documents", panel_of_case, place="main", order=60)
    register_list_panel("documents", panel_of_list)
    register_reference_page("VB", "support_programs:document_page")
