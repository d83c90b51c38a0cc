"""The sums of the overview kept short."""

from django.db import connection, transaction


@transaction.atomic
def fold_figures() -> int:
    """Put rows of the same area, programme, group and day together; no figure changes. Gives how many rows fewer there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_figures()")
        return int(cursor.fetchone()[0])
