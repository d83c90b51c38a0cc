"""The demo's defaults: `make run` shows a living province on the day 27 September 2021."""

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DEFAULTS: Final[Mapping[str, str]] = MappingProxyType(
    # its first payments went out four weeks before that day: 90 days would leave nobody whose money may go back
    {"DEMO": "1", "BUSINESS_DATE": "2021-09-27", "UNCLAIMED_DAYS": "15"}
)


def demo_environment() -> dict[str, str]:
    """These settings as given, or the demo's; with DEMO=0 nothing is added and the day is the real one."""
    asked = os.environ.get("DEMO", DEFAULTS["DEMO"])
    if asked.strip().lower() in {"", "0", "false", "no", "off"}:
        return {}
    return {**DEFAULTS, **{name: os.environ[name] for name in DEFAULTS if name in os.environ}}
