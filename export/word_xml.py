"""Elements of WordprocessingML (ECMA-376 part 1) and how they become bytes. Knows no report."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

Element = ElementTree.Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}


def element(name: str, /, *content: Element | str, **attributes: str | int) -> Element:
    """Make an element: ``element("w:sz", val=32)``. Attributes of w: elements are in that namespace too.

    Strings in ``content`` are its literal text; an attribute of another namespace is set afterwards.
    """
    prefix = "w:" if name.startswith("w:") else ""
    made = Element(name, {prefix + key: str(value) for key, value in attributes.items()})
    for part in content:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def with_attribute(made: Element, name: str, value: str) -> Element:
    """Set one attribute by its full name and return the element."""
    made.set(name, value)
    return made


def run(text: str, *properties: Element) -> Element:
    """Make a run of literal text; marks shared by both scripts take the Chinese face."""
    hint = element("w:rFonts", hint="eastAsia")
    return element("w:r", element("w:rPr", hint, *properties), *_texts(text))


def _texts(text: str) -> Iterator[Element]:
    """Yield the text piece by piece: tabs are elements of their own."""
    for number, piece in enumerate(text.split("\t")):
        if number:
            yield element("w:tab")
        if piece:
            yield with_attribute(element("w:t", piece), "xml:space", "preserve")


def serialise(root: Element) -> bytes:
    """Return a part of the package; the namespaces are declared on its root."""
    for prefix, uri in NAMESPACES.items():
        root.set(f"xmlns:{prefix}", uri)
    return (_DECLARATION + ElementTree.tostring(root, encoding="unicode")).encode("utf-8")


_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
