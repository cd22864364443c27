"""What a reader meets in each language: addresses, titles, navigation, search, and nothing from other hosts."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html
from tests.conftest import LANGUAGES, answer_of, language_of, pages_of
from tests.site.projects import page, text_of, translations

from klartekst.phrases import phrases

ADDRESS = "https://privatliv.lindeby.example/"
ROOTS = {"da": "", "nb": "nb/", "en": "en/"}
SECTIONS = {"da": "Dine oplysninger", "nb": "Opplysningene dine", "en": "Your data"}
CLOSED = ("audiences", "agreements", "guidance", "checklists", "topics", "how-we-work")
MORE_SECTIONS = {code: {phrases(code)(f"section/{name}") for name in CLOSED} for code in SECTIONS}
ENGINE = {"da": "da", "nb": "no", "en": "en"}


def _real_pages(site: Path) -> list[str]:
    return [address for address in pages_of(site) if not address.endswith("404.html")]


def _path_of(address: str) -> str:
    return address.removeprefix(ROOTS[language_of(address)])


def _index(site: Path, language: str) -> dict[str, list[dict[str, str]]]:
    file = site / ROOTS[language] / "search" / "search_index.json"
    index: dict[str, list[dict[str, str]]] = json.loads(file.read_text(encoding="utf-8"))
    return index


def test_every_page_is_marked_with_its_language(site: Path) -> None:
    """`<html lang>` is the language of the address."""
    assert {address: page(site, address).get("lang") for address in pages_of(site)} == {
        address: language_of(address) for address in pages_of(site)
    }


def test_switcher_leads_to_the_same_page(site: Path) -> None:
    """From each page the switcher leads to that page in each language, by an address relative to it."""
    for address in _real_pages(site):
        links = page(site, address).xpath("//a[@hreflang]")
        found = {link.get("hreflang"): urljoin(ADDRESS + address, link.get("href")) for link in links}
        assert found == {code: ADDRESS + root + _path_of(address) for code, root in ROOTS.items()}, address
        assert not [link for link in links if link.get("href").startswith(("/", "http"))]


def test_hreflang_and_sitemap_name_the_same_translations(site: Path) -> None:
    """Each page names each translation and the default one, in its head and in the sitemap."""
    sitemap = html.fromstring((site / "sitemap.xml").read_bytes())
    entries = {entry.findtext("loc"): entry for entry in sitemap.iter("url")}
    assert set(entries) == {ADDRESS + address for address in _real_pages(site)}
    for address in _real_pages(site):
        expected = {code: ADDRESS + root + _path_of(address) for code, root in ROOTS.items()}
        assert translations(site, address) == {**expected, "x-default": expected["da"]}
        listed = [element for element in entries[ADDRESS + address].iter() if element.get("hreflang")]
        assert {element.get("hreflang"): element.get("href") for element in listed} == expected


def test_canonical_address_is_the_pages_own(site: Path) -> None:
    """A search engine is told the page's own address, never that of another language."""
    for address in _real_pages(site):
        assert page(site, address).xpath("//link[@rel='canonical']/@href") == [ADDRESS + address]


def test_titles_and_descriptions_are_distinct(site: Path) -> None:
    """No two pages of one language have one title or one description, and none lacks them.

    Danish and Norwegian may say the same in the same words.
    """
    titles = [(language_of(address), text_of(page(site, address).find(".//title"))) for address in pages_of(site)]
    described = {
        address: page(site, address).xpath("//meta[@name='description']/@content") for address in _real_pages(site)
    }
    assert len(set(titles)) == len(titles)
    assert all(len(texts) == 1 and texts[0] for texts in described.values())
    assert len({(language_of(address), *texts) for address, texts in described.items()}) == len(described)


@pytest.mark.parametrize("language", LANGUAGES)
def test_navigation_speaks_the_language(site: Path, language: str) -> None:
    """The sections and pages of the navigation bear the titles that those have in the language, and lead to it."""
    root = ROOTS[language]
    navigation = page(site, f"{root}privacy/").xpath("//nav[contains(@class, 'md-nav--primary')]")[0]
    labels = {text_of(label) for label in navigation.iter("label")}
    assert SECTIONS[language] in labels
    assert not labels & {title for code, title in SECTIONS.items() if code != language}
    inner = [link for link in navigation.xpath(".//a[@href]") if not link.get("href").startswith("#")]
    for link in inner:
        target = urljoin(f"/{root}privacy/", link.get("href")).lstrip("/")
        assert language_of(target) == language
        if "md-nav__link" not in link.get("class", ""):
            continue
        title = text_of(page(site, target).find(".//h1")).removesuffix("¶").strip()
        if "md-nav__item--pruned" in link.getparent().get("class", ""):
            assert text_of(link) in MORE_SECTIONS[language]  # a closed section leads to its first page
        else:
            assert title.endswith(text_of(link)[1:])  # a page for one group of people is called by the group alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_index_holds_all_of_one_language(site: Path, language: str) -> None:
    """Each section of each page of the language is found at an address below its root, and nothing else is.

    An answer is found once, where its topic is, and not again on the sheet of its own.
    """
    docs = _index(site, language)["docs"]
    expected = set()
    for address in _real_pages(site):
        if language_of(address) == language and not answer_of(address):
            content = page(site, address).xpath("//article")[0]
            anchors = {title.get("id") for title in content.xpath(".//*[self::h2 or self::h3][@id]")}
            expected |= {_path_of(address), *(f"{_path_of(address)}#{anchor}" for anchor in anchors)}
    assert {doc["location"] for doc in docs} == expected
    assert len(docs) == len(expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_engine_is_told_its_own_code(site: Path, language: str) -> None:
    """The engine knows Norwegian as `no`."""
    file = site / ROOTS[language] / "search" / "search_index.json"
    assert json.loads(file.read_text(encoding="utf-8"))["config"]["lang"] == [ENGINE[language]]


def test_search_looks_below_the_root_of_the_language(site: Path) -> None:
    """The search takes its index from the root of the language, on nested pages and on the error page, too."""
    for address in pages_of(site):
        config = json.loads(page(site, address).xpath("//script[@id='__config']")[0].text)
        assert config["base"].endswith("/")
        assert urljoin(ADDRESS + address, config["base"]) == ADDRESS + ROOTS[language_of(address)], address


def test_there_is_one_error_page_in_all_languages(site: Path) -> None:
    """Hosts serve one 404.html for every address, so it speaks each language and leads to each front page."""
    assert [file.relative_to(site).as_posix() for file in site.rglob("404.html")] == ["404.html"]
    sections = page(site, "404.html").xpath("//section[@lang]")
    assert [section.get("lang") for section in sections] == list(LANGUAGES)
    assert [urljoin(ADDRESS, section.find(".//a").get("href")) for section in sections] == [
        ADDRESS + root for root in ROOTS.values()
    ]


# -- nothing is fetched from elsewhere --------------------------------------------------------------------------------

_ABSOLUTE = re.compile(r"(?:https?:)?//[^\s\"'()<>]+")
_FETCHED_BY_STYLES = re.compile(
    r"(?:url\(|@import|image-set\(|href=)\s*[\"']?\s*((?:https?:)?//[^\s\"')]+)", re.IGNORECASE
)


def _fetched(document: html.HtmlElement) -> list[str]:
    """Return each address that a browser fetches by itself: everything but where a plain link or a name points."""
    named = {"canonical", "alternate"}
    found = [
        str(link)
        for element, attribute, link, _ in document.iterlinks()
        if not (element.tag == "a" and attribute == "href")
        and not (element.tag == "link" and element.get("rel", "").strip() in named)
    ]
    return found + [value for element in document.iter() for value in _hidden(element)]


def _hidden(element: html.HtmlElement) -> list[str]:
    """Return addresses where lxml looks for none: styles, several sources, redirections, icons."""
    if not isinstance(element.tag, str):
        return []
    texts = [element.get(name, "") for name in ("style", "srcset", "imagesrcset", "poster", "ping", "xlink:href")]
    texts += [element.text or ""] if element.tag == "style" else []
    texts += [element.get("content", "")] if element.get("http-equiv") else []
    return [address for text in texts for address in _ABSOLUTE.findall(text)]


def test_no_page_fetches_from_another_host(site: Path) -> None:
    """Scripts, styles, pictures, fonts, frames and hints come from the site itself; other hosts are links only."""
    for address in pages_of(site):
        foreign = [link for link in _fetched(page(site, address)) if _ABSOLUTE.match(link)]
        assert foreign == [], address


def test_no_style_fetches_from_another_host(site: Path) -> None:
    """No style sheet or picture names another host."""
    for file in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        assert _FETCHED_BY_STYLES.findall(file.read_text(encoding="utf-8")) == [], file


def test_no_page_hints_at_another_host(site: Path) -> None:
    """No page asks the browser to connect ahead of time."""
    hints = {"preconnect", "dns-prefetch", "prefetch", "preload", "prerender", "modulepreload"}
    for address in pages_of(site):
        assert not hints & {link.get("rel") for link in page(site, address).iter("link")}
