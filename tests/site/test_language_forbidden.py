"""No language borrows its neighbour's terms: the forms that the table of terms forbids stand nowhere."""

import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LANGUAGES, ROOT, mkdocs
from tests.site.spoken import Saying, sayings_of_page, sayings_of_site

from klartekst.law import templates
from klartekst.load import load, packaged
from klartekst.model import COLLECTIONS, Register, translations
from klartekst.phrases import phrases

BJORNSON = ROOT / "tests" / "cases" / "bjornson"


def official_headings(language: str) -> Iterator[str]:
    """Yield the headings of the items of all templates, as published in a language."""
    for template in templates().values():
        yield from (item.title[language] for _, item in template.items if item.title)


EXCEPTIONS = {
    "health-law": re.compile(r"\b(?:helse|sundheds)\w*lov", re.IGNORECASE),
    "official-heading": re.compile("|".join(re.escape(title) for title in official_headings("en"))),
}
"""Which texts an exception of the table is about: those that name the law of health in the same paragraph, and headings
of annexes as an authority published them."""


@cache
def table() -> dict[str, Any]:
    """Return the table of terms."""
    return dict(packaged("klartekst.phrases", "terms.yml"))


@cache
def forbidden(language: str) -> re.Pattern[str]:
    """Return a pattern for every form forbidden in a language: whole words, and a hyphen belongs to its word."""
    forms = sorted(table()["forbidden"][language], key=len, reverse=True)
    spaced = (r"\s+".join(map(re.escape, form.split())) for form in forms)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spaced)})(?![\w-])", re.IGNORECASE)


def found(sayings: Iterable[Saying]) -> set[str]:
    """Return each forbidden form in some sayings, with its place and what to write instead."""
    return {
        f"{saying.where}: {form} ({saying.language}: {_instead(saying.language, form)})"
        for saying in sayings
        for form in forbidden(saying.language).findall(saying.text)
        if not _is_excepted(saying, form)
    }


def _instead(language: str, form: str) -> str:
    return str(_entry(language, form)["use"])


def _is_excepted(saying: Saying, form: str) -> bool:
    exception = _entry(saying.language, form).get("except")
    return exception is not None and EXCEPTIONS[exception].search(saying.text) is not None


def _entry(language: str, form: str) -> dict[str, str]:
    return dict(table()["forbidden"][language][" ".join(form.lower().split())])


def sayings_of_register(register: Register) -> Iterator[Saying]:
    """Yield the words of the facts, those that no page shows included."""
    things: list[Any] = [register.organisation]
    for collection in COLLECTIONS:
        things += getattr(register, collection).values()
    for thing in things:
        for path, words in translations(thing):
            for language in words.languages:
                yield Saying(language, words[language], f"{getattr(thing, 'id', '')} {path}")


@pytest.fixture(scope="module")
def bjornson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of Bjørnson, built strictly."""
    folder = tmp_path_factory.mktemp("sites") / "bjornson"
    shutil.copytree(BJORNSON, folder, ignore=shutil.ignore_patterns("site"))
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder / "site"


def test_no_page_of_the_demonstration_has_a_forbidden_form(site: Path) -> None:
    """Each page, search and script of the demonstration site keeps to its language."""
    assert found(sayings_of_site(site)) == set()


def test_no_page_of_bjornson_has_a_forbidden_form(bjornson: Path) -> None:
    """Each page, search and script of a Norwegian site of its own keeps to Norwegian."""
    sayings = list(sayings_of_site(bjornson))
    assert {saying.language for saying in sayings} == {"nb"}
    assert found(sayings) == set()


@pytest.mark.parametrize("data", [ROOT / "data", BJORNSON / "data"], ids=["demonstration", "bjornson"])
def test_no_fact_has_a_forbidden_form(data: Path) -> None:
    """Each word of the facts keeps to its language."""
    register = load(data).register
    assert register is not None
    assert found(sayings_of_register(register)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_has_a_forbidden_form(language: str) -> None:
    """Each phrase of the product keeps to its language, those included that no site here needs."""
    assert found(Saying(language, text, key) for key, text in phrases(language).texts.items()) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_of_the_table_is_forbidden(language: str) -> None:
    """What the table says to write is not what it forbids."""
    terms = [Saying(language, words[language], id) for id, words in table()["terms"].items()]
    instead = [Saying(language, form["use"], name) for name, form in table()["forbidden"][language].items()]
    assert found([*terms, *instead]) == set()


def test_exception_holds_only_where_it_is_about() -> None:
    """The controller of a patient record has another name in the law of health, and nowhere else."""
    about = Saying("nb", "Helselovgivningen kaller det dataansvarlig.", "page")
    assert not found([about])
    assert found([Saying("nb", "Vi er dataansvarlig.", "page"), about])
    assert found([Saying("nb", "Helselovgivningen krever et retsgrundlag.", "page")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_forbidden_form_is_found(site: Path, language: str) -> None:
    """Each form of the table, put into a real page in any case, is found; inside a longer word it is not."""
    page = (site / ("" if language == "da" else language) / "index.html").read_text("utf-8")
    forms = list(table()["forbidden"][language])
    written = [f"<p>{form}</p><p>«{form.capitalize()}»</p>" for form in forms]
    assert {line.split(": ")[1].split(" (")[0].lower() for line in found(_injected(page, *written))} == set(forms)
    longer = (f"<p>x-{form}</p><p>{form}-x</p><p>{form}xyz</p>" for form in forms if " " not in form)
    assert not found(_injected(page, *longer))


def test_forbidden_form_in_a_part_of_another_language_is_right_there(site: Path) -> None:
    """A Danish term in a part marked as Danish stands rightly on a Norwegian page, and wrongly without the mark."""
    page = (site / "nb" / "privacy" / "index.html").read_text("utf-8")
    assert found(_injected(page, "den <b>dataansvarlige</b>"))
    assert not found(_injected(page, "den <b lang='da'>dataansvarlige</b>"))
    assert found(_injected(page, "den <b lang='da'>behandlingsansvarlige</b>"))


def _injected(page: str, *html: str) -> list[Saying]:
    """Return what a page says with some HTML put into it."""
    changed = page.replace("</article>", f"<div>{''.join(html)}</div></article>")
    assert changed != page
    return list(sayings_of_page(changed, "page"))
