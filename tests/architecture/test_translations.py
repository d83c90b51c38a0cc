"""The English catalogue is complete: after a change of texts, `make messages` and write the English of what it names."""

import re
from pathlib import Path

import polib
import pytest

from ops.messages import CATALOGUE, collect_texts, texts_of_python, texts_of_template

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_text_has_its_english(catalogue: polib.POFile) -> None:
    written = {(entry.msgid, entry.msgid_plural) for entry in catalogue if entry.translated()}
    assert sorted(set(collect_texts()) - written) == []


def test_english_keeps_the_placeholders(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        for english in [entry.msgstr, *entry.msgstr_plural.values()]:
            if english:
                assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(entry.msgid)), (
                    entry.msgid
                )


def test_the_compiled_catalogue_is_the_written_one(catalogue: polib.POFile, tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    catalogue.save_as_mofile(str(compiled))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.read_bytes()


def test_texts_are_found_in_python_and_in_templates() -> None:
    python = """
from django.utils.translation import gettext_lazy as lazy
lazy("Huyện")
_("Hồ sơ")
ngettext("%(n)d dòng", "%(n)d dòng", n)
models.TextField(_("Lý do"))
_(name)
"""
    assert list(texts_of_python(python)) == [
        ("Huyện", ""),
        ("Hồ sơ", ""),
        ("%(n)d dòng", "%(n)d dòng"),
        ("Lý do", ""),
    ]
    template = '{% translate "Tìm (tên)" %}{% x _("Lọc") %}{% blocktranslate with n=a %}Chọn {{ n }}{% endblocktranslate %}'
    assert set(texts_of_template(template)) == {("Tìm (tên)", ""), ("Lọc", ""), ("Chọn %(n)s", "")}
