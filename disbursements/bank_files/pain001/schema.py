"""The official schemas of pain.001, and the check of a written message against them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Final

from lxml import etree

from disbursements.enums import PainVersion

_DATA: Final = Path(__file__).resolve().parents[2] / "data" / "iso20022"


class NotValid(ValueError):
    """A written message doesn't follow the schema; a mistake of this program, never of an officer."""


def namespace_of(version: PainVersion) -> str:
    """The namespace of a version of the message."""
    return f"urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version.value}"


@cache
def schema_of(version: PainVersion) -> etree.XMLSchema:
    """The official schema, read once."""
    return etree.XMLSchema(etree.parse(_DATA / f"pain.001.001.{version.value}.xsd"))


def check_message(source: IO[bytes], version: PainVersion) -> None:
    """Read a message from the beginning and compare it with the schema, an element at a time. NotValid names the first fault."""
    source.seek(0)
    try:
        for element in _elements(source, version):
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as fault:
        raise NotValid(str(fault)) from fault


def _elements(source: IO[bytes], version: PainVersion) -> Iterator[etree._Element]:
    transfers = f"{{{namespace_of(version)}}}CdtTrfTxInf"
    for _event, element in etree.iterparse(
        source,
        events=("end",),
        tag=transfers,
        schema=schema_of(version),
        resolve_entities=False,
        no_network=True,
    ):
        yield element
