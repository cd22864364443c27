"""The commands that look at the facts: check, schema, rules."""

import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from klartekst.adapters.cli.group import main
from klartekst.check import RULES
from klartekst.documents import examine_all
from klartekst.load import nearest
from klartekst.model import Finding, is_broken, missing
from klartekst.model.schema import schemas

_DATA = click.Path(path_type=Path)


@main.command("check")
@click.argument("data_dir", type=_DATA, default="data")
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
def check_command(data_dir: Path, strict: bool) -> None:
    """Check the facts in DATA_DIR (default: data), and print one line for each thing to mend.

    Exit status: 0 nothing to mend, 1 something to mend, 2 nothing could be read.

    Example: klartekst check data
    """
    examined = examine_all(data_dir)
    _print(examined.findings)
    if not examined.files_read:
        raise SystemExit(2)
    warned = strict and any(finding.severity == "warning" for finding in examined.findings)
    raise SystemExit(int(bool(is_broken(examined.findings) or missing(examined.findings) or warned)))


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
