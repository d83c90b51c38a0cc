"""A person at a desk: signs in, opens pages, presses buttons, in a browser of their own."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from accounts.enums import Role
from accounts.models import User
from tests.factories import people

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

    def follow(self, name: str) -> None:
        """Follow a link in the page's content."""
        self.page.locator("main").get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def fill(self, **values: str) -> None:
        """Fill fields by their name."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").fill(value)

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
        """A new person with these roles, signed in through the page."""
        person = people.user(*roles, area=area, name=name)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        page = self.browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="vi-VN", accept_downloads=True
        ).new_page()
        page.goto(f"{self.site}/sign-in/")
        page.get_by_label("Tên đăng nhập").fill(person.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda address: "/sign-in/" not in address)
        return Desk(self.site, person, page)
