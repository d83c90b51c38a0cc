"""Mail, for the morning's digest and for reports that come by themselves. Without EMAIL_HOST nothing is ever sent."""

from config import env

EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.whole("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "khong-tra-loi@localhost")
