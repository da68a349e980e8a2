"""Elements of HTML and how they become text: texts are text nodes, so nothing typed is ever markup."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

Element = ElementTree.Element

_INSIDE_LINES = frozenset({"br", "col", "wbr"})
"""Elements after which the source goes on in the same line."""


def tag(name: str, attributes: Mapping[str, str], *content: Element | str) -> Element:
    """Make an element with literal texts and other elements in it."""
    made = Element(name, dict(attributes))
    for part in content:
        if not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    if name not in _INSIDE_LINES:
        made.tail = "\n"
    return made


def to_text(root: Element) -> str:
    """Return an element as HTML source, every text escaped once."""
    return ElementTree.tostring(root, encoding="unicode", method="html")
