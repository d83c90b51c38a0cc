"""Make static/pdf/fonts/Tinos-*.ttf once from the unpacked npm package @fontsource/tinos: one file per style.

    npm pack @fontsource/tinos && tar xf fontsource-tinos-*.tgz && python tools/merge_pdf_fonts.py package/files

The package ships each style in unicode-range subsets; the PDF renderer confuses several files of one style, so they are merged.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

STYLES: Final = {
    "400-normal": "Regular",
    "700-normal": "Bold",
    "400-italic": "Italic",
    "700-italic": "BoldItalic",
}
SUBSETS: Final = ("latin", "latin-ext", "vietnamese")
TARGET: Final = Path(__file__).resolve().parent.parent / "static" / "pdf" / "fonts"


def merge_style(files: Path, style: str, name: str) -> Path:
    """Merge the subsets of one style; the result bears the date of its source, so that it comes out the same again."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in SUBSETS:
            font = TTFont(files / f"tinos-{subset}-{style}.woff2")
            font.flavor = None
            parts.append(f"{folder}/{subset}.ttf")
            font.save(parts[-1])
        merged = Merger(options=Options(drop_tables=["gasp", "DSIG"])).merge(parts)
        merged["head"].created = merged["head"].modified = TTFont(parts[0])["head"].created
        merged.recalcTimestamp = False
        target = TARGET / f"Tinos-{name}.ttf"
        merged.save(target)
    return target


if __name__ == "__main__":
    for style, name in STYLES.items():
        merge_style(Path(sys.argv[1]), style, name)
