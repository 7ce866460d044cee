from datetime import date
from pathlib import Path

import pytest

TODAY = date(2026, 11, 21)

INVENTORY = """
virksomhed:
  moms: {title: Moms, kind: answer, covers: "VAT", not: "income tax -> skat"}
  skat: {title: Skat, kind: answer}
sikkerhed:
  vold: {title: Vold, kind: safety}
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
VOLD = """title: Vold
answer: |
  Ring 112, hvis du er i fare.
now: |
  Ring 112 nu.
before: |
  Ring 112, hvis det sker igen.
phrases: [han slår mig, han * truer]
examples:
EXAMPLES
follow_ups: [skat]
sources:
  - {title: Politiet, url: "https://politi.dk", checked: 2026-11-20}
"""
GUIDE = """title: Skal jeg betale moms?
start: Svar på korte spørgsmål
questions:
  alder:
    text: Er du fyldt 18 år?
    choices: {ja: "Ja", nej: "Nej"}
  salg:
    text: Hvor meget sælger du for om måneden?
    unit: kr.
    ask_when: {alder: [ja]}
outcomes:
  - when: {alder: [nej]}
    say: Det her er for voksne.
    topics: [vold]
    end: true
  - say: |
      Du sælger for {salg}, altså {omsaetning_aar}.

      Grænsen er {moms_graense}.
    topics: [moms, skat]
    services: {ids: [reden], needs: [jura]}
sources:
  - {title: Skatteministeriet, url: "https://skm.dk", checked: 2026-11-20}
"""
LANGUAGES = """
en:
  name: Engelsk
  danger: If you are in danger, call 112.
  lines: Hello.
  examples: [EXAMPLES]
pl:
  name: Polsk
  examples: [POLISH]
"""


def examples(word: str, count: int = 60) -> str:
    return "\n".join(f"  - {word} nummer {number}" for number in range(count))


def listed(words: str, count: int = 20) -> str:
    return ", ".join(f"{words} {number}" for number in range(count))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small, faultless content folder to break."""
    return small_content(tmp_path)


def small_content(folder: Path) -> Path:
    """`folder`, with three topics, one of them for danger, a guide, a figure and two languages in it."""
    moms = MOMS.replace("EXAMPLES", examples("moms"))
    files = {
        "topics.yml": INVENTORY,
        "facts.yml": FACTS,
        "languages.yml": LANGUAGES.replace("EXAMPLES", listed("hello")).replace("POLISH", listed("dzień dobry")),
        "topics/virksomhed/moms.yml": moms,
        "topics/virksomhed/skat.yml": moms.replace("nummer", "skat").replace("[skat]", "[moms]").replace("title: Moms", "title: Skat"),
        "topics/sikkerhed/vold.yml": VOLD.replace("EXAMPLES", examples("vold")),
        "guides/moms.yml": GUIDE,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def changed(data: Path, file: str, old: str, new: str) -> Path:
    """`data`, with `new` in the place of `old` in one file."""
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return data
