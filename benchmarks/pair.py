"""One large site twice: made by Klartekst, and by MkDocs alone from the same finished Markdown."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klartekst.adapters.mkdocs.source import with_front_matter
from klartekst.documents import Expansion, HandWritten, compose
from klartekst.load import load
from klartekst.model import Place, Register

ROOT = Path(__file__).parent.parent
LANGUAGES = ("da", "nb", "en")
DEFAULT_PAGES = 3
SECTION = 25
"""So many pages stand in one folder."""

# What Klartekst sets is stated, so that both sites have it; only the plugin is in the one and not in the other.
_CONFIGURATION = """\
site_name: Lindeby
site_url: https://privatliv.lindeby.example/
docs_dir: content
theme:
  name: material
  custom_dir: overrides
  font: false
  icon:
    logo: lindeby
  palette:
    scheme: default
    primary: custom
    accent: custom
  features: [navigation.prune]
extra:
  generator: false
extra_css: [assets/klartekst.css]
markdown_extensions: [attr_list, def_list, md_in_html, tables]
plugins:
  - search
{plugin}  - i18n:
      docs_structure: suffix
      fallback_to_default: false
      reconfigure_search: false
      languages:
        - {{locale: da, name: Dansk, default: true}}
        - {{locale: nb, name: Norsk bokmål}}
        - {{locale: en, name: English}}
"""
# Words of the benchmark: nobody reads them, so they are one text in all languages.
_PAGE = """\
---
title: Page {number}
description: What we do with personal data in the activity {activity}.
{front}---

# Page {number}

This page was written by hand, and says first what its author wants to say about *{activity}*.

## How long we keep it

<!-- klartekst:retention subject={subject} -->

## What we do

<!-- klartekst:activities activity={activity} -->

## Who helps us

<!-- klartekst:processors activity={activity} -->

<!-- klartekst:rights -->
"""


@dataclass(frozen=True)
class Pair:
    """Two projects that make the same articles."""

    pages: int
    ours: Path
    bare: Path


def make_pair(folder: Path, pages: int) -> Pair:
    """Write two projects of so many pages in all languages together, the default ones included."""
    ours, bare = folder / f"{pages}-ours", folder / f"{pages}-bare"
    for project, plugin in ((ours, "  - klartekst\n"), (bare, "")):
        shutil.copytree(ROOT / "overrides", project / "overrides")
        (project / "mkdocs.yml").write_text(_CONFIGURATION.format(plugin=plugin), encoding="utf-8")
    shutil.copytree(ROOT / "data", ours / "data")
    written = _write_pages(ours, pages)
    _write_finished(ours, bare, written)
    return Pair(pages, ours, bare)


def _write_pages(project: Path, pages: int) -> list[HandWritten]:
    """Write each page in each language; what is left over is written in the first language only, and says so."""
    register = load(project / "data").register
    assert register is not None
    per_language, left_over = divmod(pages, len(LANGUAGES))
    written = []
    for number in range(per_language - DEFAULT_PAGES):
        for language in LANGUAGES:
            written.append(_write_page(project, register, number, language))
    for number in range(per_language, per_language + left_over):
        written.append(_write_page(project, register, number, LANGUAGES[0], f"languages: [{LANGUAGES[0]}]\n"))
    return written


def _write_page(project: Path, register: Register, number: int, language: str, front: str = "") -> HandWritten:
    """Write one page, on the activity and the group of people whose turn it is."""
    section, place = divmod(number, SECTION)
    path = f"section-{section}/page-{number}" if place else f"section-{section}"
    source = f"{path}.{language}.md" if place else f"{path}/index.{language}.md"
    activities, subjects = list(register.activities), list(register.subjects)
    activity, subject = activities[number % len(activities)], subjects[number // len(activities) % len(subjects)]
    file = project / "content" / source
    file.parent.mkdir(parents=True, exist_ok=True)
    text = _PAGE.format(number=number, activity=activity, subject=subject, front=front)
    file.write_text(text, encoding="utf-8")
    return HandWritten(language, path, source, file, f"content/{source}")


def _write_finished(ours: Path, bare: Path, written: list[HandWritten]) -> None:
    """Write the Markdown that Klartekst gives to MkDocs, as if somebody had written it all."""
    composition = compose(ours / "data", "data", LANGUAGES, written, Place("mkdocs.yml"))
    assert composition.register is not None, "\n".join(map(str, composition.findings))
    for (language, path), document in composition.documents.items():
        _write(bare / "content" / f"{path}.{language}.md", with_front_matter(document))
    expansion = Expansion(composition.register, written)
    for page in written:
        _write(bare / "content" / page.source, expansion(page.text(), page))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def check_same(pair: Pair) -> None:
    """Make sure that the comparison is honest.

    Raises:
        SystemExit: the two built sites do not have the same pages with the same articles, or not as many as promised.
    """
    ours, bare = dict(_articles(pair.ours / "site")), dict(_articles(pair.bare / "site"))
    different = sorted(page for page in ours.keys() | bare.keys() if ours.get(page) != bare.get(page))
    if different:
        raise SystemExit(f"The two sites of {pair.pages} pages are not the same: {', '.join(different[:5])} ...")
    if len(ours) != pair.pages:
        raise SystemExit(f"The sites have {len(ours)} pages and not {pair.pages}.")


def _articles(site: Path) -> Iterator[tuple[str, str]]:
    """Yield each page and what stands on it, without what is around it."""
    for file in site.rglob("*.html"):
        if file.name != "404.html":
            found = re.search(r"<article\b.*</article>", file.read_text("utf-8"), re.DOTALL)
            yield file.relative_to(site).as_posix(), found[0] if found else ""
