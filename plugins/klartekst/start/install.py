"""Where this Klartekst was installed from, so that a new site can say how to install it again."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any


def installed_from() -> str | None:
    """Return what `pip install` takes to install the same again, or None where nobody noted it (PEP 610)."""
    try:
        noted = distribution("klartekst").read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    return _requirement(json.loads(noted)) if noted else None


def _requirement(noted: dict[str, Any]) -> str:
    """Return the address of an archive or folder, or that of a repository with the commit that was installed."""
    url, repository = str(noted["url"]), noted.get("vcs_info")
    return f"{repository['vcs']}+{url}@{repository['commit_id']}" if repository else url
