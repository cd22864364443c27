"""A contract as agreements read: a table over several pages, a box, terms, and a form to sign."""

import datetime as dt
import functools
import re
import shutil
import subprocess
from pathlib import Path

from lxml import html
from tests.conftest import ROOT

from klartekst.documents import Document, examine_all, outlines_of
from klartekst.export import FileFacts, exported, file_facts, page_html
from klartekst.model import Register
from klartekst.phrases import phrases

ROWS = 60
_TASK = "Driver kalenderen og sender påmindelser på sms. Oplysningerne ligger i Danmark og Irland."
_TABLE = '<div class="kt-table" role="region" tabindex="0" aria-label="{name}" markdown>\n\n{rows}\n\n</div>'


def _table(name: str, *rows: tuple[str, ...]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return _TABLE.format(name=name, rows="\n".join(lines))


_PARTIES = _table(
    "Parter",
    ("Rolle", "Part", "Nummer", "Sted"),
    ("Dataansvarlig", "Elmebakken Skole", "CVR-nr. 12345674", "Skolevej 1, 8000 Aarhus C"),
    ("Databehandler", "Lindeby Samtaler ApS", "CVR-nr. 87654321", "Eksempelvej 12, 8000 Aarhus C"),
)
_HELPERS = _table(
    "B.1",
    ("Navn", "Registreringsnummer", "Adresse", "Opgave"),
    *((f"Firma {row:02} ApS", f"CVR-nr. 1234{row:04}", f"Eksempelvej {row}", _TASK) for row in range(ROWS)),
)
_SIGNATURES = _table(
    "Underskrifter",
    ("", "Dataansvarlig", "Databehandler"),
    ("Organisation", "Elmebakken Skole", "Lindeby Samtaler ApS"),
    ("Navn", "", ""),
    ("Dato", "", ""),
    ("Underskrift", "", ""),
)
_BODY = f"""
<div class="kt-note" markdown>

Bilagene hører til parternes aftale.

- De er ikke selv en aftale.

</div>

## Parterne {{: #parties }}

{_PARTIES}

## Bilag A: Oplysninger om behandlingen {{: #a }}

### A.1 Formål {{: #a-1 }}

At hjælpe elever, der vil tale med nogen. Se [bilag B.1](#b-1) og [loven](<https://www.retsinformation.dk/eli/lta/2022/700>).

<div class="kt-facts" markdown>

Adgangskontrol
:   - Kun rådgivere kan se oplysningerne.
    - Adgange gennemgås hvert kvartal.

Kryptering
:   Ikke relevant.

</div>

<details class="kt-more" markdown="block">
<summary>Alle detaljer</summary>

Det, der er skjult på siden, står på papiret.

</details>

## Bilag B: Underdatabehandlere {{: #b .kt-annex }}

### B.1 Godkendte underdatabehandlere {{: #b-1 }}

{_HELPERS}

### B.2 Varsel {{: #b-2 }}

Skriv til [post@lindeby.example](<mailto:post@lindeby.example>) eller ring på [70 00 00 00](<tel:+4570000000>).

## Underskrifter {{: #signatures }}

Aftalen gælder, når begge parter har skrevet under.

{_SIGNATURES}
"""
CONTRACT = Document("agreement-x", "agreements/x", "da", "Aftale med Elmebakken Skole", "En aftale.", _BODY)
FACTS = FileFacts(phrases("da"), "Lindeby Samtaler ApS", dt.date(2026, 11, 22), "2.1")
HEADINGS = [
    (1, "Aftale med Elmebakken Skole"),
    (2, "Parterne"),
    (2, "Bilag A: Oplysninger om behandlingen"),
    (3, "A.1 Formål"),
    (2, "Bilag B: Underdatabehandlere"),
    (3, "B.1 Godkendte underdatabehandlere"),
    (3, "B.2 Varsel"),
    (2, "Underskrifter"),
]


@functools.cache
def demonstration() -> Register:
    """Return what is public of the demonstration facts."""
    register = examine_all(ROOT / "data").register
    assert register
    return register.published()


@functools.cache
def statement(language: str) -> tuple[str, FileFacts]:
    """Return the HTML of the demonstration's statement, and the facts about its file."""
    register = demonstration()
    document = exported(register, "statement", language)
    return page_html(document), file_facts(register, outlines_of(register)["statement"], language)


def blocks_of(page: str) -> list[str]:
    """Return the texts of a page in their order, one for each heading, paragraph, item, term and cell."""
    root = html.fragment_fromstring(page, create_parent="div")
    texts = []
    for element in root.iter("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "td", "th", "summary"):
        inside = {"p", "ul", "ol", "dl"} & {child.tag for child in element}
        texts.append("" if inside else " ".join(str(element.text_content()).split()))
    return [text for text in texts if text]


def read(pdf: Path) -> str:
    """Return the text of a PDF in the order in which a machine reads it."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def without_footers(text: str, date: str) -> str:
    """Return the text of a PDF without what stands at the foot of its sheets; `date` is the one that stands there."""
    numbered = re.compile(r".*(?:Side|Page) \d+ (?:af|av|of) \d+")
    lines = text.replace("\f", "\n").split("\n")
    return "\n".join(line for line in lines if not numbered.fullmatch(line) and not line.endswith(f"· {date}"))


def in_office(files: list[Path], folder: Path) -> list[Path]:
    """Let LibreOffice, with a profile of its own, make PDFs of Word files."""
    office = shutil.which("soffice")
    assert office, "no LibreOffice: sh tests/system-parts.sh installs it"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return [folder / f"{file.stem}.pdf" for file in files]
