"""From a sentence on a page back to the facts and the law it comes from: read off the comments in the page's HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

_BLOCKS = {
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
}  # fmt: skip
_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")
_COMMENT = re.compile(r"(fact|article) (\S+)")


@dataclass
class Sentence:
    """A sentence of a page, with where it comes from."""

    anchor: str
    """The id of the heading it stands under, or empty."""
    text: str
    facts: list[str] = field(default_factory=list)
    """`file:line:column` of each fact."""
    articles: list[str] = field(default_factory=list)
    """The provisions of the GDPR that it answers, such as `13.2.a`."""


def sentences(html: str) -> list[Sentence]:
    """Return the sentences of a page that have an origin, in their order.

    Args:
        html: the content of a page, with the comments that `Document.traced` puts into it.
    """
    if "<!-- fact " not in html and "<!-- article " not in html:
        return []  # most pages that somebody wrote; reading them would take as long as rendering them
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return [sentence for sentence in reader.found if sentence.facts or sentence.articles]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Sentence] = []
        self.anchor = ""
        self.group = 0
        self.headed = 0
        self.pieces: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag == "dt" or re.fullmatch("h[1-6]", tag):
            self.group = len(self.found)
        if re.fullmatch("h[1-6]", tag):
            self.anchor = dict(attrs).get("id") or self.anchor

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if re.fullmatch("h[1-6]", tag):
            self.headed = len(self.found)

    def handle_data(self, data: str) -> None:
        self.pieces.append(("text", data))

    def handle_comment(self, data: str) -> None:
        found = _COMMENT.fullmatch(data.strip())
        if found:
            self.pieces.append((found[1], unquote(found[2], errors="surrogateescape")))

    def flush(self) -> None:
        """End the block: split it into sentences, each with the comments inside it.

        Comments in a block without words: a provision is about all that stands under the term or heading, a fact is
        the one of the heading right above.
        """
        for sentence in _split(self.pieces, self.anchor):
            if sentence.text:
                self.found.append(sentence)
                continue
            above = self.found[self.group :]
            for one in above:
                one.articles += [article for article in sentence.articles if article not in one.articles]
            is_right_above = len(above) == 1 or len(self.found) == self.headed
            for one in above if is_right_above else ():
                one.facts += [fact for fact in sentence.facts if fact not in one.facts]
        self.pieces = []


def _split(pieces: list[tuple[str, str]], anchor: str) -> Iterator[Sentence]:
    sentence = Sentence(anchor, "")
    for kind, value in pieces:
        if kind == "text":
            first, *others = _END.split(value)
            # A full stop that ends one piece of text ends its sentence when the next piece begins with a space.
            if re.search(r"[.!?]\s*$", sentence.text) and re.match(r"\s", value) and first.strip():
                yield _tidy(sentence)
                sentence = Sentence(anchor, "")
            sentence.text += first
            for other in others:
                yield _tidy(sentence)
                sentence = Sentence(anchor, other)
        elif kind == "fact" and value not in sentence.facts:
            sentence.facts.append(value)
        elif kind == "article" and value not in sentence.articles:
            sentence.articles.append(value)
    yield _tidy(sentence)


def _tidy(sentence: Sentence) -> Sentence:
    sentence.text = " ".join(sentence.text.split())
    return sentence
