"""The command `klartekst` itself; the modules beside this one add their commands to it."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="klartekst")
def main() -> None:
    """Privacy documents in plain words, from facts written once.

    The site itself is built by MkDocs: mkdocs build, mkdocs serve.

    Example: klartekst check data
    """
