"""Hamlets without marks and the index of each number's last six digits, for the people who are registered already."""

from django.db import migrations

CHUNK = 5000


def fill_hamlets(apps, schema_editor):
    from core.text import search_key

    people = apps.get_model("beneficiaries", "Person").objects.using(schema_editor.connection.alias)
    for hamlet in people.exclude(hamlet="").values_list("hamlet", flat=True).distinct():
        people.filter(hamlet=hamlet, hamlet_key="").update(hamlet_key=search_key(hamlet)[:200])


def fill_tails(apps, schema_editor):
    from core import crypto

    for model in ("IdentityDocument", "ImportRow"):
        table = apps.get_model("beneficiaries", model).objects.using(schema_editor.connection.alias)
        rows = table.filter(tail_index__isnull=True, number_encrypted__isnull=False).only(
            "pk", "number_encrypted"
        )
        last = 0
        while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            tails = crypto.tail_index_many(
                crypto.decrypt_many("number", [row.number_encrypted for row in chunk])
            )
            for row, tail in zip(chunk, tails, strict=True):
                row.tail_index = tail
            table.bulk_update(chunk, ["tail_index"])
            last = chunk[-1].pk


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0006_guards_of_people")]

    operations = [
        migrations.RunPython(fill_hamlets, migrations.RunPython.noop),
        migrations.RunPython(fill_tails, migrations.RunPython.noop),
    ]
