"""`klartekst phrases`: all of them, one, the one behind words on a page; and the owner's own words in their place."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import LANGUAGES, ROOT, mkdocs

from klartekst.adapters.cli import main
from klartekst.adapters.cli.phrases import yaml_of
from klartekst.documents import compose, examine_all
from klartekst.load import read_tree
from klartekst.model import Place
from klartekst.phrases import phrases

SMALL = ROOT / "tests" / "cases" / "small"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somewhere without facts, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["phrases", *arguments])


def keys(result: Result) -> list[str]:
    """Return the keys that are shown, in their order."""
    return [line for line in result.stdout.splitlines() if re.fullmatch(r"[\w.-]+(/[\w.-]+)+", line)]


@pytest.fixture
def project(folder: Path) -> Path:
    """A small Norwegian site in the working directory."""
    for name in ("data", "content"):
        shutil.copytree(SMALL / name, folder / name)
    shutil.copy(SMALL / "mkdocs.yml", folder)
    return folder


def own(project: Path, text: str, language: str = "nb") -> None:
    """Write the owner's own wording."""
    (project / "data" / "phrases").mkdir(exist_ok=True)
    (project / "data" / "phrases" / f"{language}.yml").write_text(text, "utf-8")


def test_all_phrases_are_listed_with_their_words() -> None:
    """Without arguments every key stands there with its words in each language; with a language, one line for each."""
    lines = run().stdout.splitlines()
    assert [line for line in lines if line[:1] != " "] == list(phrases("en").texts)
    for language in LANGUAGES:
        texts = phrases(language).texts
        assert [line for line in lines if line.startswith(f"  {language}: ")] == [
            f"  {language}: {t}" for t in texts.values()
        ]
        assert run("--language", language).stdout.splitlines() == [f"{key}: {text}" for key, text in texts.items()]


def test_a_key_shows_its_phrase_and_a_group_all_of_its_phrases() -> None:
    """A whole key gives that phrase in each language, the beginning of keys all that begin so."""
    one = run("rights/free")
    assert (one.exit_code, keys(one)) == (0, ["rights/free"])
    assert all(phrases(language).texts["rights/free"] in one.stdout for language in LANGUAGES)
    group = run("necessity")
    assert keys(group) == [key for key in phrases("nb").texts if key.startswith("necessity/")]


def test_an_unknown_key_language_or_folder_exits_with_2() -> None:
    """Each says what there is instead."""
    assert 'Did you mean "rights/free"?' in run("rights/fre").stderr
    assert "Known: da, en, nb" in run("--language", "sv").stderr
    assert "Name the folder that holds organisation.yml" in run("--data", "nowhere").stderr
    assert {run(*wrong).exit_code for wrong in (["rights/fre"], ["--language", "sv"], ["--data", "nowhere"])} == {2}


FOUND = {
    "the whole phrase": ("Rett til å protestere", "objection/heading"),
    "a part of it": ("åpenbart grunnløs eller overdreven, kan vi kreve", "rights/free"),
    "a part that begins and ends inside a word": ("tis å bruke rettighetene dine. Bare hv", "rights/free"),
    "other case": ("SLIK FÅR DU TAK I OSS", "identity/contact"),
    "no-break spaces": ("Høyst\u00a02\u00a0år etter at vi sist svarte deg.", "retention/at-most"),
    "line breaks and doubled spaces": ("Det er gratis\n   å bruke  rettighetene", "rights/free"),
    "soft hyphens": ("er behandlings\u00adansvarlig", "summary/who-text"),
    "slots filled": ("Skriv til post@trollmyr.example når du vil bruke rettighetene dine.", "rights/channel"),
    "from inside one slot into another": ("eth AS behandler opplysninger på våre vegne", "activities/processor"),
    "a provision in a slot": ("Loven forplikter oss til det (artikkel 6 nr. 1 bokstav c).", "basis/6.1.c"),
    "two phrases in a line": ("E-post: post@trollmyr.example. Telefon: +47 22 22 22 22", "identity/phone"),
    "a phrase of a gap": ("Dette er et utkast. Opplysninger som ikke er oppgitt ennå: 11.", "draft/banner"),
}


@pytest.mark.parametrize("words", FOUND)
def test_the_phrase_behind_words_on_a_page_is_found(words: str) -> None:
    """Whole or in part, with facts in its slots, in any case and with any spaces: the key is among the first two."""
    text, key = FOUND[words]
    result = run("--find", text, "--language", "nb")
    assert result.exit_code == 0
    assert key in keys(result)[:2]
    assert all(phrases(language).texts[key] in result.stdout for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_found_by_its_own_words(language: str) -> None:
    """Copied from a page with facts in its slots, each sentence leads to a phrase that says just that."""
    texts = phrases(language).texts
    some = [key for key in texts if len(re.findall(r"\w+", re.sub(r"\{\w+\}", "", texts[key]))) > 3][::12]
    assert len(some) > 15
    for key in some:
        result = run("--find", re.sub(r"\{\w+\}", "Xanthippe 12", texts[key]), "--language", language)
        assert key in keys(result), key


@pytest.mark.parametrize("phrase", ["rights/free", "basis/6.1.c", "retention/exactly", "home/questions"])
def test_what_is_to_be_pasted_is_taken(phrase: str, project: Path) -> None:
    """The YAML under a phrase, put into the file that it names, is the same phrase, without a finding."""
    shown = run(phrase, "--language", "nb").stdout
    assert "write into data/phrases/nb.yml" in shown
    own(project, "\n".join(line[4:] for line in shown.splitlines() if line.startswith("    ")) + "\n")
    examined = examine_all(project / "data")
    assert examined.findings == ()
    assert examined.register
    assert examined.register.phrases["nb"] == {phrase: phrases("nb").texts[phrase]}


def test_a_fact_is_named_at_its_place(project: Path) -> None:
    """Words that are a fact and no phrase lead to the file and line where the owner wrote them."""
    result = run("--find", "vi sist svarte deg")
    line = (project / "data" / "retention.yml").read_text("utf-8").splitlines().index("    nb: vi sist svarte deg") + 1
    assert result.exit_code == 1
    assert f"data/retention.yml:{line}:" in result.stdout
    assert keys(result) == []


@pytest.mark.parametrize("words", ["xylophone zither", "", " . ", "Kari"])
def test_words_that_no_phrase_says_exit_with_1(words: str) -> None:
    """One line says so, and where else to look."""
    result = run("--find", words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "Copy a whole sentence" in result.stderr


def test_own_words_change_the_page_and_are_found(project: Path) -> None:
    """An override in data/phrases/nb.yml stands on the built page in place of ours, and leads to its key."""
    own(project, "rights:\n  free: Du betaler ingenting for å bruke rettighetene dine.\n")
    result = mkdocs("build", "--strict", cwd=project)
    assert result.returncode == 0, result.stderr
    page = (project / "site" / "privacy" / "index.html").read_text("utf-8")
    assert "Du betaler ingenting for å bruke rettighetene dine." in page
    assert phrases("nb").texts["rights/free"] not in page
    found = run("--find", "Du betaler ingenting")
    assert (found.exit_code, keys(found)) == (0, ["rights/free"])
    assert "free: Du betaler ingenting for å bruke rettighetene dine." in found.stdout
    assert "rights/free" not in keys(run("--find", "Det er gratis å bruke rettighetene dine", "--language", "nb"))


WRONG = {
    "an unknown key": ("rights:\n  fee: Gratis.\n", ":2:3 ", 'there is no phrase "rights/fee"'),
    "a lost slot": ("rights:\n  channel: Skriv til oss.\n", ":2:3 ", "{email}"),
    "a slot of another phrase": ("rights:\n  free: Gratis, {email}.\n", ":2:3 ", "{email}"),
    "two lines": ("rights:\n  free: |\n    Gratis.\n    Alltid.\n", ":2:9 ", "one line"),
    "a list": ("rights:\n  free:\n    - Gratis.\n", ":2:3 ", "words are expected"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_own_words_that_do_not_fit_are_located_errors(wrong: str, project: Path) -> None:
    """Each is an error with its line, and no site is made with it."""
    text, place, said = WRONG[wrong]
    own(project, text)
    made = compose(project / "data", "data", ("nb",), (), Place("mkdocs.yml"))
    assert made.broken
    assert [str(one) for one in made.findings if f"nb.yml{place}" in str(one) and said in str(one)] != []


def test_own_words_in_a_language_without_phrases_are_an_error(project: Path) -> None:
    """A file for a language that the product does not speak is read by nobody, and check says so."""
    own(project, "rights:\n  free: Gratis.\n", "sv")
    found = [str(one) for one in examine_all(project / "data").findings]
    assert len(found) == 1
    assert "phrases/sv.yml:1:1 phrase/unknown" in found[0]


def test_pasted_yaml_is_yaml() -> None:
    """Whatever a phrase holds, its YAML can be read and is the phrase again."""
    for language in LANGUAGES:
        for key, text in phrases(language).texts.items():
            if text:
                value = read_tree("\n".join(yaml_of(key, text)).encode(), key).value
                for part in key.split("/"):
                    value = value[part]
                assert value == text, key
