"""The command line: parse, call, print, exit code."""

from klartekst.adapters.cli import commands, export, new, phrases
from klartekst.adapters.cli.group import main

__all__ = ["commands", "export", "main", "new", "phrases"]
