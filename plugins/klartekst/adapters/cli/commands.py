"""The commands of `klartekst`."""

import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from klartekst.check import RULES, check
from klartekst.load import load, nearest
from klartekst.model import Finding, is_broken
from klartekst.model.schema import schemas

_DATA = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="klartekst")
def main() -> None:
    """Privacy documents in plain words, from facts written once.

    The site itself is built by MkDocs: mkdocs build, mkdocs serve.

    Example: klartekst check data
    """


@main.command("check")
@click.argument("data_dir", type=_DATA, default="data")
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
def check_command(data_dir: Path, strict: bool) -> None:
    """Check the facts in DATA_DIR (default: data), and print one line for each thing to mend.

    Exit status: 0 nothing to mend, 1 something to mend, 2 nothing could be read.

    Example: klartekst check data
    """
    loaded = load(data_dir)
    findings = [*loaded.findings, *(check(loaded.register) if loaded.register else ())]
    _print(findings)
    if not loaded.files_read:
        raise SystemExit(2)
    raise SystemExit(int(is_broken(findings) or (strict and bool(findings))))


@main.command("schema")
@click.argument("data_dir", type=_DATA, default="data")
def schema_command(data_dir: Path) -> None:
    """Write a JSON Schema for each kind of file into DATA_DIR/.schema, so that an editor completes and checks.

    A file points at its schema in its first line: # yaml-language-server: $schema=.schema/roles.json

    Example: klartekst schema data
    """
    if not data_dir.is_dir():
        click.echo(f"{data_dir}: there is no such folder. Name the folder that holds organisation.yml", err=True)
        raise SystemExit(2)
    folder = data_dir / ".schema"
    try:
        _write_schemas(folder)
    except OSError as error:
        click.echo(f"{folder.as_posix()}: cannot be written: {error.strerror}", err=True)
        raise SystemExit(2) from error


def _write_schemas(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{folder.as_posix()}/{name}.json")


@main.command("rules")
@click.argument("rule_id", required=False)
def rules_command(rule_id: str | None) -> None:
    """List the rules that check applies, or explain the one called RULE_ID.

    Example: klartekst rules retention/missing
    """
    if rule_id is None:
        for rule in RULES.values():
            click.echo(f"{rule.id} ({rule.severity}): {rule.explanation.splitlines()[0]}")
    elif rule_id in RULES:
        click.echo(f"{rule_id} ({RULES[rule_id].severity})\n\n{RULES[rule_id].explanation}")
    else:
        click.echo(
            f'There is no rule "{rule_id}".{nearest(rule_id, RULES) or " klartekst rules lists them."}', err=True
        )
        raise SystemExit(2)


def _print(findings: Iterable[Finding]) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a pipe that cannot show æ must not hide the finding
    for finding in sorted(set(findings)):
        click.echo(str(finding))
