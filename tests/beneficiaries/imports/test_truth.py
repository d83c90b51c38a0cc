"""Generated lists of the 18 communes of Phú Tân: what was planted is found, and nothing else."""

import os
from pathlib import Path

import pytest

from tests.beneficiaries.imports.truth import compare_lists, generate

# TRUTH_ROWS=400 for a long look; the generator alone takes minutes then
ROWS = int(os.environ.get("TRUTH_ROWS", "25"))


@pytest.mark.parametrize("layout", ["L1", "L2", "L3"])
@pytest.mark.parametrize(("programme", "seed"), [("LDTD", 11), ("VESO", 12)])
def test_lists_of_a_district(tmp_path: Path, layout: str, programme: str, seed: int) -> None:
    truths = generate(tmp_path, layout=layout, seed=seed, rows=ROWS, programme=programme)
    result = compare_lists(tmp_path, truths)
    assert result.rows == 18 * ROWS
    assert result.share >= 0.99, "\n".join(result.differences[:40])
    assert not [text for text in result.differences if " row " not in text], "\n".join(
        result.differences[:40]
    )
