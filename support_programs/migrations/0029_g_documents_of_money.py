"""Papers about payout batches and decisions over several lists: two more kinds, and what a paper is about."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

CHOICES = [
    ("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    ("supplement", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    ("refusal", "Phiếu từ chối tiếp nhận hồ sơ"),
    ("apology", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    ("control", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    ("not_eligible", "Công văn trả lời không đủ điều kiện"),
    ("submission", "Tờ trình"),
    ("proposal", "Danh sách đề nghị"),
    ("appraisal", "Danh sách thẩm định"),
    ("decision", "Quyết định phê duyệt danh sách và kinh phí"),
    ("posting_start", "Biên bản niêm yết"),
    ("posting_end", "Biên bản kết thúc niêm yết"),
    ("reminder", "Công văn đôn đốc"),
    ("grievance_answer", "Văn bản trả lời khiếu nại, phản ánh"),
    ("payout_request", "Giấy đề nghị chi"),
    ("reconciliation", "Biên bản đối chiếu kết quả chi trả"),
]
KINDS = [code for code, _label in CHOICES]
GUARDS = """
CREATE TRIGGER about_frozen BEFORE UPDATE ON support_programs_officialdocument FOR EACH ROW
  WHEN (OLD.status <> 'draft' AND OLD.about_refs IS DISTINCT FROM NEW.about_refs) EXECUTE FUNCTION refuse_rewriting();
"""
UNGUARD = "DROP TRIGGER IF EXISTS about_frozen ON support_programs_officialdocument"


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0028_who_took_papers_in_stays_apart")]

    operations = [
        migrations.RemoveConstraint(model_name="officialdocument", name="document_kind_known"),
        migrations.AddField(
            model_name="officialdocument",
            name="about_refs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                db_default=models.Value(
                    [],
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="officialdocument",
            name="kind",
            field=models.CharField(choices=CHOICES, max_length=20, verbose_name="Loại văn bản"),
        ),
        migrations.AddConstraint(
            model_name="officialdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="document_kind_known"
            ),
        ),
        migrations.AddIndex(
            model_name="officialdocument",
            index=django.contrib.postgres.indexes.GinIndex(fields=["about_refs"], name="document_about"),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
