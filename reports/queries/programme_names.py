"""The names of programmes by code, as reports write them."""

from support_programs.models import Programme


def programme_names() -> dict[str, str]:
    """Short names by code, of programmes without rules in use too."""
    return dict(Programme.objects.values_list("code", "short_name"))
