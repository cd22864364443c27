"""The second plugin: files beside their pages, links to them, and nothing of either where nobody wants it."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import html
from tests.conftest import LANGUAGES, mkdocs
from tests.site.projects import built, configuration, make_project, page, snapshot, text_of
from tests.site.test_build_serving import _read as read
from tests.site.test_build_serving import _serving as serving

from klartekst.documents import examine_all, outlines_of
from klartekst.export import Host, as_pdf, as_word, exported, file_facts, page_html, standard_letterhead

ADDRESS = "https://privatliv.lindeby.example/"


def with_downloads(config: str, **options: str) -> str:
    """Return a mkdocs.yml that has the plugin, too."""
    lines = "".join(f"\n      {key}: {value}" for key, value in options.items())
    return config.replace("  - klartekst\n", f"  - klartekst\n  - klartekst-downloads{':' if lines else ''}{lines}\n")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three languages, of which one has a schedule of storage that somebody wrote."""
    own = "# Vores & jeres <b>data</b>\n\nEgne ord. [Mere](processors.md)\n\n<!-- klartekst:schedule -->\n"
    config = with_downloads(configuration(), documents="[statement, retention]")
    return make_project(tmp_path_factory.mktemp("downloads") / "project", config, {"retention.da.md": own})


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """Its site."""
    return built(project)


def files_of(site: Path) -> set[str]:
    return {name for name in snapshot(site) if name.endswith((".docx", ".pdf"))}


def test_the_files_stand_beside_their_pages(site: Path) -> None:
    """For each document that was asked for, in each language and format, and for no other."""
    folders = {"da": "", "nb": "nb/", "en": "en/"}
    assert files_of(site) == {
        f"{folders[language]}{path}/{path}-{language}.{form}"
        for language in LANGUAGES
        for path in ("privacy", "retention")
        for form in ("docx", "pdf")
    }


@pytest.mark.parametrize("address", ["privacy/", "retention/", "nb/privacy/", "en/privacy/"])
def test_the_page_links_to_its_files(site: Path, address: str) -> None:
    """Below the title or the summary, each with a name that says which document and which format, in its language."""
    above = "//div[@class='kt-summary']" if "privacy" in address else "//h1"
    links = page(site, address).xpath(f"{above}/following-sibling::*[1][@class='kt-downloads']/a")
    assert [text_of(link) for link in links] == ["Word", "PDF"]
    title = re.sub("¶$", "", text_of(page(site, address).find(".//h1")))
    for link in links:
        assert link.get("aria-label").startswith(title)
        assert (site / address / link.get("href")).is_file()


def test_other_pages_have_no_links(site: Path) -> None:
    """What has no files promises none."""
    pages = [name for name in snapshot(site) if name.endswith(".html")]
    linking = {name for name in pages if b"kt-downloads" in (site / name).read_bytes()}
    assert linking == {re.sub(r"[^/]+\.(docx|pdf)$", "index.html", name) for name in files_of(site)}


def test_the_search_does_not_find_the_links(site: Path) -> None:
    """Their words are on many pages and say nothing about any."""
    for name, content in snapshot(site).items():
        if name.endswith("search_index.json"):
            assert b"Hent denne side" not in content
            assert b"Download this page" not in content


def test_files_and_pages_say_the_same(project: Path, site: Path) -> None:
    """The file of a default page is, byte for byte, the one that the command makes without a site."""
    register = examine_all(project / "data").register
    assert register
    register = register.published()
    for id in ("statement", "retention"):
        document = exported(register, id, "nb", Host(site=f"{ADDRESS}nb"))
        facts = file_facts(register, outlines_of(register)[id], "nb")
        made = site / "nb" / document.path
        assert (made / f"{document.path}-nb.pdf").read_bytes() == as_pdf(page_html(document), facts)
        assert (made / f"{document.path}-nb.docx").read_bytes() == as_word(page_html(document), facts)


def test_a_hand_written_page_has_its_own_words_in_its_files(site: Path) -> None:
    """What somebody wrote stands in the file, with the blocks that they placed, and links lead to the site."""
    word = docx.Document(str(site / "retention" / "retention-da.docx"))
    assert word.core_properties.title == "Vores & jeres data"
    texts = [one.text for one in word.paragraphs]
    assert texts[:2] == ["Vores & jeres data", "Egne ord. Mere"]
    assert len(texts) > 10
    targets = {one.target_ref for one in word.part.rels.values() if one.is_external}
    assert f"{ADDRESS}processors/" in targets
    assert (
        page(site, "retention/").xpath("//p[@class='kt-downloads']/a/@aria-label")[0].startswith("Vores & jeres data")
    )


def test_two_builds_are_byte_identical(project: Path, site: Path) -> None:
    """Whoever builds the same facts again gets the same files."""
    first = {name: content for name, content in snapshot(site).items() if name in files_of(site)}
    built(project)
    assert {name: content for name, content in snapshot(site).items() if name in first} == first


# -- options ----------------------------------------------------------------------------------------------------

ONE = configuration("none", ("nb",))


def test_formats_patterns_and_a_letterhead(tmp_path: Path) -> None:
    """Only Word, for every notice of a group, with the firm's own header; without folders for pages, too."""
    config = with_downloads(ONE, documents='["audience-*"]', formats="[docx]", letterhead="own.docx")
    project = make_project(tmp_path / "project", config + "use_directory_urls: false\n")
    (project / "own.docx").write_bytes(standard_letterhead())
    word = docx.Document(str(project / "own.docx"))
    word.sections[0].header.paragraphs[0].text = "Lindeby – {title}"
    word.save(str(project / "own.docx"))
    site = built(project)
    register = examine_all(project / "data").register
    assert register
    groups = [id for id in outlines_of(register.published()) if id.startswith("audience-")]
    assert len(groups) > 1
    assert files_of(site) == {f"privacy/{id.removeprefix('audience-')}-nb.docx" for id in groups}
    for name in files_of(site):
        made = docx.Document(str(site / name))
        assert made.sections[0].header.paragraphs[0].text == f"Lindeby – {made.core_properties.title}"
        there = html.fromstring((site / name.replace("-nb.docx", ".html")).read_bytes())
        assert there.xpath("//p[@class='kt-downloads']/a/@href") == [Path(name).name]


def test_a_draft_is_one_in_its_files(tmp_path: Path) -> None:
    """While a fact is missing, the file says so above everything else."""
    project = make_project(tmp_path / "project", with_downloads(ONE))
    _lose_a_fact(project)
    assert mkdocs("build", cwd=project).returncode == 0
    first = docx.Document(str(project / "site" / "privacy" / "privacy-nb.docx")).paragraphs[0]
    assert first.style
    assert first.style.name == "Draft"


def _lose_a_fact(project: Path) -> None:
    file = project / "data" / "activities" / "newsletter.yml"
    file.write_text(re.sub(r"^retention:\n(  - .*\n)+", "", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def _no_klartekst(project: Path) -> None:
    file = project / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("  - klartekst\n", ""), "utf-8")


def _options(**options: str) -> Callable[[Path], None]:
    def write(project: Path) -> None:
        (project / "mkdocs.yml").write_text(with_downloads(ONE, **options), "utf-8")

    return write


def _no_word_file(project: Path) -> None:
    (project / "own.docx").write_text("no letter")
    _options(letterhead="own.docx")(project)


def _sign(project: Path) -> None:
    (project / "content" / "privacy.md").write_text("# A 漢\n\n<!-- klartekst:rights -->\n", "utf-8")


FAILURES: dict[str, tuple[Callable[[Path], None], str]] = {
    "no klartekst": (_no_klartekst, r"mkdocs\.yml:\d+:1 downloads: klartekst-downloads needs the plugin klartekst"),
    "an unknown document": (
        _options(documents="[statment]"),
        r'mkdocs\.yml:\d+:\d+ downloads: there is no document "statment"\. Did you mean "statement"\?',
    ),
    "an unknown format": (_options(formats="[odt]"), r"option 'formats': Expected one of"),
    "no such letterhead": (_options(letterhead="gone.docx"), r"option 'letterhead': The path"),
    "no Word file": (_no_word_file, r"mkdocs\.yml:\d+:\d+ downloads: own\.docx: it is not a Word file"),
    "a sign that no font has": (_sign, r'privacy-nb\.pdf cannot be made\. The fonts of the PDF have no sign for "漢"'),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_what_cannot_be_made_leaves_the_earlier_site(tmp_path: Path, failure: str) -> None:
    """The build fails with a message that says where and what to do, and the earlier site stays."""
    project = make_project(tmp_path / "project", with_downloads(ONE))
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("earlier")
    spoil, message = FAILURES[failure]
    spoil(project)
    result = mkdocs("build", cwd=project)
    assert result.returncode != 0
    assert re.search(message, result.stderr), result.stderr
    assert "Traceback" not in result.stderr
    assert snapshot(project / "site") == {"index.html": b"earlier"}
    assert not [*project.glob(".site*")]


def test_whoever_serves_waits_for_no_file(tmp_path: Path) -> None:
    """A preview has neither files nor links to them."""
    project = make_project(tmp_path / "project", with_downloads(ONE))
    with serving(project) as url:
        assert "Personvernerklæring" in read(f"{url}privacy/")
        assert "Last ned" not in read(f"{url}privacy/")
        assert "%PDF" not in read(f"{url}privacy/privacy-nb.pdf")


# -- who does not want files ------------------------------------------------------------------------------------

WATCH = """
import sys

def on_post_build(**_):
    names = [name for name in ("pypandoc", "typst", "docx", "lxml") if name in sys.modules]
    print("loaded:", names, file=sys.stderr)
"""


def _watched(project: Path, config: str) -> str:
    (project / "mkdocs.yml").write_text(config + "hooks: [watch.py]\n", "utf-8")
    (project / "watch.py").write_text(WATCH)
    result = mkdocs("build", cwd=project)
    assert result.returncode == 0, result.stderr
    return str(re.findall(r"loaded: (.*)", result.stderr)[-1])


def test_a_site_without_the_plugin_pays_nothing(tmp_path: Path) -> None:
    """Not one of the tools is loaded; with the plugin, they are."""
    project = make_project(tmp_path / "project", ONE)
    assert _watched(project, ONE) == "[]"
    assert files_of(project / "site") == set()
    assert "'typst'" in _watched(project, with_downloads(ONE))


def test_without_the_extra_the_message_says_how_to_get_it(tmp_path: Path) -> None:
    """No traceback, and nothing is written; without the plugin the site is built all the same."""
    blocked = tmp_path / "blocked"
    for tool in ("pypandoc", "typst"):
        (blocked / tool).mkdir(parents=True)
        (blocked / tool / "__init__.py").write_text(f"raise ModuleNotFoundError('gone', name='{tool}')\n")
    path = os.pathsep.join(filter(None, [str(blocked), os.environ.get("PYTHONPATH")]))
    project = make_project(tmp_path / "project", with_downloads(ONE))
    result = mkdocs("build", cwd=project, PYTHONPATH=path)
    assert result.returncode != 0
    assert "Run: pip install 'klartekst[downloads]'" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (project / "site").exists()
    (project / "mkdocs.yml").write_text(ONE, "utf-8")
    assert mkdocs("build", cwd=project, PYTHONPATH=path).returncode == 0
