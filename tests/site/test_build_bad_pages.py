"""Hand-written pages that would silently go wrong: each is a located message, and nothing is written."""

import subprocess
from pathlib import Path

import pytest
from tests.conftest import mkdocs
from tests.site.projects import configuration, make_project

# (name, text, place in the file and rule, what the message must say)
BAD_TEXTS = [
    ("unknown-block", "# A\n\n<!-- klartekst:retencion -->", "3:1 page/unknown-block", '"retention"'),
    ("unknown-key", "<!-- klartekst:retention subjekt=clients -->", "1:1 page/unknown-key", '"subject"'),
    ("keyless", "<!-- klartekst:identity subject=clients -->", "1:1 page/unknown-key", "Its keys: none"),
    ("unknown-id", "<!-- klartekst:retention subject=client -->", "1:1 page/unknown-id", '"clients"'),
    ("not-alone", "# A\n\nText <!-- klartekst:rights --> text", "3:6 page/directive", "alone on its line"),
    ("indented", "- a\n\n    <!-- klartekst:rights -->", "3:5 page/directive", "without indentation"),
    ("in-two-lines", "<!-- klartekst:retention\nsubject=clients -->", "1:1 page/directive", "klartekst:retention"),
    ("unquoted", "<!-- klartekst:retention subject=my clients -->", "1:1 page/directive", "cannot be read"),
    ("capital", "<!-- Klartekst:rights -->", "1:1 page/directive", "cannot be read"),
    ("no-colon", "<!--klartekst rights-->", "1:1 page/directive", "cannot be read"),
    ("twice", "<!-- klartekst:rights -->\n\n<!-- klartekst:rights -->", "3:1 page/twice", '"rights"'),
    ("key-twice", "<!-- klartekst:retention subject=clients subject=clients -->", "1:1 page/twice", '"subject"'),
    ("open-code", "# A\n\n```\ncode\n```text\n\n<!-- klartekst:rights -->", "3:1 page/open-code", "never ends"),
    ("broken-front-matter", "---\ntitle: A: b\n---\n\n# A", "2:9 yaml/syntax", "YAML"),
    ("open-front-matter", "---\ntitle: A\n\n# A", "1:1 page/front-matter", "not closed"),
    ("list-front-matter", "---\n- a\n---\n\n# A", "1:1 page/front-matter", "not a map"),
    ("untitled-box", "# A\n\n!!! warning\n    Text", "3:1 page/untitled-box", "title"),
    ("untitled-floating-box", "# A\n\n!!! warning inline end\n    Text", "3:1 page/untitled-box", "title"),
    ("untitled-fold", "# A\n\n??? note\n    Text", "3:1 page/untitled-box", "title"),
]
FRONT = "---\nlanguages: [{}]\ntitle: A\n---\n\n"
SHIFT = FRONT.count("\n")

# (structure, file, rule, what the message must say): what the place of a file makes wrong
BAD_PLACES = [
    ("suffix", "privacy.md", "page/clash", "content/privacy.da.md"),
    ("suffix", "start.hr.md", "page/language", '"hr"'),
    ("suffix", "start.pt-BR.md", "page/language", '"pt-BR"'),
    ("suffix", "lonely.nb.md", "page/untranslated", "da, en"),
    ("suffix", "guides/start.da.md", "page/nameless-folder", '"guides"'),
    ("folder", "da/privacy.md", "page/clash", "content/privacy.md"),
    ("folder", "hr/start.md", "page/language", '"hr"'),
    ("folder", "nb/lonely.md", "page/untranslated", "da, en"),
    ("folder", "da/guides/start.md", "page/nameless-folder", '"guides"'),
    ("folder", "da/rules/index.md", "page/clash", "README.md"),
]


def _bad_content(structure: str) -> dict[str, str | bytes]:
    content: dict[str, str | bytes] = {file: "# A\n" for kind, file, _, _ in BAD_PLACES if kind == structure}
    twins = ("privacy.da.md",) if structure == "suffix" else ("privacy.md", "da/rules/README.md")
    content |= dict.fromkeys(twins, "# A\n")
    for name, text, _, _ in BAD_TEXTS if structure == "suffix" else []:
        content[f"{name}.nb.md"] = text if text.startswith("---") else FRONT.format("nb") + text
    content["latin.da.md" if structure == "suffix" else "da/latin.md"] = b"# R\xf8d\n"
    return content


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[subprocess.CompletedProcess[str], Path]]:
    """What building a site full of mistakes said, in each structure, and its folder."""
    results = {}
    for structure in ("suffix", "folder"):
        project = make_project(
            tmp_path_factory.mktemp(structure) / "site", configuration(structure), _bad_content(structure)
        )
        results[structure] = mkdocs("build", cwd=project), project
    return results


Builds = dict[str, tuple[subprocess.CompletedProcess[str], Path]]


@pytest.mark.parametrize(("name", "text", "place", "says"), BAD_TEXTS, ids=[bad[0] for bad in BAD_TEXTS])
def test_mistake_in_a_page_is_located(builds: Builds, name: str, text: str, place: str, says: str) -> None:
    """A mistake in the text of a page is named with its file, line and column, and what would be right."""
    line, rest = place.split(":", 1)
    number = int(line) + (0 if text.startswith("---") else SHIFT)
    found = [entry for entry in builds["suffix"][0].stderr.split("\n") if f"{name}.nb.md:{number}:{rest}" in entry]
    assert len(found) == 1
    assert says in found[0]


@pytest.mark.parametrize(("structure", "file", "rule", "says"), BAD_PLACES, ids=[bad[1] for bad in BAD_PLACES])
def test_mistake_in_the_name_of_a_page_is_located(
    builds: Builds, structure: str, file: str, rule: str, says: str
) -> None:
    """A file whose name would make its page vanish, double or go unnamed is named, with what would be right."""
    lines = builds[structure][0].stderr.split("\n")
    found = [line for line in lines if f"content/{file}:1:1 {rule}" in line]
    assert len(found) == 1
    assert says in found[0]


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_page_that_is_not_utf8_is_located(builds: Builds, structure: str) -> None:
    """A page in another encoding is named instead of printed wrongly."""
    shown = {"suffix": "content/latin.da.md:1:1", "folder": "content/da/latin.md:1:1"}
    assert f"{shown[structure]} page/unreadable" in builds[structure][0].stderr


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_bad_pages_fail_the_build_and_write_nothing(builds: Builds, structure: str) -> None:
    """The build ends with exit status 1, without a traceback and without a site."""
    result, project = builds[structure]
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert {entry.name for entry in project.iterdir()} == {"mkdocs.yml", "data", "content"}


WARNED = {"lonely.da.md": "# A\n", "guides/start.da.md": "---\nlanguages: [da]\n---\n# A\n"}
WARNINGS = (
    "content/lonely.da.md:1:1 page/untranslated (warning): ",
    "content/guides/start.da.md:1:1 page/nameless-folder (warning): ",
)


@pytest.mark.parametrize("arguments", [("--strict",), ("-q", "--strict")])
def test_warning_fails_a_strict_build_also_a_quiet_one(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """With --strict a warning ends with exit status 1 and writes nothing, even where -q keeps it from being shown."""
    project = make_project(tmp_path / "project", configuration(), WARNED)
    result = mkdocs("build", *arguments, cwd=project)
    assert result.returncode == 1
    assert all(said in result.stderr for said in WARNINGS) != ("-q" in arguments)
    assert not (project / "site").exists()


def test_warning_alone_lets_the_site_be_built(tmp_path: Path) -> None:
    """Without --strict the same site is built, and the warnings are said."""
    project = make_project(tmp_path / "project", configuration(), WARNED)
    result = mkdocs("build", cwd=project)
    assert result.returncode == 0
    assert all(said in result.stderr for said in WARNINGS)
    assert (project / "site" / "nb" / "index.html").is_file()


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_link_that_leads_nowhere_fails_a_strict_build(tmp_path: Path, quiet: tuple[str, ...]) -> None:
    """The host's own warnings count, too, also in a quiet build."""
    content = {"index.da.md": "# A\n\n[gone](gone.md)\n"}
    project = make_project(tmp_path / "project", configuration(), content)
    result = mkdocs("build", *quiet, "--strict", cwd=project)
    assert result.returncode == 1
    assert not (project / "site").exists()


def test_title_in_nav_without_translation_is_located(tmp_path: Path) -> None:
    """A title that would stand in Danish on Norwegian pages is an error at the nav of mkdocs.yml."""
    project = make_project(tmp_path / "project", configuration(more="nav:\n  - Forside: index.md"))
    result = mkdocs("build", cwd=project)
    line = (project / "mkdocs.yml").read_text().split("\n").index("nav:") + 1
    assert f'mkdocs.yml:{line}:1 site/navigation: the title "Forside" has no translation to nb' in result.stderr
    assert result.returncode == 1
    assert not (project / "site").exists()
