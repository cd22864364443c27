"""Pages that somebody wrote, in each spelling, in the place of default ones and beside them."""

from pathlib import Path

import pytest
from lxml import html
from tests.site.projects import built, configuration, heading, make_project, page, text_of, translations

BLOCKS = """
<!-- klartekst:identity -->

<!-- klartekst:activities -->

<!-- klartekst:acting -->

<!-- klartekst:automated -->

<!-- klartekst:rights -->

<!-- klartekst:objection -->

<!-- klartekst:complaint -->

```html
<!-- klartekst:measures -->
```

~~~~
~~~
<!-- klartekst:no-such-block -->
~~~~
"""
STRICT_LINKS = """
validation:
  links:
    absolute_links: warn
    unrecognized_links: warn
    anchors: warn
markdown_extensions:
  - admonition
"""
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"

# (structure, file, address, its heading): each spelling of a page that takes the place of a default one.
SPELLINGS = [
    ("suffix", "README.md", "", "Velkommen"),
    ("suffix", "index.en.md", "en/", "Welcome"),
    ("suffix", "README.nb.md", "nb/", "Velkommen hit"),
    ("suffix", "privacy.da.md", "privacy/", "Håndskrevet om dine data"),
    ("suffix", "privacy/index.nb.md", "nb/privacy/", "Håndskrevet om opplysningene"),
    ("suffix", "processors.md", "processors/", "Håndskrevet om databehandlere"),
    ("folder", "da/README.md", "", "Velkommen"),
    ("folder", "en/index.md", "en/", "Welcome"),
    ("folder", "privacy.md", "privacy/", "Håndskrevet om dine data"),
    ("folder", "nb/privacy/index.md", "nb/privacy/", "Håndskrevet om opplysningene"),
    ("folder", "da/processors/README.md", "processors/", "Håndskrevet om databehandlere"),
]

# (structure, address, the heading of the default page that nobody wrote)
KEPT = [
    ("suffix", "en/privacy/", "Privacy notice"),
    ("suffix", "en/processors/", "Processors and other recipients"),
    ("folder", "en/privacy/", "Privacy notice"),
    ("folder", "en/processors/", "Processors and other recipients"),
    ("folder", "nb/", "Personvern hos Lindeby"),
]


def _guides(structure: str) -> dict[str, str | bytes]:
    """A folder of guides in each language, which link to a document and show a picture and blocks."""
    titles = {"da": ("Vejledninger", "Frister"), "nb": ("Veiledninger", "Sletting"), "en": ("Guides", "Periods")}
    files: dict[str, str | bytes] = {}
    for language, (index, periods) in titles.items():
        body = (
            f"# {periods}\n\n![](PICTURE)\n\n[x](LINK)\n\n<!-- klartekst:retention subject=clients -->\n\n"
            '<!-- klartekst:processors activity="payment" -->\n'
        )
        if structure == "suffix":
            picture, link = "../assets/seal.svg", "../privacy/index.md" if language == "nb" else "../privacy.md"
            names = f"guides/index.{language}.md", f"guides/periods.{language}.md"
        else:
            picture, link = "../../assets/seal.svg", "../privacy/index.md" if language == "nb" else "../privacy.md"
            names = f"{language}/guides/index.md", f"{language}/guides/periods.md"
        box = "!!! tip\n    The host's own title is English.\n" if language == "en" else ""
        files[names[0]] = f"# {index}\n\n## Mere\n\n{box}"
        files[names[1]] = body.replace("PICTURE", picture).replace("LINK", link)
    return files


def _content(structure: str) -> dict[str, str | bytes]:
    written: dict[str, str | bytes] = {
        file: f"# {title}\n{BLOCKS}" for kind, file, _, title in SPELLINGS if kind == structure
    }
    alone = "only.da.md" if structure == "suffix" else "da/only.md"
    front = "---\nlanguages: [da]\ntitle: Kun på dansk\n---\n\n"
    written[alone] = f'{front}# Kun på dansk\n\n!!! note "Husk"\n    Kun her.\n'
    return {**written, **_guides(structure), "assets/seal.svg": PICTURE}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A site in each structure, built strictly with warnings for each link that leads nowhere."""
    return {
        structure: built(
            make_project(
                tmp_path_factory.mktemp(structure) / "site",
                configuration(structure, more=STRICT_LINKS),
                _content(structure),
            )
        )
        for structure in ("suffix", "folder")
    }


@pytest.mark.parametrize(("structure", "file", "address", "title"), SPELLINGS)
def test_written_page_takes_the_place_of_the_default_one(
    sites: dict[str, Path], structure: str, file: str, address: str, title: str
) -> None:
    """In each spelling the page stands at the address of the default one, with the blocks it places."""
    assert heading(sites[structure], address) == title
    written = page(sites[structure], address)
    assert written.xpath("//*[@id='activity-booking']")
    assert written.xpath("//*[@id='right-access']")


@pytest.mark.parametrize(("structure", "address", "title"), KEPT)
def test_other_languages_keep_their_default_page(
    sites: dict[str, Path], structure: str, address: str, title: str
) -> None:
    """A page written in one language leaves those of the other languages alone."""
    assert heading(sites[structure], address) == title


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_directives_inside_fenced_code_stay(sites: dict[str, Path], structure: str) -> None:
    """What is shown as code is not carried out."""
    written = page(sites[structure], "privacy/")
    shown = " ".join(text_of(code) for code in written.iter("code"))
    assert "klartekst:measures" in shown
    assert "klartekst:no-such-block" in shown
    assert not written.xpath("//*[@id='measures']")


@pytest.mark.parametrize("structure", ["suffix", "folder"])
@pytest.mark.parametrize(
    ("address", "there", "elsewhere"),
    [
        ("guides/periods/", "Psykologens journal", "Beviset for dit samtykke"),
        ("en/guides/periods/", "The psychologist's record", "The proof of your consent"),
    ],
)
def test_parameters_choose_what_a_block_shows(
    sites: dict[str, Path], structure: str, address: str, there: str, elsewhere: str
) -> None:
    """`subject=` and `activity=` leave out what does not concern them."""
    guide = page(sites[structure], address)
    assert there in text_of(guide)
    assert elsewhere not in text_of(guide)
    parties = {element.get("id") for element in guide.xpath("//h3[starts-with(@id, 'party-')]")}
    known = ("bilagsro", "kalenderhuset", "kortbron", "nordstak", "regnetavlen")
    assert parties == {f"party-{name}" for name in known}


def _broken_links(site: Path) -> list[str]:
    """Return each link, picture, style and script of the pages that leads to no file or no anchor of the site."""
    broken = []
    documents = {file: html.document_fromstring(file.read_bytes()) for file in site.rglob("*.html")}
    for file, document in documents.items():
        if file.name == "404.html":
            continue
        for _, _, link, _ in document.iterlinks():
            target, _, anchor = link.partition("#")
            if not link or ":" in link.split("/")[0]:
                continue
            found = (file.parent / target).resolve() if target else file
            found = found / "index.html" if found.is_dir() else found
            if not found.is_file() or (anchor and not documents[found].xpath(f"//*[@id='{anchor}']")):
                broken.append(f"{file.relative_to(site)} -> {link}")
    return broken


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_every_link_leads_somewhere(sites: dict[str, Path], structure: str) -> None:
    """Links, pictures and anchors reach what they name: from default pages to written ones, and from sub-folders."""
    assert _broken_links(sites[structure]) == []


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_page_in_one_language_is_borrowed_by_no_other(sites: dict[str, Path], structure: str) -> None:
    """A page that says it is Danish only is published in Danish, nowhere else, and not named elsewhere."""
    site = sites[structure]
    assert heading(site, "only/") == "Kun på dansk"
    assert [file.parent.relative_to(site).as_posix() for file in site.rglob("only/index.html")] == ["only"]
    foreign = [*(site / "nb").rglob("*.html"), *(site / "en").rglob("*.html"), site / "nb/search/search_index.json"]
    assert not [file for file in foreign if "Kun på dansk" in file.read_text(encoding="utf-8")]
    assert (site / "sitemap.xml").read_text(encoding="utf-8").count("only/") == 2  # its address and itself in Danish


@pytest.mark.parametrize("structure", ["suffix", "folder"])
@pytest.mark.parametrize(("root", "title"), [("", "Vejledninger"), ("nb/", "Veiledninger"), ("en/", "Guides")])
def test_folder_is_a_section_named_by_its_index_page(
    sites: dict[str, Path], structure: str, root: str, title: str
) -> None:
    """In each language the navigation calls a folder what its index page in that language is called."""
    start = page(sites[structure], f"{root}privacy/")
    navigation = start.xpath("//nav[contains(@class, 'md-nav--primary')]")[0]
    labels = [text_of(item) for item in navigation.xpath(".//label | .//li[contains(@class, 'pruned')]/a")]
    assert title in labels
    assert not set(labels) & ({"Vejledninger", "Veiledninger", "Guides"} - {title})


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_hreflang_names_the_real_translations_only(sites: dict[str, Path], structure: str) -> None:
    """A page lists its translations, itself included, whatever their spelling; one without any lists none."""
    base = "https://privatliv.lindeby.example/"
    expected = {"da": "privacy/", "nb": "nb/privacy/", "en": "en/privacy/", "x-default": "privacy/"}
    for address in ("privacy/", "nb/privacy/", "en/privacy/"):
        assert translations(sites[structure], address) == {code: base + there for code, there in expected.items()}
    assert translations(sites[structure], "only/") == {}


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_picture_is_one_file_for_all_languages(sites: dict[str, Path], structure: str) -> None:
    """The picture of the site's author is the same file for every language."""
    assert [file.relative_to(sites[structure]).as_posix() for file in sites[structure].rglob("seal.svg")] == [
        "assets/seal.svg"
    ]
