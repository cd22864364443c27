"""A fact goes one way: the import contract holds, and bites when somebody breaks it."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.conftest import ROOT

PACKAGE = "plugins/klartekst"

# What somebody imports, and in which file.
AGAINST_THE_LAYERS: Mapping[str, tuple[str, str]] = {
    "model knows load": ("model/codes.py", "klartekst.load"),
    "load knows check": ("load/packaged.py", "klartekst.check"),
    "law knows blocks": ("law/derive.py", "klartekst.blocks"),
    "law knows its sibling": ("law/derive.py", "klartekst.phrases"),
    "check knows its sibling": ("check/rule.py", "klartekst.blocks"),
    "blocks know documents": ("blocks/block.py", "klartekst.documents"),
    "blocks know their sibling": ("blocks/governance.py", "klartekst.check"),
    "phrases know their sibling": ("phrases/formats.py", "klartekst.law"),
    "documents know exports": ("documents/coverage.py", "klartekst.export"),
    "exports know their sibling": ("export/content.py", "klartekst.start"),
    "exports know the command line": ("export/fragment.py", "klartekst.adapters.cli"),
    "a new site knows the host": ("start/files.py", "klartekst.adapters.mkdocs"),
    "documents know the host": ("documents/site.py", "klartekst.adapters.mkdocs"),
    "the site knows the command line": ("adapters/mkdocs/search.py", "klartekst.adapters.cli"),
}
BANNED = {
    "the host": ("blocks/block.py", "import mkdocs", "mkdocs"),
    "the host's parts": ("documents/site.py", "from mkdocs.structure.files import File", "mkdocs"),
    "the command line": ("check/rule.py", "import click", "click"),
    "the terminal": ("law/dated.py", "import rich", "rich"),
    "the template engine": ("documents/document.py", "import jinja2", "jinja2"),
    "the host's command line in a new site": ("start/install.py", "import click", "click"),
    "the template engine of exports": ("export/content.py", "import jinja2", "jinja2"),
    "YAML of a new site": ("start/yamltext.py", "import yaml", "yaml"),
    "YAML": ("phrases/catalogue.py", "import yaml", "yaml"),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package and its settings that a test may break."""
    shutil.copytree(ROOT / PACKAGE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def add(line: str, file: Path) -> None:
    """Add an import below the docstring of a module."""
    text = file.read_text("utf-8")
    end = text.index('"""', 3) + 3
    file.write_text(f"{text[:end]}\n\n{line}  # noqa: F401\n{text[end:]}", "utf-8")


def tool(name: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / name), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(folder / "plugins"), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, check=False)


def test_the_contract_holds(package: Path) -> None:
    """As it stands, the package keeps its layers."""
    result = tool("lint-imports", "--no-cache", folder=package)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


def test_each_part_has_its_layer() -> None:
    """No part of the package is outside the contract, and the contract names none that may be missing and is there."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    named = [part.strip() for layer in contract["layers"] for part in layer.split("|")]
    parts = {f"klartekst.{folder.parent.name}" for folder in (ROOT / PACKAGE).glob("*/__init__.py")}
    assert {part for part in named if not part.startswith("(")} == parts


@pytest.mark.parametrize("breach", AGAINST_THE_LAYERS)
def test_an_import_against_the_layers_is_seen(package: Path, breach: str) -> None:
    """A lower layer that imports a higher one, or a sibling, breaks the contract by name."""
    file, imported = AGAINST_THE_LAYERS[breach]
    add(f"import {imported}", package / PACKAGE / file)
    result = tool("lint-imports", "--no-cache", folder=package)
    importer = f"klartekst.{file.removesuffix('.py').replace('/', '.')}"
    assert result.returncode == 1
    assert f"- {importer} -> {imported} (" in result.stdout


@pytest.mark.parametrize("what", BANNED)
def test_a_library_is_known_in_one_place_only(package: Path, what: str) -> None:
    """What only one part may know is refused in every other."""
    file, line, library = BANNED[what]
    add(line, package / PACKAGE / file)
    result = tool("ruff", "check", "--select", "TID251", "--no-cache", "--output-format", "concise", folder=package)
    assert result.returncode == 1
    assert [found.split(":")[0] for found in result.stdout.splitlines() if "TID251" in found] == [f"{PACKAGE}/{file}"]
    assert f"`{library}" in result.stdout


def test_libraries_are_known_where_they_belong(package: Path) -> None:
    """As it stands, no part knows a library that is another's."""
    result = tool("ruff", "check", "--select", "TID251", "--no-cache", folder=package)
    assert result.returncode == 0, result.stdout


HOME: Mapping[str, tuple[str, ...]] = {
    "click": ("adapters/cli/",),
    "jinja2": ("blocks/renderer.py", "adapters/mkdocs/"),  # the host's theme is made of such templates, too
    "mkdocs": ("adapters/mkdocs/",),
    "rich": ("adapters/cli/",),
    "yaml": ("load/",),
}
"""Where alone a library may be imported. Ruff exempts these places from all of its bans, so each is looked at here."""


@pytest.mark.parametrize("library", HOME)
def test_a_library_is_imported_at_home_only(library: str) -> None:
    """No file outside its place imports it, those included in which ruff looks at no ban."""
    files = {file.relative_to(ROOT / PACKAGE).as_posix(): file for file in (ROOT / PACKAGE).rglob("*.py")}
    strangers = [
        name for name, file in files.items() if library in libraries_of(file) and not name.startswith(HOME[library])
    ]
    assert strangers == []


def libraries_of(file: Path) -> set[str]:
    """Return the names of the packages that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found
