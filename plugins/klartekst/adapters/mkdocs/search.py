"""One search index per language, since the host writes all languages into one and drops some of their sections."""

import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from klartekst.adapters.mkdocs.languages import Languages

# The search engine has one Norwegian and calls it `no`.
_ENGINE_CODES = {"nb": "no", "nn": "no"}


class SearchIndexes:
    """The entries of each language, noted while it is built and written when all are."""

    def __init__(self) -> None:
        """Begin with none."""
        self.entries: dict[str, list[dict[str, Any]]] = {}

    def note(self, config: MkDocsConfig, languages: Languages, language: str) -> None:
        """Remember the entries of the language that has just been built, as seen from its own root."""
        plugin: Any = config.plugins.get("material/search")
        if plugin is None or not plugin.config.enabled:
            return
        root = languages.root(language)
        self.entries[language] = [
            {**entry, "location": entry["location"].removeprefix(root)} for entry in plugin.search_index.entries
        ]

    def write(self, config: MkDocsConfig, languages: Languages) -> None:
        """Write the index of each language below its root."""
        plugin: Any = config.plugins.get("material/search")
        for language, entries in self.entries.items():
            settings = {key: plugin.config[key] for key in ("separator", "pipeline", "fields")}
            index = {"config": {"lang": [_ENGINE_CODES.get(language, language)], **settings}, "docs": entries}
            target = Path(config.site_dir) / languages.root(language) / "search" / "search_index.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(index, separators=(",", ":"), ensure_ascii=False, default=str)
            target.write_text(text, encoding="utf-8")
