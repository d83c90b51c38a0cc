"""Addresses of the worklist, of cases and what belongs to them, of lists, of the public pages and of the programmes' rules.

`records` comes last: its `cases/<HS>/<act>/` and `lists/<DS>/<act>/` would take the more telling addresses of the other parts.
"""

from support_programs.urls import (
    casework,
    clocks,
    documents,
    entry,
    grievances,
    papers,
    public,
    records,
    worklist,
)

app_name = "support_programs"

urlpatterns = [
    *worklist.urlpatterns,
    *entry.urlpatterns,
    *papers.urlpatterns,
    *clocks.urlpatterns,
    *documents.urlpatterns,
    *grievances.urlpatterns,
    *public.urlpatterns,
    *casework.urlpatterns,
    *records.urlpatterns,
]
