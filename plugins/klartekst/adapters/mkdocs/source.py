"""The Markdown that the host is given for a page that nobody wrote."""

import json
from collections.abc import Iterable
from html import escape

from klartekst.documents import Document, HandWritten, outlines
from klartekst.model import Finding, Register
from klartekst.phrases import languages, phrases


def with_front_matter(document: Document, register: Register | None) -> str:
    """Return a default page with its title and description, and with its traces where a Register is given.

    The host prints both into HTML as they are, so they are escaped here; JSON strings are YAML strings.
    """
    text = document.traced(register) if register else document.markdown
    return _page(document.title, document.description, text)


def findings_page(findings: Iterable[Finding], language: str) -> str:
    """Return the page that stands in for every page while the facts cannot be published: what is wrong, and where."""
    heading = phrases(language if language in languages() else "en")("site/draft-errors")
    items = "\n".join(f"<li><code>{escape(str(finding))}</code></li>" for finding in findings)
    return _page(heading, heading, f'# {heading}\n\n<ol class="kt-findings" lang="en">\n{items}\n</ol>\n')


def paths_without(written: Iterable[HandWritten], language: str) -> list[str]:
    """Return the paths of the default pages that nobody wrote in a language."""
    taken = {page.path for page in written if page.language == language}
    return [outline.path for outline in outlines().values() if outline.path not in taken]


def _page(title: str, description: str, markdown: str) -> str:
    # YAML reads no character outside the BMP, such as an emoji, as the two halves that JSON would write.
    head = {"title": escape(title), "description": escape(description)}
    lines = (f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in head.items())
    return "\n".join(["---", *lines, "---", "", markdown])
