from datetime import date
from pathlib import Path

import pytest

TODAY = date(2026, 11, 21)

INVENTORY = """
virksomhed:
  moms: {title: Moms, kind: answer, covers: "VAT", not: "income tax -> skat"}
  skat: {title: Skat, kind: answer}
"""
FACTS = """
moms_graense:
  label: Grænse
  value: 50000
  unit: kr.
  valid_from: 2025-01-01
  valid_to: 2026-12-31
  where: skat.dk
  source: {title: Skatteministeriet, url: "https://skm.dk", checked: 2026-11-20}
"""
MOMS = """title: Moms
answer: |
  Du skal registreres for moms, når du sælger for mere end {moms_graense}.
examples:
EXAMPLES
follow_ups: [skat]
sources:
  - {title: Skatteministeriet, url: "https://skm.dk", checked: 2026-11-20}
"""


def examples(word: str, count: int = 25) -> str:
    return "\n".join(f"  - {word} nummer {number}" for number in range(count))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small, faultless content folder to break."""
    folder = tmp_path / "topics" / "virksomhed"
    folder.mkdir(parents=True)
    (tmp_path / "topics.yml").write_text(INVENTORY, encoding="utf-8")
    (tmp_path / "facts.yml").write_text(FACTS, encoding="utf-8")
    moms = MOMS.replace("EXAMPLES", examples("moms"))
    (folder / "moms.yml").write_text(moms, encoding="utf-8")
    skat = moms.replace("nummer", "skat").replace("[skat]", "[moms]").replace("title: Moms", "title: Skat")
    (folder / "skat.yml").write_text(skat, encoding="utf-8")
    return tmp_path
