"""Papers of the emulation movement: five more kinds."""

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
    ("award_submission", "Tờ trình khen thưởng"),
    ("achievement_report", "Báo cáo thành tích"),
    ("council_minutes", "Biên bản họp hội đồng thi đua, khen thưởng"),
    ("award_decision", "Quyết định khen thưởng"),
    ("award_certificate", "Giấy khen, bằng khen"),
]
KINDS = [code for code, _label in CHOICES]


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0030_f_public_scans")]

    operations = [
        migrations.RemoveConstraint(model_name="officialdocument", name="document_kind_known"),
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
    ]
