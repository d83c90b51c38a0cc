from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_targets_h"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportrun",
            name="request_key",
            field=models.CharField(max_length=120, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="software",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
