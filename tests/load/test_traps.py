"""The traps of YAML, of files and of words, each a located finding and none an exception."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.check.patches import copy_of_base

from klartekst.check import check
from klartekst.documents import compose
from klartekst.load import Loaded, load, read_tree
from klartekst.load.tree import MAXIMUM_BYTES
from klartekst.model import Place


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The small organisation that has no findings."""
    return copy_of_base(tmp_path / "data")


def lines(loaded: Loaded) -> list[str]:
    """Return the findings of a load, and of the rules where they could run."""
    found = check(loaded.register) if loaded.register else ()
    return [str(finding) for finding in sorted({*loaded.findings, *found})]


# -- YAML ----------------------------------------------------------------------------------------------------------

KEPT = {
    "a country that YAML 1.1 takes for false": ("country: NO", {"country": "NO"}),
    "a language that YAML 1.1 takes for false": ("no: Nei", {"no": "Nei"}),
    "a time that YAML 1.1 takes for 750": ("time: 12:30", {"time": "12:30"}),
    "a postcode with a leading zero": ("postcode: 0150", {"postcode": "0150"}),
    "an octal-looking number": ("number: 0o17", {"number": "0o17"}),
    "a date": ("updated: 2026-11-22", {"updated": "2026-11-22"}),
    "a number with an exponent": ("id: 1e3", {"id": "1e3"}),
    "words for truth": ("a: yes\nb: off\nc: True", {"a": "yes", "b": "off", "c": "True"}),
    "markup of a terminal": ("name: '[/b][red]x'", {"name": "[/b][red]x"}),
    "a byte order mark": ("\ufeffname: x", {"name": "x"}),
    "Windows line ends": ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    "a comma in quotes": ('{da: "Booking, journal", nb: x}', {"da": "Booking, journal", "nb": "x"}),
}


@pytest.mark.parametrize("name", KEPT)
def test_plain_text_stays_what_was_written(name: str) -> None:
    """A value that YAML 1.1 would turn into something else is read as it stands."""
    text, value = KEPT[name]
    tree = read_tree(text.encode(), "x.yml")
    assert (tree.value, tree.findings) == (value, [])


LAUGHS = "a0: &a0 ha\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
QUOTED = '["]",' * 200_000

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "a comma in a flow map": ("{da: Booking, journal og samtykke, nb: x}", '1:15 yaml/comma: nothing stands behind "j'),
    "a comma at the end of a flow map": ("x: {da: Booking, journal}", "1:18 yaml/comma: nothing stands behind"),
    "a key twice": ("name: x\nplace: y\nname: z", '3:1 yaml/duplicate: "name" stands here twice; the first is in line'),
    "an alias": ("a: &x 1\nb: *x", "2:4 yaml/alias: a text that starts with * is an alias"),
    "an alias of nothing": ("a: *x", "1:4 yaml/alias: a text that starts with * is an alias"),
    "an alias as a key": ("&x a: 1\n*x : 2", "2:1 yaml/alias: a text that starts with * is an alias"),
    "an alias bomb": (LAUGHS, "2:10 yaml/alias: a text that starts with * is an alias"),
    "an alias of itself": ("a: &x [*x]", "1:8 yaml/alias: a text that starts with * is an alias"),
    "a merge": ("a: &x {b: c}\nd:\n  <<: *x", "3:7 yaml/alias: a text that starts with * is an alias"),
    "a tag of Python": ("a: !!python/object/apply:os.system [x]", "1:4 yaml/tag: the tag !!python/object/apply:os.sys"),
    "a tag of its own": ("a: !secret x", "1:4 yaml/tag: the tag !secret has no meaning here. Delete it"),
    "a tag on a key": ("!secret a: x", "1:1 yaml/tag: the tag !secret has no meaning here. Delete it"),
    "a set": ("a: !!set\n  ? b", "1:4 yaml/tag: the tag !!set has no meaning here. Delete it"),
    "lists too deep": ("x: " + "[" * 50 + "]" * 50, "1:43 yaml/unreadable: lists and maps are nested more than 40 d"),
    "maps too deep": ("\n".join(" " * n + "a:" for n in range(60)), "41:41 yaml/unreadable: lists and maps are neste"),
    "lists deep behind brackets in quotes": ("x: " + QUOTED, "yaml/unreadable: "),
    "lists deep behind brackets in a comment": ("#" + "]" * 90_000 + "\nx: " + "[a," * 90_000, "2:121 yaml/unreadable"),
    "a tab": ("a:\n\tb: c", "2:1 yaml/syntax: this is not YAML: a tab stands where only spaces may indent"),
    "a second colon": ("a: b: c", "1:5 yaml/syntax: this is not YAML: a second `: ` in a line"),
    "a quote not closed": (
        'a: b\nc: "d',
        "2:4 yaml/syntax: this is not YAML: a quote that starts here is never closed",
    ),
    "a list not closed": ("a: [b\nc: d", "2:2 yaml/syntax: this is not YAML: a [ is not closed"),
    "a bracket alone": ("[", "1:2 yaml/syntax: this is not YAML: "),
    "a start that YAML keeps": ("a: @b", "1:4 yaml/syntax: this is not YAML: a text cannot start with @ here"),
    "a second document": ("a: 1\n---\nb: 2", "2:1 yaml/syntax: this is not YAML: --- starts a second document"),
    "a list as a key": ("? [a]\n: b", "1:3 yaml/key: a key is one word or id, not a list or map"),
    "Latin-1": (b"a: b\nc: bl\xe5b\xe6r", "2:6 yaml/unreadable: this byte is not UTF-8. Save the file as UTF-8"),
    "UTF-16": ("a: b".encode("utf-16"), "1:1 yaml/unreadable: this byte is not UTF-8. Save the file as UTF-8"),
    "NUL": ("å: x\nb: \0", "2:4 yaml/unreadable: this invisible character (U+0000) may not stand here. Delete it"),
    "a control character": ("å: æøå\x07", "1:7 yaml/unreadable: this invisible character (U+0007) may not stand h"),
    "a line separator": ("a: x\u2028y\nb: c: d", "1:5 yaml/unreadable: this invisible character (U+2028) may not s"),
    "an empty file": ("", "1:1 yaml/empty: the file is empty. Write the facts in it, or delete it"),
    "only a comment": ("# later\n", "1:1 yaml/empty: the file is empty. Write the facts in it, or delete it"),
    "only nothing": ("--- ~\n", "1:1 yaml/empty: the file is empty. Write the facts in it, or delete it"),
    "a huge file": ("a: " + "x" * MAXIMUM_BYTES, "1:1 yaml/unreadable: the file has 1000003 bytes; at most 1000000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_traps_of_yaml_are_located(name: str) -> None:
    """What YAML would misread, or read for ever, is a finding at its line and column."""
    text, expected = REFUSED[name]
    tree = read_tree(text if isinstance(text, bytes) else text.encode(), "x.yml")
    assert [str(finding) for finding in tree.findings if expected in str(finding)], tree.findings
    assert len(tree.findings) == 1 or "alias" in expected


# -- words and codes -------------------------------------------------------------------------------------------------

NEWSLETTER, ORGANISATION = "activities/newsletter.yml", "organisation.yml"
FESTIVAL = "activities/festival.yml"
STATEMENT, SITES = "documents/statement.yml", "sites.yml"
TOPIC_FILE = "guidance/breach.yml"
NAME = (NEWSLETTER, "  da: Nyhedsbrev")

WORDS: dict[str, tuple[str, str, str, str]] = {
    "an escape sequence in a label": (*NAME, r'  da: "Ny\e[31m"', "2:7 shape/value: name.da: .*character 3 is .*U.001"),
    "NUL in a label": (*NAME, r'  da: "Ny\0"', "2:7 shape/value: name.da: .*character 3 is the invisible U.0000"),
    "bidi in a label": (*NAME, r'  da: "Ny\u202E"', "2:7 shape/value: name.da: .*character 3 is the invisible U.202E"),
    "raw bidi in a label": (*NAME, "  da: Ny\u2067x", "2:7 shape/value: name.da: .*character 3 is .* U.2067"),
    "a zero-width space": (*NAME, r'  da: "N\u200By"', "2:7 shape/value: name.da: .*character 2 is .* U.200B"),
    "a label without words": (*NAME, '  da: " "', "2:7 shape/value: name.da: .*the text is empty"),
    "a label of two lines": (*NAME, "  da: |-\n    a\n    b", "2:7 shape/value: name.da: .*a label is one line"),
    "a language nobody has": (*NAME, "  da: x\n  danish: y", '3:3 shape/key: "danish": a language is an ISO 639-1 c'),
    "no as a language": (*NAME, "  da: x\n  no: y", '3:3 language/unknown: "no" is not a language of organisation.yml'),
    "a language that is missing": ("roles.yml", "    nb: leder\n", "", '2:3 language/missing: "name" has no te'),
    "an id in the file": (NEWSLETTER, "name:\n", "id: x\nname:\n", '1:1 shape/id: "id" is not written here'),
    "an element nobody declared": (NEWSLETTER, "- email", "- e-mail", 'reference/unknown: "e-mail" .*mean "email"'),
    "an id twice in a list": (NEWSLETTER, "id: proof", "id: news", 'reference/twice: "news" stands in this list twice'),
    "an id twice further in": (FESTIVAL, "- union", "- union\n    - union", '11:7 reference/twice: "union" stands in'),
    "an id that is none": ("roles.yml", "chair:", "Data Officer:", 'shape/id: "Data Officer": an id is lower-case'),
    "an empty list": (NEWSLETTER, "  - letters\n", "  []\n", "shape/value: systems: an empty list stands where"),
    "almost true": (ORGANISATION, "internal: The", "internal: Yes #", "shape/value: internal: .*write true or false"),
    "nothing": (ORGANISATION, "  phone: +45 70 00 00 00\n", "  phone:\n", "shape/nothing: nothing stands here"),
    "a wrong check digit": (ORGANISATION, "12345674", "12345675", "registration.number: .*this is no dk-cvr number"),
    "an e-mail address": (ORGANISATION, "post@bakkekoret", "post@@bakkekoret", "contact.email: .*this is no e-mail"),
    "a phone number": (ORGANISATION, "+45 70 00 00 00", "70 00 00 00", r"contact.phone: .*starts with \+ and the"),
    "too short a phone number": (ORGANISATION, "+45 70 00 00 00", "+45 70", "contact.phone: .*too many or too few"),
    "a web address": (ORGANISATION, "https://www", "www", "website: .*an address on the web starts with https://"),
    "a web address that runs": (ORGANISATION, "https://www", "javascript:", "website: .*starts with https://"),
    "a broken web address": (ORGANISATION, "https://www", '"https://[" #', "website: .*starts with https://"),
    "a date of another order": (ORGANISATION, "2026-11-22", "22.11.2026", "updated: .*a date is written year-month"),
    "a day that is not": (ORGANISATION, "2026-11-22", "2026-02-30", "updated: .*a date is written year-month-day"),
    "a country by name": (ORGANISATION, "country: DK", "country: Danmark", "country: .*a country is an ISO 3166-1 c"),
    "a country that is not": (ORGANISATION, "country: DK", "country: XX", "country: .*a country is an ISO 3166-1 c"),
    "a period in words": ("retention.yml", "P2Y", "2 years", "period: .*a period is an ISO 8601 duration"),
    "a period beyond all time": ("retention.yml", "P2Y", "P20000Y", "period: .*a period is an ISO 8601 duration"),
    "a period of nothing": ("retention.yml", "P2Y", "P0D", "period: .*a period is an ISO 8601 duration"),
    "a period in other digits": ("retention.yml", "P2Y", "P٢Y", "period: .*a period is an ISO 8601 duration"),
    "a period with a line end": ("retention.yml", "P2Y", r'"P2Y\n"', "period: .*a period is an ISO 8601 duration"),
    "a choice of one": (ORGANISATION, "klartekst: 1", "klartekst: 2", 'klartekst: "2" is not valid here. Write 1'),
    "a choice of several": (NEWSLETTER, "capacity: controller", "capacity: boss", 'capacity: "boss" is not one of co'),
    "a time on a device in words": (SITES, "lasts: P1Y", "lasts: a year", "lasts: .*write session, or how long"),
    "a path with an ending": (STATEMENT, 'version: "1"', "path: Privat.md", "path: .*a path is small letters, digits,"),
    "a list at the top": (ORGANISATION, "klartekst: 1", "- klartekst: 1\n#", "yaml/syntax"),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_bad_words_and_codes_are_located(name: str, data: Path, matches: Callable[[str, list[str]], bool]) -> None:
    """A value that is no such code, or a text that hides something, is a finding in its file."""
    file, old, new, expected = WORDS[name]
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = lines(load(data, "data"))
    assert matches(f"data/{file}:.*{expected}", found), found


@pytest.fixture
def matches() -> Callable[[str, list[str]], bool]:
    """Whether a pattern fits the start of one of the lines."""
    return lambda pattern, found: any(re.match(pattern, line) for line in found)


TOPIC = """
order: 1
title: {da: Brud, nb: Brudd}
what: {da: En liste er væk., nb: En liste er borte.}
questions:
  whose:
    text: {da: Hvis er den?, nb: Hvem eier den?}
    answers: {choir: {da: Korets, nb: Korets}, own: {da: Din, nb: Din}}
answers:
  - role: chair
    answer: depends
    because: {da: Ja., nb: Ja.}
    cases:
      - when: {whose: [own]}
        answer: "yes"
        because: {da: Den er din., nb: Den er din.}
        duties:
          - actions: [{da: Find den., nb: Finn den.}]
            deadline: PT72H
"""
"""One answer with one case with one duty with one action: lists that must not be empty inside each other."""

ALONE: dict[str, tuple[str, str, str, str]] = {
    "a system": (NEWSLETTER, "- letters", "- The Letters", 'systems.0: "The Letters": an id is lower-case'),
    "a role with access": (NEWSLETTER, "  - chair", "  - [chair]", "access.0: a list stands where one text is"),
    "a system that is nothing": (NEWSLETTER, "- letters", "-", "nothing stands here. Write the value, or delete"),
    "a country": ("parties/hall.yml", "- DK", "- Danmark", 'locations.0: "Danmark": a country is an ISO 3166-1 c'),
    "a matter": ("agreements/school.yml", "- breach", "- breech", 'matters.0: "breech" is not one of .*"breach"?'),
    "a partner": (FESTIVAL, "- union", "- Union", 'joint.with.0: "Union": an id is lower-case'),
    "an answer": (TOPIC_FILE, "answer: depends", "answer: perhaps", 'answers.0.answer: "perhaps" is not one of no,'),
    "a key of a duty": (TOPIC_FILE, "deadline:", "deadlines:", '"deadlines" is not a key here. Did you mean "deadl'),
    "a deadline beyond all time": (TOPIC_FILE, "PT72H", "PT72000H", "duties.0.deadline: .*how long is an ISO"),
    "a deadline of a duty": (TOPIC_FILE, "PT72H", "72 hours", 'duties.0.deadline: "72 hours": how long is an ISO'),
    "an action": (TOPIC_FILE, "[{da: Find den., nb: Finn den.}]", "[Find]", 'actions.0: "Find" stands where a map of'),
    "a case for no answer": (TOPIC_FILE, "[own]", "[]", "when.whose: an empty list stands where at least one item is"),
    "no answer at all": (TOPIC_FILE, TOPIC[TOPIC.index("\n  - role") :], " []", "answers: an empty list stands where"),
    "one answer to a question": (TOPIC_FILE, "choir: {da: Korets, nb: Korets}, ", "", "where at least 2 items are"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_one_error_in_a_list_is_one_finding(name: str, data: Path) -> None:
    """What is wrong with the only item of a list is said once: nothing says that there is no item."""
    file, old, new, expected = ALONE[name]
    (data / "guidance").mkdir()
    (data / TOPIC_FILE).write_text(TOPIC, encoding="utf-8")
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    (found,) = map(str, load(data, "data").findings)
    assert found.startswith(f"data/{file}:")
    assert re.search(expected, found), found


UNSAFE = [
    "<b>fed</b>", "<script>x</script>", "< script>x", "</div>", "<!-- x -->", "<?php x", "<IMG src=x>",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x]( javascript:x )", "[x](<javascript:x>)",
    "[x](javascript&#58;x)", "[x](javascript&colon;x)", "[x](&#106;avascript:x)", "[x](&Tab;javascript:x)",
    "[x](java&NewLine;script:x)", "[x](java\\script:x)", "[x](%6Aavascript:x)", "[x](data:text/html,x)",
    "[x](DATA:text/html;base64,eA==)", "[x](vbscript:x)", "[x](file:///etc/passwd)", "[x](//evil.example)",
    "[x](/privacy/)", "[x](https:)", "[x]()", "[](https://firm.example)", "[x](https://firm.example/a b)",
    "[a [b](javascript&#58;x)](https://firm.example)", "![x](javascript:x)", "[x](mailto:)", "[x](tel:javascript:x)",
]  # fmt: skip


@pytest.mark.parametrize("words", UNSAFE)
def test_tags_and_unsafe_links_are_located(words: str, data: Path) -> None:
    """A tag, a link that could run something, or one that cannot work, is an error at its text."""
    file = data / NEWSLETTER
    text = file.read_text(encoding="utf-8").replace("Vi måler ikke", "PLACE", 1)
    line = text[: text.index("PLACE")].count("\n") + 1
    start, end = text.index("  da: PLACE"), text.index("\n", text.index("PLACE"))
    file.write_text(f"{text[:start]}  da: '{words}'{text[end:]}", encoding="utf-8")
    found = lines(load(data, "data"))
    assert [one.startswith(f"data/{NEWSLETTER}:{line}:7 shape/value: advice.da: ") for one in found] == [True], found


HARMLESS = [
    "a < 3 & b > 2",
    "snake_case *stars* `code` [x](y) {: #id } <b> &lt; # ~ | \\ :::",
    "[/b] {{ jinja }} {% x %}",
]


@pytest.mark.parametrize("words", HARMLESS)
def test_every_visible_character_may_stand_in_a_label(words: str, data: Path) -> None:
    """A label takes markup of any kind as the characters that it is."""
    file = data / NEWSLETTER
    text = file.read_text(encoding="utf-8").replace("  da: Nyhedsbrev\n", f"  da: '{words}'\n", 1)
    file.write_text(text, encoding="utf-8")
    loaded = load(data)
    assert lines(loaded) == []
    assert loaded.register is not None
    assert loaded.register.activities["newsletter"].name["da"] == words


# -- the owner's own wording -------------------------------------------------------------------------------------------

WORDING: dict[str, tuple[str, str]] = {
    "a list for words": (
        "rights:\n  phone:\n    - Ring",
        "2:3 shape/value: a list stands where words are expected. Wr",
    ),
    "a text for all": ("Ring", '1:1 shape/value: "Ring" stands where words are expected. Write `key: words` lines'),
    "a list for all": ("- Ring", "1:1 shape/value: a list stands where words are expected. Write `key: words` lines"),
    "nothing": ("rights:\n  phone:", "2:3 shape/value: nothing stands where words are expected"),
    "no words": ('rights:\n  phone: ""', "2:10 shape/value: phone: the text is empty; write the words"),
    "spaces": ('rights:\n  phone: "  "', "2:10 shape/value: phone: the text is empty; write the words"),
    "two lines": ("rights:\n  phone: |-\n    a\n    b", "2:10 shape/value: phone: a label is one line"),
    "an escape sequence": (r'rights: {phone: "x\e[31m"}', "1:17 shape/value: phone: character 2 is the invisible U.00"),
    "bidi": (r'rights: {phone: "x\u202E"}', "1:17 shape/value: phone: character 2 is the invisible U.202E"),
    "a raw control character": ("rights:\n  phone: x\x07", "2:11 yaml/unreadable: this invisible character .U.0007."),
    "a key twice": ("rights:\n  free: x\n  free: y", '3:3 yaml/duplicate: "free" stands here twice'),
    "a tag": ("rights:\n  free: !secret x", "2:9 yaml/tag: the tag !secret has no meaning here"),
    "an empty file": ("", "1:1 yaml/empty: the file is empty"),
    "a slot that is lost": ("rights:\n  phone: Ring", '2:3 phrase/unknown: "rights/phone" has the slots .phone.'),
    "a slot that there is not": ("rights:\n  free: '{x}'", '2:3 phrase/unknown: "rights/free" has the slots none, and'),
    "a key that there is not": ("rights:\n  phon: x", '2:3 phrase/unknown: there is no phrase "rights/phon"'),
    "a map where words are": ("rights: Rettigheder", '1:1 phrase/unknown: there is no phrase "rights"'),
}


@pytest.mark.parametrize("name", WORDING)
def test_traps_of_own_wording_are_located(name: str, data: Path, matches: Callable[[str, list[str]], bool]) -> None:
    """Words that are none, that hide something or that replace nothing are one finding, at their place."""
    text, expected = WORDING[name]
    (data / "phrases/da.yml").write_text(text, encoding="utf-8")
    found = lines(load(data, "data"))
    assert matches(f"data/phrases/da.yml:{expected}", found), found
    assert len(found) == 1


PHRASE_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "another ending": (
        lambda d: (d / "phrases/da.yaml").touch(),
        "/phrases/da.yaml:1:1 load/unknown-file: .*phrases/<l",
    ),
    "a folder in it": (lambda d: (d / "phrases/da").mkdir(), "/phrases/da:1:1 load/unknown-file: "),
    "a folder called da.yml": (
        lambda d: _replace(d / "phrases/da.yml", Path.mkdir),
        "/phrases/da.yml:1:1 load/unknown-",
    ),
    "a file called phrases": (lambda d: _file_for_folder(d, "phrases"), '/phrases:1:1 load/unknown-file: .*"phrases/"'),
    "another name": (
        lambda d: (d / "phrases").rename(d / "phrase"),
        '/phrase:1:1 load/unknown-file: .*mean "phrases/"?',
    ),
    "a language by its name": (
        lambda d: (d / "phrases/da.yml").rename(d / "phrases/dansk.yml"),
        '/phrases/dansk.yml:1:1 phrase/unknown: there are no phrases in "dansk"',
    ),
    "a broken link": (lambda d: (d / "phrases/nb.yml").symlink_to("nowhere"), "/phrases/nb.yml:1:1 load/unreadable: "),
}


@pytest.mark.parametrize("name", PHRASE_FILES)
def test_traps_of_files_of_own_wording_are_located(
    name: str, data: Path, matches: Callable[[str, list[str]], bool]
) -> None:
    """A file of wording that is not where or what it should be is a finding."""
    spoil, expected = PHRASE_FILES[name]
    spoil(data)
    found = lines(load(data, "data"))
    assert matches(f"data{expected}", found), found


def test_own_wording_is_read_by_language_and_key(data: Path) -> None:
    """Words stand in the Register by the keys of their maps, and a note beside them is left alone."""
    (data / "phrases/nb.yml").write_text("rights:\n  short:\n    text: ' Ring '\nhome/x: y\n", encoding="utf-8")
    (data / "phrases/README.md").write_text("How we word things")
    loaded = load(data, "data")
    assert loaded.findings == ()
    assert loaded.register
    assert loaded.register.phrases["nb"] == {"rights/short/text": "Ring", "home/x": "y"}
    assert loaded.register.place(("phrases", "nb", "rights/short/text")) == Place("data/phrases/nb.yml", 3, 5)


# -- files and folders -----------------------------------------------------------------------------------------------


def _replace(file: Path, make: Callable[[Path], object]) -> None:
    file.unlink()
    make(file)


def _written(file: str, text: str) -> Callable[[Path], object]:
    return lambda data: (data / file).write_text(text)


def _file_for_folder(data: Path, name: str = "parties") -> None:
    shutil.rmtree(data / name)
    (data / name).touch()


def _loop(file: Path) -> None:
    file.symlink_to(file.name)


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "an unknown file": (lambda d: (d / "role.yml").touch(), '/role.yml:1:1 load/unknown-file: .*mean "roles.yml"?'),
    "an unknown folder": (lambda d: (d / "partys").mkdir(), '/partys:1:1 load/unknown-file: .*mean "parties/"?'),
    "another ending": (lambda d: (d / "roles.yml").rename(d / "roles.yaml"), '/roles.yaml:1:1 .*mean "roles.yml"?'),
    "another ending in a folder": (lambda d: (d / "parties/x.yaml").touch(), '/parties/x.yaml:1:1 load/unknown-file: '),
    "capitals": (lambda d: (d / "parties/x.YML").touch(), "/parties/x.YML:1:1 load/unknown-file: "),
    "a folder called x.yml": (lambda d: (d / "parties/x.yml").mkdir(), "/parties/x.yml:1:1 load/unknown-file: "),
    "a folder called roles.yml": (lambda d: _replace(d / "roles.yml", Path.mkdir), "/roles.yml:1:1 load/unreadable: "),
    "a folder in a folder": (lambda d: (d / "parties/old").mkdir(), "/parties/old:1:1 load/unknown-file: "),
    "a file called parties": (_file_for_folder, "/parties:1:1 load/unknown-file: .*mean \"parties/\""),
    "a loop of links": (lambda d: _replace(d / "roles.yml", _loop), "/roles.yml:1:1 load/unreadable: .*cannot be read"),
    "a loop in a folder": (lambda d: _loop(d / "parties/x.yml"), "/parties/x.yml:1:1 load/unreadable: .*cannot be re"),
    "a broken link": (lambda d: (d / "parties/x.yml").symlink_to("nowhere"), "/parties/x.yml:1:1 load/unreadable: "),
    "a pipe": (lambda d: _replace(d / "roles.yml", os.mkfifo), "/roles.yml:1:1 load/unreadable: .*this is no file"),
    "a file name that is no id": (_written("parties/A b.yml", "name: x"), "/parties/A b.yml:1:1 shape/id: "),
    "a list in place of a map by id": (_written("roles.yml", "- x"), "/roles.yml:1:1 shape/map: a list stands"),
    "a list in place of a thing": (_written("parties/pigeon.yml", "- x"), "/parties/pigeon.yml:1:1 shape/map: a list"),
    "a text in place of a thing": (_written("organisation.yml", "x"), '/organisation.yml:1:1 shape/map: "x" stands'),
    "no organisation": (lambda d: (d / "organisation.yml").unlink(), ":1:1 load/no-organisation: organisation.yml"),
    "no activity": (lambda d: shutil.rmtree(d / "activities"), ":1:1 load/no-activity: no activity is declared"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_traps_of_files_are_located(name: str, data: Path, matches: Callable[[str, list[str]], bool]) -> None:
    """A file that is not where or what it should be is a finding, and the others are read all the same."""
    spoil, expected = FILES[name]
    spoil(data)
    loaded = load(data, "data")
    assert matches(f"data{expected}", lines(loaded)), lines(loaded)
    assert loaded.files_read >= 10


def test_notes_beside_the_facts_are_left_alone(data: Path) -> None:
    """A file that nobody could take for facts is nobody's business."""
    (data / "README.md").write_text("How we work")
    (data / ".hidden").mkdir()
    assert lines(load(data)) == []


@pytest.mark.parametrize("unreadable", ["parties", "parties/pigeon.yml", "."])
def test_what_may_not_be_read_is_located(unreadable: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder without the right to read it is a finding, also where tests run as root."""
    refused = data / unreadable

    def refuse(path: Path, really: Callable[[Path], object]) -> object:
        if path == refused:
            raise PermissionError(13, "Permission denied")
        return really(path)

    for method in ("read_bytes", "iterdir"):
        really = getattr(Path, method)
        monkeypatch.setattr(Path, method, lambda path, really=really: refuse(path, really))
    shown = "data" if unreadable == "." else f"data/{unreadable}"
    found = lines(load(data, "data"))
    assert [line for line in found if line.startswith(f"{shown}:1:1 load/unreadable: ")], found


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: None], ids=["empty", "a file", "missing"])
def test_a_folder_without_facts_is_located(make: Callable[[Path], object], tmp_path: Path) -> None:
    """Where nothing can be read, one finding says what to do, and no file counts as read."""
    make(tmp_path / "data")
    loaded = load(tmp_path / "data", "data")
    assert [finding.place for finding in loaded.findings] == [Place("data")]
    assert (loaded.register, loaded.files_read) == (None, 0)


# -- the whole -------------------------------------------------------------------------------------------------------


def test_all_problems_of_all_files_come_in_one_run_sorted(data: Path) -> None:
    """Nothing stops the loader: one mistake in each file gives findings in each, by place."""
    files = sorted(data.rglob("*.yml"))
    for number, file in enumerate(files):
        breaks = ["nonsense: 1\n", "x: *y\n", "a: b: c\n"][number % 3]
        file.write_text(file.read_text(encoding="utf-8") + breaks, encoding="utf-8")
    found = load(data, "data").findings
    assert {finding.place.file for finding in found} >= {f"data/{file.relative_to(data).as_posix()}" for file in files}
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize("languages", ["[xx, yy]", "[da, no]", "[]", "[da, da]", "[no]", "[english]"])
def test_languages_that_nobody_knows_are_only_findings(languages: str, data: Path) -> None:
    """Neither the rules nor composing a site raises where the organisation names languages without phrases."""
    file = data / "organisation.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n  - da\n  - nb\n", f" {languages}\n"), encoding="utf-8")
    loaded = load(data, "data")
    composed = compose(data, "data", ["da", "xx", "no"], [], Place("mkdocs.yml"))
    assert lines(loaded)
    assert composed.broken
    assert composed.documents == {}
    assert set(loaded.findings) <= set(composed.findings)
