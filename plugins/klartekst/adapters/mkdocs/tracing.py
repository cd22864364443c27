"""The map from each sentence of the site to its facts and the law, as a file beside the pages."""

import json
from dataclasses import asdict
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from klartekst.documents import sentences

FILE = "klartekst-trace.json"


class TraceMap:
    """What was noted of each page, by its address relative to the site."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pages: dict[str, list[dict[str, object]]] = {}

    def note(self, address: str, html: str) -> None:
        """Remember the sentences of a page."""
        found = sentences(html)
        if found:
            self._pages[address] = [asdict(sentence) for sentence in found]

    def write(self, config: MkDocsConfig) -> None:
        """Write the map into the site."""
        pages = dict(sorted(self._pages.items()))
        text = json.dumps({"pages": pages}, ensure_ascii=False, separators=(",", ":"))
        (Path(config.site_dir) / FILE).write_text(text, encoding="utf-8")
