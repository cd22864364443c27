"""The command line: parse, call, print, exit code."""

from klartekst.adapters.cli.commands import main

__all__ = ["main"]
