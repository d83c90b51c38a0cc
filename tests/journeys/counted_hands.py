"""Hands whose keys and clicks the page itself counts, from real events, across all pages of one piece of work.

Characters of what a person writes (names, numbers, reasons) are kept apart from the keys that steer the page.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from benchmarks.klm import Work, telex_keys

# Only events that the browser itself made count, never those of a script. sessionStorage lives on through every page of a tab.
_COUNTER = """(() => {
  const names = { keys: 0, clicks: 0, wheels: 0, homes: 0, hand: "", text: "" };
  const count = (hand, change) => (event) => {
    if (!event.isTrusted || event.repeat) return;
    const seen = { ...names, ...JSON.parse(sessionStorage.getItem("counted") || "{}") };
    if (change(seen, event) === false) return;
    if (seen.hand && seen.hand !== hand) seen.homes += 1;
    seen.hand = hand;
    sessionStorage.setItem("counted", JSON.stringify(seen));
  };
  const writes = (node) => node.matches?.("textarea,input:not([type=checkbox]):not([type=radio])");
  addEventListener("keydown", count("keys", (seen, event) => {
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && writes(event.target);
    if (!isText) seen.keys += 1;
  }), true);
  addEventListener("input", count("keys", (seen, event) => {
    if (!event.data) return false;
    seen.text += event.data;
  }), true);
  addEventListener("pointerdown", count("mouse", (seen) => { seen.clicks += 1; }), true);
  let turned = 0;
  addEventListener("wheel", count("mouse", (seen, event) => {
    const isOneTurn = event.timeStamp - turned < 300;
    turned = event.timeStamp;
    if (isOneTurn) return false;
    seen.wheels += 1;
  }), { capture: true, passive: true });
})();"""
_NOTHING_YET = "sessionStorage.removeItem('counted')"
_SEEN = "sessionStorage.getItem('counted') || '{}'"
_COVERED = """(node) => {
  const box = node.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !(top && (node.contains(top) || top.contains(node)));
}"""


@dataclass(slots=True)
class Figures:
    """What one piece of work took. `steering` are keys apart from the letters written; Ctrl and Shift count as keys."""

    steering: int = 0
    letters: int = 0
    clicks: int = 0
    wheels: int = 0
    homes: int = 0
    seconds: float = 0.0

    def work(self, *, thoughts: int) -> Work:
        """The same for the keystroke-level model; the machine's seconds are the wait."""
        return Work(
            keys=self.steering + self.letters,
            points=self.clicks + self.wheels,
            presses=2 * self.clicks,
            homes=self.homes,
            thoughts=thoughts,
            wait=self.seconds,
        )


class CountedHands:
    """Types, presses, points and turns the wheel as a person would: nothing is clicked that isn't in sight."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(_COUNTER)
        self._slept = 0.0  # seconds waited so that one turn of the wheel ends before the next
        self._listed = 0  # clicks on the entries of lists, which the browser draws outside the page

    @contextmanager
    def counting(self) -> Iterator[Figures]:
        """Counts what is done inside; the figures are there afterwards."""
        self.page.evaluate(_NOTHING_YET)
        self._slept, self._listed = 0.0, 0
        found = Figures()
        began = time.perf_counter()
        yield found
        found.seconds = time.perf_counter() - began - self._slept
        seen = json.loads(self.page.evaluate(_SEEN))
        found.steering, found.clicks = seen.get("keys", 0), seen.get("clicks", 0) + self._listed
        found.wheels, found.homes = seen.get("wheels", 0), seen.get("homes", 0)
        found.letters = telex_keys(seen.get("text", ""))

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.page.keyboard.press(chord)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def click(self, target: Locator) -> None:
        """Turns the wheel until the target is in sight, then clicks where it is."""
        for _turn in range(20):
            box = target.bounding_box()
            assert box is not None
            if 0 <= box["y"] <= self._height - box["height"] and not target.evaluate(_COVERED):
                break
            self.turn(box["y"] - self._height / 2)
        self.page.mouse.click(box["x"] + min(box["width"] / 2, 60), box["y"] + box["height"] / 2)

    def choose(self, control: Locator, value: str) -> None:
        """Opens a list by a click and takes one entry by another."""
        self.click(control)
        self.page.keyboard.press("Escape")  # the script chooses in place of the second click
        control.select_option(value)
        self._listed += 1

    def turn(self, distance: float) -> None:
        """One turn of the wheel, a page at most."""
        step = max(-self._height * 0.8, min(self._height * 0.8, distance))
        self.page.mouse.wheel(0, step)
        self._sleep()

    def _sleep(self) -> None:
        began = time.perf_counter()
        self.page.wait_for_timeout(350)
        self._slept += time.perf_counter() - began

    def see_to_the_end(self, *, by_wheel: bool) -> None:
        """Looks the open page through, down to its end."""
        while not self._is_at_end():
            before = self.page.evaluate("scrollY")
            if by_wheel:
                self.turn(self._height)
            else:
                self.press("PageDown")
                self._sleep()
            assert self.page.evaluate("scrollY") > before

    def _is_at_end(self) -> bool:
        return bool(self.page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 4"))

    @property
    def _height(self) -> int:
        size = self.page.viewport_size
        assert size is not None
        return size["height"]
