"""The way of a new owner: `new`, a draft that says so, each line of check answered, a whole site; then a language."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.conftest import mkdocs, pages_of, serve
from tests.site.filling import fill_in, lines_of_check
from tests.site.projects import page, snapshot, text_of
from tests.site.test_browser_accessibility import axe_source, problems

BANNER = {
    "da": "Dette er et udkast. Oplysninger, der ikke er givet endnu: {}.",
    "nb": "Dette er et utkast. Opplysninger som ikke er oppgitt ennå: {}.",
    "en": "This is a draft. Facts that are not stated yet: {}.",
}
MISSING = {"da": "Ikke oplyst endnu", "nb": "Ikke oppgitt ennå", "en": "Not stated yet"}
CHOICES = [("nb",), ("da", "nb", "en")]


def klartekst(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    command = [str(Path(sys.executable).with_name("klartekst")), *arguments]
    return subprocess.run(command, cwd=cwd, text=True, capture_output=True, timeout=60, check=False)


def begun(folder: Path, languages: tuple[str, ...], country: str = "NO") -> Path:
    """Return a new site, as the command leaves it."""
    flags = ["--name", "Fjordlys", "--country", country, "--email", "post@fjordlys.example"]
    result = klartekst("new", "mine", *flags, "--languages", ",".join(languages), cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    return folder / "mine"


@pytest.fixture(scope="module", params=CHOICES, ids="-".join)
def draft(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A new site, built plainly, with its languages."""
    languages: tuple[str, ...] = request.param
    project = begun(tmp_path_factory.mktemp("draft"), languages)
    result = mkdocs("build", cwd=project)
    assert result.returncode == 0, result.stderr
    return project, languages


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new Norwegian site with all its lines answered."""
    project = begun(tmp_path_factory.mktemp("finished"), ("nb",))
    fill_in(project)
    return project


def language_in(name: str, languages: tuple[str, ...]) -> str:
    first = name.split("/")[0]
    return first if first in languages[1:] else languages[0]


def test_each_page_of_a_draft_says_so_with_the_number_of_missing_facts(draft: tuple[Path, tuple[str, ...]]) -> None:
    """Every page, the error page included, counts as many facts as check has lines, in its own language."""
    project, languages = draft
    count = len(lines_of_check(project))
    assert count > 5
    for name in pages_of(project / "site"):
        banners = page(project / "site", name).xpath("//*[@class='kt-draft']")
        assert [text_of(banner) for banner in banners] == [BANNER[language_in(name, languages)].format(count)], name


def test_a_draft_shows_its_gaps_and_stays_out_of_search_engines(draft: tuple[Path, tuple[str, ...]]) -> None:
    """Where a fact is missing the page says so in its language, and no engine is to list it."""
    project, languages = draft
    for language in languages:
        privacy = page(project / "site", "privacy/" if language == languages[0] else f"{language}/privacy/")
        gaps = {text_of(gap) for gap in privacy.xpath("//*[@class='kt-missing']")}
        assert gaps == {MISSING[language]}
        assert privacy.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_check_names_each_gap_at_its_place(draft: tuple[Path, tuple[str, ...]]) -> None:
    """`klartekst check data` exits 1 with one line for each missing fact, and its place exists."""
    project, _ = draft
    result = klartekst("check", "data", cwd=project)
    lines = result.stdout.splitlines()
    assert (result.returncode, result.stderr) == (1, "")
    assert len(set(lines)) == len(lines) == len(lines_of_check(project))
    for line in lines:
        match = re.match(r"(data/[\w/-]+\.yml):(\d+):(\d+) [a-z]+/[a-z-]+: .*(Give|Add) ", line)
        assert match, line
        text = (project / match[1]).read_text("utf-8").splitlines()[int(match[2]) - 1]
        assert len(text) >= int(match[3])


def test_a_strict_build_of_a_draft_leaves_nothing(draft: tuple[Path, tuple[str, ...]]) -> None:
    """`mkdocs build --strict` exits 1, makes no site, and leaves an earlier one as it was."""
    project, _ = draft
    before = snapshot(project)
    result = mkdocs("build", "--strict", "-d", "strictly", cwd=project)
    assert result.returncode == 1
    assert "Nothing was written" in result.stdout + result.stderr
    assert mkdocs("build", "--strict", cwd=project).returncode == 1
    assert snapshot(project) == before


@pytest.mark.parametrize("country", ["NO", "DK", "SE"])
@pytest.mark.parametrize("languages", CHOICES, ids="-".join)
def test_answering_each_line_makes_the_site_whole(languages: tuple[str, ...], country: str, tmp_path: Path) -> None:
    """Whoever writes what each line asks for gets no line any more: check exits 0."""
    project = begun(tmp_path, languages, country)
    assert len(fill_in(project)) > 10
    result = klartekst("check", "--strict", "data", cwd=project)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_finished_site_is_built_strictly(finished: Path) -> None:
    """Then `mkdocs build --strict` makes the site, without a banner, a gap or a word to search engines."""
    result = mkdocs("build", "--strict", cwd=finished)
    assert result.returncode == 0, result.stderr
    for name in pages_of(finished / "site"):
        html = page(finished / "site", name)
        assert html.xpath("//*[contains(@class, 'kt-draft') or contains(@class, 'kt-missing')]") == [], name
        assert html.xpath("//meta[@name='robots']") == [] or name == "404.html"


def test_another_language_lists_its_holes_in_the_same_way(finished: Path) -> None:
    """Added as the site's own README says, each untranslated text is a gap in a draft, until all are written."""
    add_language(finished, "da")
    lines = lines_of_check(finished)
    assert {re.sub(r".*:\d+:\d+ (\S+): .*", r"\1", line) for line in lines} == {"language/missing"}
    assert klartekst("check", "data", cwd=finished).returncode == 1
    assert mkdocs("build", "--strict", cwd=finished).returncode == 1
    assert mkdocs("build", cwd=finished).returncode == 0
    danish, norwegian = page(finished / "site", "da/privacy/"), page(finished / "site", "privacy/")
    assert {text_of(gap) for gap in danish.xpath("//*[@class='kt-missing']")} == {MISSING["da"]}
    assert text_of(danish.xpath("//*[@class='kt-draft']")[0]) == BANNER["da"].format(len(lines))
    assert norwegian.xpath("//*[@class='kt-missing']") == []
    assert fill_in(finished) == lines
    assert mkdocs("build", "--strict", cwd=finished).returncode == 0
    assert "Words on interest." in text_of(page(finished / "site", "da/privacy/"))


def add_language(project: Path, code: str) -> None:
    """Do what the README of the site says."""
    organisation, config = project / "data" / "organisation.yml", project / "mkdocs.yml"
    facts = organisation.read_text("utf-8").replace("  - nb\n", f"  - nb\n  - {code}\n")
    organisation.write_text(facts, "utf-8")
    told = re.search(r"```yaml\n(plugins:\n.*?)```", (project / "README.md").read_text("utf-8"), re.DOTALL)
    assert told
    text = re.sub(r"^  language: .*\n", "", config.read_text("utf-8"), flags=re.MULTILINE)
    config.write_text(re.sub(r"^plugins:\n.*", lambda _: told[1], text, flags=re.MULTILINE | re.DOTALL), "utf-8")
    assert f"locale: {code}" in config.read_text("utf-8")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_draft_is_accessible(draft: tuple[Path, tuple[str, ...]], browser: Browser, width: int) -> None:
    """The banner and the gaps can be read by everybody: axe finds nothing, contrast included."""
    server, address = serve(draft[0] / "site")
    shown = browser.new_page(viewport={"width": width, "height": 1000})
    shown.goto(f"{address}privacy/")
    shown.evaluate(axe_source())
    found = problems(shown, "draft")
    banner = shown.locator(".kt-draft").bounding_box()
    shown.close()
    server.shutdown()
    assert found == []
    assert banner
    assert banner["y"] < 30


def test_a_draft_on_paper_says_so(draft: tuple[Path, tuple[str, ...]], browser: Browser) -> None:
    """Printed, the page still begins with the banner, which the theme would leave out."""
    server, address = serve(draft[0] / "site")
    shown = browser.new_page()
    shown.emulate_media(media="print")
    shown.goto(f"{address}privacy/")
    visible = shown.locator(".kt-draft").is_visible()
    shown.close()
    server.shutdown()
    assert visible
