"""Static files (public, hashed) and stored files (private, encrypted; see core/services/files.py)."""

from pathlib import Path

from config import env
from config.settings.paths import BASE_DIR, VAR_DIR

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGE_DIR = Path(env.text("STORAGE_DIR", str(VAR_DIR / "files")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STORAGE_DIR},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_LIMIT_MB = 50
# papers of a dossier, from a scanner or a phone: size of a file, pixels of a picture, pages of a PDF, files in one go
PAPER_LIMIT_MB = 20
PAPER_LIMIT_PIXELS = 50_000_000
PAPER_LIMIT_PAGES = 60
PAPER_LIMIT_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# Compressing takes most of the first start: only what a page asks for, under the one name it asks for.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    "gif",
    "ico",
    "jpg",
    "png",
    "webp",
    "eot",
    "ttf",
    "woff",
    "woff2",
    "map",
    "pdf",
)
