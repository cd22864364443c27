"""`klartekst new`: what it writes, what it asks, what it refuses, and that it writes all or nothing."""

import datetime as dt
import json
from importlib import metadata
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import LANGUAGES
from tests.site.filling import lines_of_check
from tests.site.projects import snapshot
from tests.site.test_language_forbidden import forbidden
from tests.site.test_language_spelling import house_words, unknown, words_of

from klartekst.adapters.cli import main
from klartekst.load import load, read_tree
from klartekst.model import COLLECTIONS, Register, Translated, translations
from klartekst.start import answers, installed_from, site_files, write_site

FLAGS = {"name": "Fjordlys", "country": "NO", "email": "post@fjordlys.example"}
SUBSETS = [chosen for size in (1, 2, 3) for chosen in combinations(LANGUAGES, size)]
UNLISTED = {"Fakturaer", "fakturaen", "e-postkasse"}
"""Words in Bokmålsordboka, or made of such, that the Norwegian dictionary lacks and the demonstration does not use."""
DAY = dt.date(2026, 11, 25)


def new(*arguments: str, typed: str = "", **flags: str) -> Result:
    """Run the command with flags by their names and typed lines."""
    given = [part for flag, text in flags.items() for part in (f"--{flag.replace('_', '-')}", text)]
    return CliRunner().invoke(main, ["new", *arguments, *given], input=typed)


def made(folder: Path, **texts: str) -> Register:
    """Write a site from answers, without the command line, and return its facts."""
    write_site(folder, site_files(answers({**FLAGS, "short_name": "Fjordlys", **texts}), DAY, None))
    register = load(folder / "data").register
    assert register
    return register


def texts_of(register: Register) -> list[Translated]:
    """Return every text of the facts that stands in languages."""
    things = [thing for name in COLLECTIONS for thing in getattr(register, name).values()]
    return [words for thing in things for _, words in translations(thing)]


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that does not exist yet, below the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine"


def test_flags_are_enough(target: Path) -> None:
    """With name, country and e-mail it asks nothing, and says what to do next, with the number of missing facts."""
    result = new("mine", **FLAGS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{len(lines_of_check(target))} facts are missing" in result.stdout
    assert "klartekst check data" in result.stdout
    assert "?" not in result.stdout


def test_a_new_site_has_everything_that_a_build_needs(target: Path) -> None:
    """Configuration, facts, their schemas, an empty folder for pages, and how to go on."""
    assert new("mine", **FLAGS).exit_code == 0
    names = set(snapshot(target))
    assert {"mkdocs.yml", "README.md", "requirements.txt", ".gitignore", "content/.gitkeep"} <= names
    assert {f"data/.schema/{name}.json" for name in ("organisation", *COLLECTIONS)} <= names
    facts = {name for name in names if name.endswith(".yml") and name.startswith("data/")}
    for name in facts:
        first = (target / name).read_text("utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert ((target / name).parent / schema).is_file(), name


@pytest.mark.parametrize("languages", SUBSETS, ids="-".join)
def test_every_text_stands_in_each_chosen_language_and_in_no_other(languages: tuple[str, ...], tmp_path: Path) -> None:
    """Whichever languages a site has, no text is missing in one of them, and none is there in another."""
    register = made(tmp_path / "mine", languages=",".join(languages))
    assert register.organisation.languages == languages
    texts = [
        words for name in COLLECTIONS for thing in getattr(register, name).values() for _, words in translations(thing)
    ]
    assert len(texts) > 20
    assert {words.languages for words in texts} == {frozenset(languages)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", ["DK", "NO"])
def test_every_word_is_one_of_its_language(language: str, country: str, tmp_path: Path) -> None:
    """The dictionary of the language knows each word, and none is the neighbour's."""
    register = made(tmp_path / "mine", languages=language, country=country)
    texts = [words[language] for words in texts_of(register)]
    assert unknown(words_of(texts), language) - set(house_words(language)) - UNLISTED == set()
    assert [text for text in texts if forbidden(language).search(text)] == []


@pytest.mark.parametrize("country", ["DK", "NO", "SE", "IE"])
def test_what_is_written_is_never_wrong(country: str, tmp_path: Path) -> None:
    """Check says of a new site only that facts are missing; where the law of accounts is not known here, that, too."""
    register = made(tmp_path / "mine", country=country)
    rules = {line.split(" ")[1].rstrip(":") for line in lines_of_check(tmp_path / "mine")}
    assert {finding.severity for finding in load(tmp_path / "mine" / "data").findings} == set()
    assert bool(register.laws) == (country in {"DK", "NO"}) == ("basis/law" not in rules)
    assert {"dpo/missing", "organisation/rights", "purpose/basis", "recipient/missing"} <= rules


def test_one_language_needs_no_plugin_for_translations(target: Path) -> None:
    """A site in one language sets the theme's language; one in several names each in itself, the main one first."""
    assert new("mine", **FLAGS, languages="nb").exit_code == 0
    assert new("ours", **FLAGS, languages="nb,en,da").exit_code == 0
    one = read_tree((target / "mkdocs.yml").read_bytes(), "one").value
    several = read_tree((target.with_name("ours") / "mkdocs.yml").read_bytes(), "several").value
    assert one["theme"] == {"name": "material", "language": "nb"}
    assert one["plugins"] == ("search", "klartekst")
    assert "language" not in several["theme"]
    assert several["plugins"][2]["i18n"] == {
        "docs_structure": "suffix",
        "languages": (
            {"locale": "nb", "name": "Norsk bokmål", "default": "true"},
            {"locale": "en", "name": "English"},
            {"locale": "da", "name": "Dansk"},
        ),
    }


@pytest.mark.parametrize(
    "name", ['A: "B" #1 \\ & Sons', "No", "1881", "- Ål", "O'Hara {x}, Ltd", "null", "Ja: nei", "*"]
)
def test_any_name_arrives_whole(name: str, tmp_path: Path) -> None:
    """Whatever YAML makes of such words elsewhere, the name stands in the facts and in the configuration as it is."""
    organisation = made(tmp_path / "mine", name=name, short_name=name).organisation
    assert (organisation.name, organisation.short_name) == (name, name)
    assert read_tree((tmp_path / "mine" / "mkdocs.yml").read_bytes(), "m").value["site_name"] == name


@pytest.mark.parametrize(
    ("country", "given", "scheme"), [("DK", "12345674", "dk-cvr"), ("NO", "dk-cvr:12345674", "dk-cvr")]
)
def test_a_registration_is_a_number_or_names_its_register(
    country: str, given: str, scheme: str, tmp_path: Path
) -> None:
    """The country tells the register of a number without one."""
    registration = made(tmp_path / "mine", country=country, registration=given).organisation.registration
    assert registration
    assert (registration.scheme, registration.number) == (scheme, "12345674")


WRONG = {
    "email": ("post@", "is no e-mail address"),
    "country": ("Norway", "ISO 3166-1 code of two capitals"),
    "registration": ("no-orgnr:123456789", "this is no no-orgnr number"),
    "website": ("fjordlys.example", "starts with https://"),
    "languages": ("nb,no", "Norwegian bokmål is nb"),
    "name": ("Fjord\u202elys", "invisible U+202E"),
    "short_name": (" ", "the text is empty"),
}


@pytest.mark.parametrize("flag", WRONG)
def test_a_wrong_flag_is_refused_with_the_words_of_the_model(flag: str, target: Path) -> None:
    """It names the flag, says what is wrong as check would, exits with 2 and writes nothing."""
    text, said = WRONG[flag]
    result = new("mine", **{**FLAGS, flag: text})
    assert result.exit_code == 2
    assert f"--{flag.replace('_', '-')}" in result.stderr
    assert said in " ".join(result.stderr.split())
    assert not target.exists()


@pytest.mark.parametrize("country", ["US", "GB"])
def test_a_country_without_an_authority_is_refused(country: str, target: Path) -> None:
    """A site that check would refuse from the start is not begun."""
    result = new("mine", **{**FLAGS, "country": country})
    assert result.exit_code == 2
    assert "has no supervisory authority under the GDPR" in " ".join(result.stderr.split())
    assert not target.exists()


def test_a_wrong_answer_is_asked_for_again(target: Path) -> None:
    """Typed answers are held against the model one by one; an empty one takes what is offered."""
    typed = "Fjordlys ApS\n\nXX\nDK\n12345678\n12345674\npost@\npost@fjordlys.example\n\nda,en\n"
    result = new("mine", typed=typed)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("The country it is established in") == 2
    assert "this is no dk-cvr number" in result.output
    assert "is no e-mail address" in result.output
    register = load(target / "data").register
    assert register
    own = register.organisation
    assert (own.name, own.short_name, own.country, own.website) == ("Fjordlys ApS", "Fjordlys ApS", "DK", None)
    assert own.registration
    assert own.contact
    assert (own.registration.number, own.contact.email, own.languages) == (
        "12345674",
        "post@fjordlys.example",
        ("da", "en"),
    )


def test_only_what_no_flag_says_is_asked(target: Path) -> None:
    """A flag answers its question."""
    result = new(
        "mine", typed="\n\n\nnb\n", name="Fjordlys", country="NO", short_name="Lys", email="a@fjordlys.example"
    )
    assert result.exit_code == 0
    assert "?" not in result.stdout
    asked = new(
        "ours", typed="\na@fjordlys.example\n\n", name="Fjordlys", country="NO", short_name="Lys", languages="nb"
    )
    assert asked.exit_code == 0
    assert "legal name" not in asked.stdout
    assert "e-mail address" in asked.stdout


def test_yes_asks_nothing(target: Path) -> None:
    """Without an answer that is needed, --yes names the flag and exits with 2."""
    result = new("mine", "--yes", name="Fjordlys", country="NO")
    assert result.exit_code == 2
    assert "--email" in result.stderr
    assert not target.exists()


def test_a_folder_with_something_in_it_is_left_alone(target: Path) -> None:
    """It says what is there and what to do, exits with 2, and touches nothing, before it asks anything."""
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    result = new("mine")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not empty (notes.txt). Name a new folder, or an empty one." in result.stderr
    assert snapshot(target) == {"notes.txt": b"mine"}


@pytest.mark.parametrize("there", ["", ".git"])
def test_an_empty_folder_or_repository_is_taken(there: str, target: Path) -> None:
    """What somebody has just made or cloned is no obstacle."""
    (target / there).mkdir(parents=True)
    assert new("mine", **FLAGS).exit_code == 0
    assert (target / "mkdocs.yml").is_file()
    assert (target / there).is_dir()


def test_a_file_of_that_name_is_refused(target: Path) -> None:
    """A file is no folder, nor can a folder be below one."""
    target.write_text("mine")
    for place in ("mine", "mine/below"):
        result = new(place, **FLAGS)
        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("broken", ["write_text", "rename"])
@pytest.mark.parametrize("before", [True, False], ids=["into an empty folder", "into a new one"])
def test_all_or_nothing_is_written(broken: str, before: bool, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full half-way, it says so, and what was there before is there, and nothing else."""
    if before:
        target.mkdir()
    calls = 0
    real = getattr(Path, broken)

    def fail(self: Path, *arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise OSError(28, "No space left on device", str(self))
        return real(self, *arguments, **named)

    monkeypatch.setattr(Path, broken, fail)
    result = new("mine" if before else "mine/inner", **FLAGS)
    monkeypatch.undo()
    assert (result.exit_code, calls) == (2, 4)
    assert "No space left on device" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(target.parent.rglob("*")) == ([target] if before else [])


VCS = {"url": "https://git.example/klartekst", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}
FOLDER = {"url": "file:///srv/klartekst", "dir_info": {}}


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        (json.dumps(VCS), "git+https://git.example/klartekst@c0ffee"),
        (json.dumps(FOLDER), "file:///srv/klartekst"),
        (None, None),
    ],
)
def test_the_site_says_where_klartekst_comes_from(
    noted: str | None, expected: str | None, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requirements and README name the place that pip noted; without one they name no package that is in no index."""
    monkeypatch.setattr(metadata.Distribution, "read_text", lambda self, name: noted)
    monkeypatch.setattr(metadata.PathDistribution, "read_text", lambda self, name: noted)
    assert installed_from() == expected
    write_site(target, site_files(answers({**FLAGS, "short_name": "F", "languages": "nb"}), DAY, installed_from()))
    lines = (target / "requirements.txt").read_text("utf-8").splitlines()
    required = [line for line in lines if not line.startswith("#")]
    assert required == ([f"klartekst @ {expected}"] if expected else [])
    install = (
        "pip install -r requirements.txt" if expected else "pip install <path or address of your clone of Klartekst>"
    )
    assert install in (target / "README.md").read_text("utf-8")
