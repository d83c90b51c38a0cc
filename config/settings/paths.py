"""Where the project and its run-time folder stand."""

from pathlib import Path
from typing import Final

BASE_DIR: Final = Path(__file__).resolve().parent.parent.parent
VAR_DIR: Final = BASE_DIR / "var"
