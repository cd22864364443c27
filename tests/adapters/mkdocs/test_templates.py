"""The compiled templates of the theme: reused by the next language, and never where they could say something else."""

from collections.abc import Callable

import jinja2
import pytest

from klartekst.adapters.mkdocs.templates import CompiledTemplates

Filter = Callable[[str], str]


def _environment(compiled: CompiledTemplates, source: str, spoken: Filter) -> jinja2.Environment:
    """Return a new environment, as the host makes one for each language."""
    environment = jinja2.Environment(loader=jinja2.DictLoader({"page.html": source}), bytecode_cache=compiled)
    environment.filters["spoken"] = spoken
    return environment


def test_the_next_language_compiles_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that one environment has compiled is not compiled by the next."""
    compiled = CompiledTemplates()
    assert _environment(compiled, "Hej", str.upper).get_template("page.html").render() == "Hej"

    def compile_again(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(jinja2.Environment, "compile", compile_again)
    assert _environment(compiled, "Hej", str.upper).get_template("page.html").render() == "Hej"


def test_a_template_that_was_edited_is_compiled_again() -> None:
    """While serving, an edited override shows at once."""
    compiled = CompiledTemplates()
    assert _environment(compiled, "before", str.upper).get_template("page.html").render() == "before"
    assert _environment(compiled, "after", str.upper).get_template("page.html").render() == "after"


def test_a_filter_of_another_language_is_applied_again() -> None:
    """The compiler applies a filter to a constant, so what one language's filter made is not shown in the next."""
    compiled = CompiledTemplates()
    source = '{{ "Velkommen" | spoken }}'
    assert _environment(compiled, source, str.upper).get_template("page.html").render() == "VELKOMMEN"
    assert _environment(compiled, source, str.lower).get_template("page.html").render() == "velkommen"
