"""Sign-in, sessions, headers, and the keys of encrypted columns."""

import datetime as dt

from csp.constants import NONE, SELF

from config import env

# a proxy of ours ends TLS and says in X-Forwarded-* from where a request came
BEHIND_TLS = env.flag("BEHIND_TLS", default=False)

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = dt.timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
# else the proxy would be everybody's address, and eight wrong tries would shut out a person everywhere
AXES_CLIENT_IP_CALLABLE = "core.requests.client_address"
AXES_VERBOSE = False

# how many times the usual number of tries the public pages allow from one address: more where whole offices share one
THROTTLE_FACTOR = env.whole("THROTTLE_FACTOR", 1)

SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # the one style element of 500.html and 503.html, which need no other file
        "style-src": [SELF, "'sha256-ivR+XznbWw00T9I4E50tGeHxeiQwbKpO8rAKhY3P2gc='"],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# "id:base64 of 32 bytes", comma separated, the first is the current one; see core/crypto.py
FIELD_KEYS = env.text("FIELD_KEYS")
BLIND_INDEX_KEY = env.text("BLIND_INDEX_KEY")
# "code=days" of core/data/retention.toml where this installation keeps something longer or shorter
RETENTION_DAYS = env.words("RETENTION_DAYS", [])
