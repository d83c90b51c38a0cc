"""The frame of the pages, the API and its description, logging."""

from config import env

NAVIGATION = "config.navigation.ENTRIES"
HELP_TOPICS = "config.help.TOPICS"
HELP_PHONE = env.text("HELP_PHONE", "")
# what stands before the addresses that are printed or mailed (QR codes of official papers)
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
# how long approved lists stand on the public pages after the decision on their money
PUBLIC_LIST_DAYS = env.whole("PUBLIC_LIST_DAYS", 90)
# days after which money that came back and nobody took may go back to the budget; no source in law names them
UNCLAIMED_DAYS = env.whole("UNCLAIMED_DAYS", 90)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "core.api.refuse",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Chi trả hỗ trợ Covid-19, tỉnh An Giang",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {
        "CaseStatus": "support_programs.enums.CaseStatus",
        "CaseListStatus": "support_programs.enums.ListStatus",
        "CaseListStep": "support_programs.enums.Step",
        "EntitlementStatus": "support_programs.enums.EntitlementStatus",
        "BatchStatus": "disbursements.enums.BatchStatus",
        "InstructionStatus": "disbursements.enums.InstructionStatus",
        "HandoutStatus": "disbursements.enums.HandoutStatus",
        "HandoutLineStatus": "disbursements.enums.HandoutLineStatus",
        "StatementRowOutcome": "disbursements.enums.StatementRow",
        "PayoutChannel": "disbursements.enums.PayoutChannel",
        "GrievanceChannel": "support_programs.api.grievances.DESK_CHANNELS",
        "DeterminationResult": "support_programs.enums.Result",
        "CriterionOutcome": "support_programs.rules.criteria.Outcome",
        "TargetPeriodKind": "reports.enums.targets.TargetPeriod",
        "TargetSourceKind": "reports.enums.targets.TargetSource",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "core.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # one line for every step of every PDF otherwise
    "loggers": {"weasyprint.progress": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
