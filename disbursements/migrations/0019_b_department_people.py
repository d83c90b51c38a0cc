"""Lists that no district approves can be paid: the line names no approver of persons there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0018_t_separate_hands"),
        ("support_programs", "0029_g_documents_of_money"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="paymentinstruction",
            name="batch_maker_did_not_enter_or_approve",
        ),
        migrations.RemoveConstraint(
            model_name="paymentinstruction",
            name="result_recorder_did_not_enter_or_approve",
        ),
        migrations.AlterField(
            model_name="paymentinstruction",
            name="list_approved_by_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="paymentinstruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("batched_by_id", models.F("entered_by_id")), _negated=True),
                    models.Q(
                        ("list_approved_by_id__isnull", True),
                        models.Q(("batched_by_id", models.F("list_approved_by_id")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="batch_maker_did_not_enter_or_approve",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentinstruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recorded_by_id__isnull", True),
                    models.Q(
                        models.Q(("recorded_by_id", models.F("entered_by_id")), _negated=True),
                        models.Q(
                            ("list_approved_by_id__isnull", True),
                            models.Q(("recorded_by_id", models.F("list_approved_by_id")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="result_recorder_did_not_enter_or_approve",
            ),
        ),
    ]
