"""The coverage map of a built site: its links lead to the words, and a build that would leave a hole is none."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.blocks.variants import published
from tests.conftest import LANGUAGES, mkdocs
from tests.documents.built import content, file_of, part, squeezed, target

from klartekst.documents import outlines_of
from klartekst.law import authorities, notice_items
from klartekst.model import Activity, Prose, Register, Translated
from klartekst.phrases import country


def links(site: Path, language: str) -> Iterator[tuple[str, str, Path, str]]:
    """Yield item, words, file and anchor of each link of the coverage page."""
    file = file_of(site, outlines_of(published())["coverage"].path, language)
    item = ""
    for element in content(file).iter("h2", "a"):
        if element.tag == "h2" and element.get("id", "").startswith("item-"):
            item = element.get("id").removeprefix("item-").replace("-", ".")
        elif element.tag == "a" and element.get("class") != "headerlink" and item:
            yield item, squeezed(element.text_content()), *target(site, file, element.get("href"))


def words(item: str, activity: Activity | None, register: Register, language: str) -> list[str]:
    """Return words that have to stand where an item is stated: the facts themselves, read from the Register."""
    own = register.organisation
    if activity is None:
        officer = own.data_protection_officer
        names = [authorities()[own.country].name, country(own.country, language)]
        whole: dict[str, list[object]] = {
            "13.1.a": [own.name, own.contact and own.contact.email],
            "13.1.b": [officer and officer.contact and officer.contact.email],
            "13.2.b": [own.rights and own.rights.contact.email],
            "13.2.b.objection": [a.name for a in register.ours if any(b.article == "6.1.f" for b in a.bases)],
            "13.2.d": [*names],
        }
        return said(whole[item], language)
    parties = register.recipients_of(activity)
    rules = [register.retention[id] for id in activity.retention]
    found: dict[str, list[object]] = {
        "13.1.c": [purpose.text for purpose in activity.purposes],
        "13.1.d": [basis.interest for basis in activity.bases if basis.interest],
        "13.1.e": [*(party.name for party in parties), *(one.text for one in activity.disclosures)],
        "13.1.f": [country(one.country, language) for party in parties for one in party.transfers or ()],
        "13.2.a": [words for rule in rules for words in (rule.covers, rule.trigger or rule.criteria)],
        "13.2.c": [basis.withdrawal for basis in activity.bases if basis.withdrawal],
        "13.2.e": [activity.necessity and activity.necessity.consequence],
        "13.2.f": [one.decision for one in activity.automated_decisions or ()],
        "14.1.d": [register.categories[use.category].name for use in activity.data],
        "14.2.f": [source.who for source in activity.indirect],
    }
    return said(found[item], language)


def said(values: list[object], language: str) -> list[str]:
    """Return values as a page says them; of prose, its first words without marks."""
    texts = [
        re.split(r"[*_\[\]\n]", value[language])[0] if isinstance(value, Prose) else value[language]
        for value in values
        if isinstance(value, Translated)
    ]
    return [squeezed(text) for text in [*texts, *(value for value in values if isinstance(value, str))]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_link_leads_to_where_the_item_is_stated(site: Path, language: str) -> None:
    """The anchor exists on the statement, and the facts that the item asks for stand under it, with its article."""
    register = published()
    by_name = {squeezed(activity.name[language]): activity for activity in register.ours}
    statement = file_of(site, outlines_of(register)["statement"].path, language)
    for item, name, file, anchor in links(site, language):
        where = part(file, anchor)
        assert file == statement
        assert where is not None, f"{item} links to #{anchor}, which is not there"
        assert f"article {item}" in where.comments
        expected = words(item, by_name.get(name), register, language)
        assert [text for text in expected if text not in where.text] == [], (item, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_item_has_a_link_or_says_why_not(site: Path, language: str) -> None:
    """Every item of the law has a heading, and under it links for each activity of which it is true, or a sentence."""
    found = list(links(site, language))
    for item in notice_items():
        file = file_of(site, "coverage", language)
        where = part(file, f"item-{item.replace('.', '-')}")
        assert where is not None
        linked = [name for of, name, _, _ in found if of == item]
        assert linked or len(where.text.split()) > 12, where.text
    always = [name for item, name, _, _ in found if item == "13.1.c"]
    assert sorted(always) == sorted(squeezed(activity.name[language]) for activity in published().ours)


# -- real builds --------------------------------------------------------------------------------------------------


def edit(file: Path, **facts: object) -> None:
    """Change keys of a file of facts; None takes a key out."""
    tree = yaml.load(file.read_text("utf-8"), yaml.BaseLoader) if file.exists() else {}
    tree = {key: value for key, value in {**tree, **facts}.items() if value is not None}
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")


def without_a_block(project: Path) -> tuple[str, str]:
    kept = [name for name in outlines_of(published())["statement"].blocks if name != "complaint"]
    (project / "data/documents").mkdir(exist_ok=True)
    edit(project / "data/documents/statement.yml", blocks=kept)
    return "data/documents/statement.yml", "coverage/hole"


def without_a_fact(project: Path) -> tuple[str, str]:
    edit(project / "data/activities/newsletter.yml", necessity=None)
    return "data/activities/newsletter.yml", "necessity/missing"


def without_a_block_by_hand(project: Path) -> tuple[str, str]:
    kept = [name for name in outlines_of(published())["statement"].blocks if name != "rights"]
    text = "# Hos os\n\n" + "\n\n".join(f"<!-- klartekst:{name} -->" for name in kept) + "\n"
    (project / "content/privacy.da.md").write_text(text, "utf-8")
    return "content/privacy.da.md", "coverage/hole"


@pytest.mark.parametrize("take_out", [without_a_block, without_a_fact, without_a_block_by_hand])
def test_a_strict_build_fails_on_a_hole_and_a_plain_one_shows_it(project: Path, take_out: object) -> None:
    """Strictly nothing is written, and the finding names the file; plainly it is a draft whose map shows the hole."""
    assert callable(take_out)
    file, rule = take_out(project)
    strict = mkdocs("build", "--strict", cwd=project)
    assert strict.returncode == 1
    assert not (project / "site").exists()
    assert found(strict, file, rule)
    plain = mkdocs("build", cwd=project)
    assert plain.returncode == 0, plain.stderr
    assert found(plain, file, rule)
    assert "kt-draft" in file_of(project / "site", "privacy", "da").read_text("utf-8")


def found(result: subprocess.CompletedProcess[str], file: str, rule: str) -> list[str]:
    """Return the lines that report a rule at a file."""
    return re.findall(rf"{re.escape(file)}:\d+:\d+ {rule}: .+", result.stderr)
