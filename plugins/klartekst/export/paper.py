"""The HTML of a page as it goes on paper: nothing hidden, nothing to click that leads nowhere, tables with widths.

Word and PDF are both made from it, so that they say the same.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from klartekst.export.boxes import as_signs
from klartekst.export.columns import set_widths

_DROPPED = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "audio", "video", "canvas",
    "form", "input", "button", "select", "textarea", "link", "meta", "base", "title",
)  # fmt: skip
_DROPPED_CLASSES = ("headerlink", "kt-downloads")
_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "kt-lead": "Lead",
        "kt-summary": "Summary",
        "kt-note": "Note",
        "admonition": "Note",
        "kt-card": "Note",
        "kt-box": "Box",
        "kt-emergency": "Box",
        "kt-answer": "Note",
        "kt-draft": "Draft",
        "kt-missing": "Missing",
    }
)
"""What a class looks like on paper: a style of the Word file, and a function of the template of the PDF."""
_ATTRIBUTES = {"href", "id", "class", "colspan", "rowspan", "scope", "start", "type", "lang"}
_ANCHORED = {"h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "span"}
"""What keeps an id on its way through pandoc; every other element gets a span for it."""
_WHOLE = {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"}
"""What holds no words itself, only elements that do."""
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_SPEAKING = ("mailto", "tel")


@dataclass(frozen=True)
class Paper:
    """A page ready for paper."""

    html: str
    """Its body, without a script, a comment, or a link that leads nowhere."""
    title: str
    """The words of its first heading."""


def on_paper(page: str, address: str | None = None) -> Paper:
    """Return the HTML of a page as it goes on paper.

    Args:
        page: the HTML of its content.
        address: where the page stands on the web, for its links to other pages; without it, their words stay.
    """
    root = html.fragment_fromstring(_UNPRINTABLE.sub("", page), create_parent="div")
    as_signs(root)
    _clear(root)
    _close_ranks(root)
    _open_details(root)
    _even_levels(root)
    _tidy_ids(root)
    for link in [*root.iter("a")]:
        _lead(link, address)
    for element in [*root.iter()]:
        _dress(element)
    for table in [*root.iter("table")]:
        set_widths(table)
        _keep_form(table)
    first = next(root.iter("h1", "h2"), None)
    return Paper(_inner(root), "" if first is None else words_of(first))


def words_of(element: html.HtmlElement) -> str:
    """Return the words of an element on one line."""
    return " ".join(str(element.text_content()).split())


def without_links_elsewhere(paper: str) -> str:
    """Return the page with plain words instead of links to other hosts; addresses of mail and telephones stay."""
    root = html.fragment_fromstring(paper, create_parent="div")
    for link in [*root.iter("a")]:
        if not link.get("href", "").startswith(("#", *(f"{scheme}:" for scheme in _SPEAKING))):
            link.drop_tag()
    return _inner(root)


def _clear(root: html.HtmlElement) -> None:
    """Take out what is not there to be read; a picture leaves what it shows in words."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for element in [*root.iter(*_DROPPED), *_with_class(root, _DROPPED_CLASSES)]:
        if element.getparent() is not None:
            element.drop_tree()
    for picture in [*root.iter("img")]:
        picture.text = picture.get("alt", "")
        picture.tag = "span"


def _with_class(root: html.HtmlElement, names: tuple[str, ...]) -> Iterator[html.HtmlElement]:
    for element in [*root.iter()]:
        if set(element.get("class", "").split()) & {*names}:
            yield element


def _close_ranks(root: html.HtmlElement) -> None:
    """Take out paragraphs that held only where a fact comes from, and those that are all there is of an item."""
    for paragraph in [*root.iter("p")]:
        if not len(paragraph) and not words_of(paragraph):
            paragraph.drop_tree()
    for item in [*root.iter("li", "dd")]:
        if [child.tag for child in item] == ["p"] and words_of(item) == words_of(item[0]) and not item[0].attrib:
            item[0].tail = None
            item[0].drop_tag()


def _open_details(root: html.HtmlElement) -> None:
    """Show what a reader of the page opens: the line to click is a bold one, and all of it stands below."""
    for summary in [*root.iter("summary")]:
        summary.tag = "p"
        _wrap_words(summary, "strong")
    for details in [*root.iter("details")]:
        details.tag = "div"


def _wrap_words(element: html.HtmlElement, tag: str) -> None:
    inner = html.Element(tag)
    inner.text, element.text = element.text, None
    inner.extend([*element])
    element.append(inner)


def _even_levels(root: html.HtmlElement) -> None:
    """Let headings begin with the first level and leave none out: else whoever listens takes a part for missing."""
    above = 0
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        above = min(int(heading.tag[1]), above + 1)
        heading.tag = f"h{above}"


def _tidy_ids(root: html.HtmlElement) -> None:
    """Give each id to one element that keeps it, and take out those that occur again."""
    seen: set[str] = set()
    for element in [*root.iter()]:
        id = element.attrib.pop("id", element.attrib.pop("name", ""))
        if not id or id in seen:
            continue
        seen.add(id)
        holder = _holder(element)
        if element.tag in _ANCHORED:
            element.set("id", id)
        elif holder is not None:
            anchor = html.Element("span", {"id": id})
            anchor.tail, holder.text = holder.text, None
            holder.insert(0, anchor)


def _holder(element: html.HtmlElement) -> html.HtmlElement | None:
    """Return the element that can hold an anchor in place of this one."""
    while element is not None and element.tag in _WHOLE:
        element = next(iter(element), None)
    return element


def _lead(link: html.HtmlElement, address: str | None) -> None:
    """Let a link lead to a place that there is, or be words."""
    href = link.get("href", "").strip()
    link.attrib.pop("title", None)
    if href.startswith("#"):
        is_known = bool(href[1:]) and bool(link.getroottree().xpath("//*[@id=$id]", id=href[1:]))
        target = href if is_known else ""
    else:
        target = _reachable(href, address)
    if target:
        link.set("href", target)
    else:
        link.drop_tag()


def _reachable(href: str, address: str | None) -> str:
    """Return the address that a link to somewhere else has outside of its page, or nothing."""
    try:
        scheme = urlsplit(href).scheme
        target = href if scheme else urljoin(address, href) if address and href else ""
    except ValueError:
        return ""
    return target if urlsplit(target).scheme in {"http", "https", *_SPEAKING} else ""


def _dress(element: html.HtmlElement) -> None:
    """Name the style of an element, and leave only attributes that paper knows."""
    classes = element.get("class", "").split()
    style = next((_STYLES[name] for name in classes if name in _STYLES), None)
    if element.tag == "strong" and style:
        element.tag = "span"
    if element.tag == "p" and style:
        element.tag = "div"
        _wrap_words(element, "p")
    if element.tag == "th" and element.get("scope") == "row":
        _wrap_words(element, "strong")
    for name in set(element.attrib) - _ATTRIBUTES:
        del element.attrib[name]
    if element.tag != "span":
        element.attrib.pop("lang", None)  # pandoc would put the change of language into a heading's line
    if style:
        element.set("data-custom-style", style)


def _keep_form(table: html.HtmlElement) -> None:
    """Mark a table with cells that somebody fills in by hand, and the words before it: they stand on one page."""
    if all(words_of(cell) for cell in table.iter("td")):
        return
    parent = table.getparent()
    outer = parent if len(parent) == 1 and parent.getparent() is not None else table
    before = outer.getprevious()
    whole = html.Element("div", {"class": "kt-whole"})
    outer.addprevious(whole)
    whole.extend([outer] if before is None or before.tag != "p" else [before, outer])


def _inner(root: html.HtmlElement) -> str:
    text = html.tostring(root, encoding="unicode", method="html")
    return str(text[text.index(">") + 1 : text.rindex("</")])
