"""Every template compiles; pages carry no inline script or style, so that the content security policy can forbid both."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
APPS = ("core", "accounts", "beneficiaries", "support_programs", "disbursements", "reports")
FOLDERS = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
TEMPLATES = sorted(
    (path.relative_to(folder).as_posix(), path)
    for folder in FOLDERS
    for path in folder.rglob("*.html")
    if folder.is_dir()
)
WITH_OWN_STYLE = ("500.html", "503.html", "pdf/")

INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.I),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "hx-on handler": re.compile(r"\shx-on[:\w-]*\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
}


@pytest.mark.parametrize(("name", "path"), TEMPLATES, ids=[name for name, _path in TEMPLATES])
def test_template_compiles_and_has_nothing_inline(name: str, path: Path) -> None:
    get_template(name)
    if name.startswith(WITH_OWN_STYLE):
        return
    text = path.read_text(encoding="utf-8")
    found = [kind for kind, pattern in INLINE.items() if pattern.search(text)]
    assert not found, f"{name}: {found}"


def test_icons_that_templates_name_are_in_the_sprite() -> None:
    known = set(
        re.findall(
            r'id="i-([a-z]+)"', (ROOT / "templates/components/sprite.html").read_text(encoding="utf-8")
        )
    )
    for name, path in TEMPLATES:
        used = set(re.findall(r'{% icon "([^"]+)"|icon_name="([^"]+)"', path.read_text(encoding="utf-8")))
        assert {one or other for one, other in used} <= known, name


def test_badges_use_icons_of_the_sprite() -> None:
    from core.badges import BADGES

    known = set(
        re.findall(
            r'id="i-([a-z]+)"', (ROOT / "templates/components/sprite.html").read_text(encoding="utf-8")
        )
    )
    assert {badge.icon for codes in BADGES.values() for badge in codes.values()} <= known


def test_static_error_pages_need_nothing() -> None:
    for name in ("500.html", "503.html"):
        html = engines["django"].get_template(name).render({})
        assert "<link" not in html
        assert "<script" not in html
        assert "{%" not in (ROOT / "templates" / name).read_text(encoding="utf-8")


def test_the_policy_lets_through_the_style_of_the_static_error_pages_only() -> None:
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["style-src"]
    for name in ("500.html", "503.html"):
        style = re.search(
            r"<style>(.*?)</style>", (ROOT / "templates" / name).read_text(encoding="utf-8"), re.S
        )
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert allowed == ["'self'", f"'sha256-{digest}'"]
