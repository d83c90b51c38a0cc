"""Each test session takes a slot of its own: a database, a broker number, a folder for stored files.

So several sessions (two terminals, the processes of pytest-xdist) run beside each other without knowing of each other.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ops.locks import try_exclusive_lock

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SLOTS: Final = 200


@dataclass(frozen=True, slots=True)
class Slot:
    number: int
    lock: IO[str]

    @property
    def database(self) -> str:
        # The folder's hash keeps two checkouts apart that use one outside server; TEST_DB names it by hand.
        suffix = os.environ.get("TEST_DB") or hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]
        return f"test_{suffix}_{self.number}"

    @property
    def broker_number(self) -> int:
        return 1 + self.number

    @property
    def files(self) -> Path:
        return ROOT / "var" / "test" / f"files-{self.number}"


def take_slot() -> Slot:
    """The lowest number that no living session has; it is given back when this process ends."""
    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(SLOTS):
        lock = try_exclusive_lock(folder / f"slot-{number}.lock")
        if lock is not None:
            return Slot(number=number, lock=lock)
    raise RuntimeError(f"{SLOTS} test sessions are running already")
