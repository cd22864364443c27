"""Documents that are made once for each of something, and the owner's beside them: none is lost without a word."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tests.blocks.variants import own_document
from tests.conftest import LANGUAGES, ROOT

from klartekst.blocks import BLOCKS
from klartekst.documents import Outline, document, examine, outlines_of, page_in, structured
from klartekst.documents.examine import document_findings
from klartekst.load import load
from klartekst.model import DocumentFacts, Label, Register

CHOIR = Path(__file__).parent / "golden" / "data"
GUIDED = "referring-school, partner-clinic, employee, independent-coach"
"""The roles of the demonstration that have guidance."""


@cache
def original() -> Register:
    """Return what is public in the demonstration data."""
    loaded = load(ROOT / "data").register
    assert loaded
    return loaded.published()


def with_documents(**documents: DocumentFacts) -> Register:
    """Return the demonstration with documents of the owner's own, and no other; `_` stands for a hyphen."""
    return replace(original(), documents=MappingProxyType({id.replace("_", "-"): one for id, one in documents.items()}))


def titled(**others: Any) -> DocumentFacts:
    """Return what an owner declares about a document: its title."""
    return own_document().model_copy(update={"title": label("Titel"), "blocks": None, **others})


def label(text: str) -> Label:
    return Label(dict.fromkeys(LANGUAGES, text))


# -- a document of the owner's is published, or there is a finding ----------------------------------------------------

UNMADE = {
    "answer": "takes nothing of yours",
    "answer-key": "takes nothing of yours",
    "answer-employee": "takes nothing of yours",
    "audience": "takes nothing of yours",
    "audience-clients": "takes nothing of yours",
    "role": f"Name the file role-<id>.yml, for one of them: {GUIDED}",
    "role-bookkeeper": f"for each role that has guidance: {GUIDED}",
    "role-employe": 'Did you mean "employee"?',
    "checklist": f"Name the file checklist-<id>.yml, for one of them: {GUIDED}",
    "checklist-bookkeeper": f"for each role that has guidance: {GUIDED}",
    "topic-erasur": 'Did you mean "erasure"?',
    "agreement": "Name the file agreement-<id>.yml, for one of them: ",
    "agreement-nobody": "for each agreement: ",
}
"""What the finding says, by the name of a file that makes no page."""


@pytest.mark.parametrize("id", UNMADE)
def test_document_that_would_have_no_page_is_found(id: str) -> None:
    """A file named like the documents made for each of something makes no page: the finding says what would."""
    (found,) = document_findings(with_documents(**{id: titled()}))
    assert found.rule == "document/made"
    assert f'"{id}"' in found.message
    assert UNMADE[id] in found.message


def test_finding_says_when_there_is_nothing_to_make_it_for() -> None:
    """Without guidance there is no role to name."""
    register = replace(with_documents(role=titled()), guidance=MappingProxyType({}))
    (found,) = document_findings(register)
    assert "there is none" in found.message


@pytest.mark.parametrize("id", ["role-employee", "checklist-employee", "topic-erasure", "agreement-elmebakken"])
def test_document_of_one_thing_takes_what_the_owner_declares(id: str) -> None:
    """The document of one role, topic or agreement is the owner's to change."""
    register = with_documents(**{id: titled()})
    assert list(document_findings(register)) == []
    assert document.title(outlines_of(register)[id], register, "da") == "Titel"


def test_no_file_of_the_owners_is_lost() -> None:
    """Whatever a file is called, its document is made from it, or there is a finding."""
    for id in (*outlines_of(original()), *UNMADE, "own", "answers", "roles-of-ours", "topic-employee"):
        register = with_documents(**{id: titled()})
        made = outlines_of(register).get(id)
        assert (made is not None and made.facts is not None) or list(document_findings(register)), id


def test_finding_stands_at_the_file(tmp_path: Path) -> None:
    """It leads to the file that has no page."""
    data = Path(shutil.copytree(CHOIR, tmp_path / "data"))
    (data / "documents").mkdir()
    (data / "documents" / "checklist-chair.yml").write_text("version: '1'\n", "utf-8")
    (found,) = examine(data, "data").findings
    assert str(found.place) == "data/documents/checklist-chair.yml:1:1"
    assert found.message.startswith(
        '"checklist-chair" is no document of its own: one is made for each role that has guidance: helper'
    )


# -- a document that has nothing to say does not exist ----------------------------------------------------------------


def without_breaches(register: Register) -> Register:
    """Return facts in which no topic is about Art. 33 or 34."""
    topics = {id: one.model_copy(update={"articles": ("5",)}) for id, one in register.guidance.items()}
    return replace(register, guidance=MappingProxyType(topics))


def test_there_is_no_plan_without_steps_in_a_breach() -> None:
    """The plan exists as long as somebody has something to do in a breach; the other pages of guidance stay."""
    made, others = outlines_of(original()), outlines_of(without_breaches(original()))
    assert set(made) - set(others) == {"breach-plan"}
    assert BLOCKS["breach-plan"](original(), page_in(original(), "da"))


def guidance(register: Register, language: str) -> str:
    return BLOCKS["guidance"](register, page_in(register, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_guidance_leads_to_the_plan_where_there_is_one(language: str) -> None:
    """The page that leads to roles and topics leads to the plan for breaches, by its title, where there is one."""
    title = document.title(outlines_of(original())["breach-plan"], original(), language)
    assert f"[{title}](<breach-plan.md>)" in guidance(original(), language)
    assert "breach-plan" not in guidance(without_breaches(original()), language)
    own = with_documents(breach_plan=titled(path="uheld"))
    assert "[Titel](<uheld.md>)" in guidance(own, language)


# -- what machines are told is what stands on the page ----------------------------------------------------------------


def asked(*blocks: str, language: str = "da") -> list[str]:
    """Return the questions that a document of the owner's, made of blocks, has for machines."""
    facts = own_document(*blocks).model_copy(update={"title": label("Titel"), "description": label("Om det.")})
    register = with_documents(own=facts)
    found = structured(outlines_of(register)["own"], register, language)
    return [str(question["name"]) for question in found["mainEntity"]] if found else []


def test_machines_are_told_what_a_directive_asks_for() -> None:
    """A document of the owner's with the answers of one role has those for machines, and no other role's."""
    topics = len(original().guidance)
    assert len(asked("role")) == 4 * topics
    assert len(asked("role role=employee")) == topics
    assert len(asked("topic topic=erasure")) == 4
    assert len(asked("answer role=employee topic=erasure")) == 1
    assert asked("role role=bookkeeper") == []


@pytest.mark.parametrize("block", ["checklist role=employee", "checklist"])
def test_machines_are_told_the_steps_a_directive_asks_for(block: str) -> None:
    """A checklist has the steps of the role that its directive names; of all where it names none."""
    register = with_documents(own=own_document(block).model_copy(update={"title": label("Titel")}))
    made = outlines_of(register)
    steps = structured(made["own"], register, "en")
    roles = ["employee"] if "=" in block else [role.id for role in register.guided]
    alone = [structured(made[f"checklist-{role}"], register, "en") for role in roles]
    assert steps is not None
    assert steps["step"] == [step for one in alone if one for step in one["step"]]


# -- links to documents -----------------------------------------------------------------------------------------------


def test_titles_of_a_page_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of documents asks for them again and again, and each title is put into words once."""
    worded: list[str] = []
    real = document.title

    def counted(outline: Outline, register: Register, language: str) -> str:
        worded.append(outline.id)
        return real(outline, register, language)

    monkeypatch.setattr(document, "title", counted)
    text = BLOCKS["documents"](original(), page_in(original(), "da"))
    assert "privacy.md" in text
    assert len(worded) == len(set(worded))


def test_list_of_documents_has_the_titles_of_the_owner() -> None:
    """A role's page that the owner gave a title is listed by that, as it is in the navigation."""
    register = with_documents(role_employee=titled())
    assert "[Titel](<guidance/employee.md>)" in BLOCKS["documents"](register, page_in(register, "da"))
    assert "[Titel]" not in BLOCKS["documents"](original(), page_in(original(), "da"))


def test_list_of_documents_has_the_name_of_each_role_with_its_place() -> None:
    """Beside its like, a role's page goes by the name of the role, and the words lead to where that is declared."""
    text = BLOCKS["documents"](original(), page_in(original(), "da"))
    name = original().guided[0].guidance
    assert name
    assert f"[{name.name['da']}" in text
    assert "roles/referring-school/guidance/name/da" in text


# -- what stops no check ----------------------------------------------------------------------------------------------


def test_an_internal_role_that_is_answered_is_a_finding(tmp_path: Path) -> None:
    """The check says that the public answers need the role, and goes on."""
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    roles = data / "roles.yml"
    roles.write_text(roles.read_text("utf-8").replace("\nemployee:\n", "\nemployee:\n  internal: true\n"), "utf-8")
    found = [str(finding) for finding in examine(data).findings]
    assert len([line for line in found if "guidance/" in line and " internal/needed: " in line]) == 12


@pytest.mark.parametrize("folder", ["guidance", "agreements"])
def test_nothing_is_called_as_the_host_calls_a_front_page(folder: str, tmp_path: Path) -> None:
    """A page `index` of something would be taken for the page of its folder; the id is refused at its file."""
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(next((data / folder).glob("*.yml")), data / folder / "index.yml")
    found = [str(finding) for finding in examine(data).findings]
    assert [line for line in found if f"{folder}/index.yml:" in line and 'can be called "index"' in line]
