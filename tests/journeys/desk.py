"""A person at a desk: signs in, opens pages, presses buttons, in a browser of their own.

With JOURNEY_SHOTS=<folder> the stories leave pictures of their pages there, to be looked at.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.enums import Role
from accounts.models import User
from tests.factories import people
from tests.factories.people import OUTSIDE_DISTRICT

PASSWORD = "nuoc-noi-mua-ca-linh"


@dataclass(frozen=True, slots=True)
class Desk:
    """One signed-in person and their page."""

    site: str
    person: User
    page: Page

    def open(self, path: str) -> Page:
        """Open an address and expect it to answer."""
        response = self.page.goto(f"{self.site}{path}")
        assert response is not None
        assert response.ok, f"{path}: {response.status}"
        return self.page

    def status_of(self, path: str) -> int:
        """What the server answers to a plain GET of an address."""
        return self.page.request.get(f"{self.site}{path}", max_redirects=0).status

    def press(self, name: str) -> None:
        """Press the main button of the page with this name."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def send(self, name: str) -> None:
        """Press a button that sends a form which the page checks while it is typed: go on with the page that answers."""
        with self.page.expect_event("load"):
            self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow a link in the page's content."""
        self.page.locator("main").get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow_to_list(self) -> str:
        """Open the list that the page names; gives its address."""
        self.page.locator("main a[href^='/lists/DS-']").first.click()
        self.page.wait_for_url(re.compile(r"/lists/DS-[\d-]+/$"))
        return self.path

    def fill(self, **values: str) -> None:
        """Fill fields by their name."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def answer(self, values: Mapping[str, str]) -> None:
        """Fill, choose or tick the fields of a form by their names; "on" ticks a box."""
        for name, value in values.items():
            found = self.page.locator(f"main [name='{name}']")
            kind = found.first.evaluate("control => control.type")
            if kind == "radio":
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "checkbox":
                found.check()
            elif kind.startswith("select"):
                found.select_option(value)
            else:
                found.fill(value)

    @property
    def path(self) -> str:
        """The address of the open page, without the site."""
        return self.page.url.removeprefix(self.site).partition("?")[0]

    def shoot(self, name: str) -> None:
        """Leave pictures of the open page, where somebody asks for them."""
        folder = os.environ.get("JOURNEY_SHOTS")
        if not folder:
            return
        for width, height in ((390, 844), (1366, 768)):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    def download(self, name: str, folder: Path) -> Path:
        """Press a download link or button; gives the saved file."""
        target = (
            self.page.locator("main")
            .get_by_role("link", name=name)
            .or_(self.page.locator("main").get_by_role("button", name=name))
        )
        with self.page.expect_download() as waiting:
            target.first.click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


@dataclass(slots=True)
class Office:
    """Gives each person of a story a desk."""

    site: str
    browser: Browser

    def seat(self, *roles: Role, area: str | None = None, name: str = "") -> Desk:
        """A new person with these roles at their home page; signed in without the form, which has tests of its own."""
        person = people.user(*roles, area=area, name=name)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        session = Client()
        session.force_login(person)
        cookie = session.cookies[settings.SESSION_COOKIE_NAME].value
        context = self.browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="vi-VN", accept_downloads=True
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}])
        page = context.new_page()
        page.goto(f"{self.site}/")
        return Desk(self.site, person, page)

    def seat_outsider(self) -> Desk:
        """Everybody of another district in one person."""
        return self.seat(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)


def expect_hidden(outsider: Desk, insider: Desk, *records: str) -> None:
    """What one person may see is not there for the other, on the pages and in the API."""
    for path in (place + record for record in records for place in ("", "/api/v1")):
        assert insider.status_of(path) == 200, path
        assert outsider.status_of(path) == 404, path
