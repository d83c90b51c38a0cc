"""The demo's defaults: `make run` shows a living province on the day 27 September 2021."""

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DEFAULTS: Final[Mapping[str, str]] = MappingProxyType({"DEMO": "1", "BUSINESS_DATE": "2021-09-27"})


def demo_environment() -> dict[str, str]:
    """DEMO and BUSINESS_DATE as given, or the demo's; with DEMO=0 nothing is added and the day is the real one."""
    asked = os.environ.get("DEMO", DEFAULTS["DEMO"])
    if asked.strip().lower() in {"", "0", "false", "no", "off"}:
        return {}
    return {**DEFAULTS, **{name: os.environ[name] for name in DEFAULTS if name in os.environ}}
