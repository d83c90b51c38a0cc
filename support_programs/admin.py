"""Technical support: which programmes and versions are loaded, with the hash of each."""

from accounts.admin import ReadOnlyAdmin, show
from support_programs.models import Programme, ProgrammeVersion


class ProgrammeAdmin(ReadOnlyAdmin[Programme]):
    list_display = ("code", "short_name", "name")


class ProgrammeVersionAdmin(ReadOnlyAdmin[ProgrammeVersion]):
    list_display = ("programme", "code", "valid_from", "valid_to", "is_current", "content_hash")
    list_select_related = ("programme",)


show(Programme, ProgrammeAdmin)
show(ProgrammeVersion, ProgrammeVersionAdmin)
