"""Text of saved web pages. Runs in the child process only."""

import re

from lxml import etree, html

from prytany.files.encodings import Undecodable, decode
from prytany.files.extraction.normalise import normalise

_BLANKS = re.compile(r"\s+")
_SKIPPED = {"script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "select", "textarea"}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol"),
    *("p", "pre", "section", "table", "tbody", "thead", "tfoot", "tr", "ul"),
}


def read(path: str) -> list[str]:
    """Return the visible text of a page, a line a block; ValueError with a problem code where there is none to read."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = decode(data).text
    except Undecodable:
        text = None
    try:
        # Text that was decoded is given as UTF-8, so that a false `meta charset` in the page changes nothing.
        parser = html.HTMLParser(encoding="utf-8" if text is not None else None, huge_tree=False, no_network=True)
        root = html.document_fromstring(text.encode() if text is not None else data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("broken") from error
    parts: list[str] = []
    _walk(root, parts)
    return [normalise("".join(parts))]


def _walk(root: etree._Element, parts: list[str]) -> None:
    """Collect text in document order without recursion: hostile pages nest thousands deep."""
    stack: list[tuple[etree._Element, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            if node.tag in _BLOCKS:
                parts.append("\n")
            parts.append(_flat(node.tail))
            continue
        if not isinstance(node.tag, str) or node.tag in _SKIPPED or _hidden(node):
            parts.append(_flat(node.tail))
            continue
        if node.tag in _BLOCKS or node.tag == "br":
            parts.append("\n")
        elif node.tag in {"td", "th"}:
            parts.append("\t")
        parts.append((node.text or "") if node.tag == "pre" else _flat(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _flat(text: str | None) -> str:
    """Return `text` with each run of blanks, line ends included, as one space: what a browser shows."""
    return _BLANKS.sub(" ", text) if text else ""


def _hidden(node: etree._Element) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or node.get("aria-hidden") == "true" or "display:none" in style
