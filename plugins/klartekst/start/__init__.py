"""The beginning of somebody's own site: the few facts that are true of nearly everybody, and what a build needs."""

from klartekst.start.answers import Answers, accepted, answers, default_language, parsed
from klartekst.start.files import site_files
from klartekst.start.install import installed_from
from klartekst.start.write import OccupiedError, check_is_free, write_site
from klartekst.start.yamltext import scalar

__all__ = [
    "Answers",
    "OccupiedError",
    "accepted",
    "answers",
    "check_is_free",
    "default_language",
    "installed_from",
    "parsed",
    "scalar",
    "site_files",
    "write_site",
]
