"""Numbers of documents, of complaints and reports, and of public applications; files may be official documents."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_g_reveals_of_an_officer")]

    operations = [
        *[
            migrations.RunSQL(f"CREATE SEQUENCE reference_{prefix}", f"DROP SEQUENCE reference_{prefix}")
            for prefix in ("vb", "pa", "dk")
        ],
        migrations.AlterField(
            model_name="storedfile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("upload", "Tệp tải lên"),
                    ("export", "Tệp xuất ra"),
                    ("payment", "Tệp chi"),
                    ("report", "Báo cáo"),
                    ("scan", "Bản chụp"),
                    ("document", "Văn bản"),
                ],
                max_length=12,
            ),
        ),
    ]
