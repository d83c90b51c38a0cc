from django.db import migrations, models


class Migration(migrations.Migration):
    """Where the morning's digest is mailed to somebody."""

    dependencies = [("accounts", "0001_schema")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email",
            field=models.EmailField(
                blank=True, db_default="", default="", max_length=254, verbose_name="Thư điện tử"
            ),
        ),
    ]
