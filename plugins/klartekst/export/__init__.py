"""Documents for other places than a site of Klartekst: a fragment to paste into a page that something else makes."""

from klartekst.export.commonmark import as_markdown
from klartekst.export.content import Host, draft_banner, exported, links_elsewhere
from klartekst.export.fragment import as_html

__all__ = ["Host", "as_html", "as_markdown", "draft_banner", "exported", "links_elsewhere"]
