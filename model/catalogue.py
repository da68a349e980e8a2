"""Load an edition of the official form from TOML. Strict: what it does not understand it refuses.

Unknown keys, rows, columns, groups and sections (naming the nearest that exists), two totals for one
cell, totals in a circle, duplicate ids and codes all raise :class:`model.errors.FormError`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache

import resources
from model.catalogue_checks import Known, read_checks, read_rules, read_suggestions
from model.catalogue_tables import read_tables
from model.catalogue_totals import read_totals
from model.errors import FormError
from model.forms import COVER, Form, Section, Table, Total
from model.grid import is_whole, lay_out
from model.toml_reader import Reader


def form_ids() -> tuple[str, ...]:
    """Return the editions the program has, in the order of their ids."""
    return resources.names("forms", ".toml")


@cache
def load_form(id: str) -> Form:  # noqa: A002 - ids are what forms are addressed by
    """Return an edition by id; raise FormError for a file that is not understood, KeyError for no file."""
    if id not in form_ids():
        raise KeyError(id)
    return parse_form(resources.path("forms", f"{id}.toml").read_text(encoding="utf-8"), f"{id}.toml")


def form_for_year(year: int) -> Form:
    """Return the edition in force for the reports of a year; the oldest one for a year before them all."""
    forms = sorted((load_form(id_) for id_ in form_ids()), key=lambda form: form.first_year)
    return next((form for form in reversed(forms) if form.first_year <= year), forms[0])


def parse_form(text: str, source: str) -> Form:
    """Build a form from TOML text; ``source`` names it in messages. Raise FormError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        raise FormError(source, "TOML", str(failure)) from failure
    reader = Reader(data, source, "")
    id_ = reader.wording("id")
    if f"{id_}.toml" != source:
        reader.refuse(f"“id”的值“{id_}”与文件名不同")
    levels = reader.texts("levels")
    sections = _read_sections(reader)
    tables = read_tables(reader, sections)
    totals = read_totals(reader, tables)
    checks = read_checks(reader, tables, totals)
    form = Form(
        id=id_,
        name=reader.wording("name"),
        basis=reader.wording("basis"),
        first_year=reader.positive("first_year"),
        title=reader.wording("title"),
        levels=levels,
        sections=sections,
        tables=_lay_out(reader, tables, totals),
        totals=totals,
        suggestions=read_suggestions(reader, tables),
        checks=checks,
        rules=read_rules(reader, Known(tables, sections, levels, {check.family for check in checks})),
    )
    reader.finish()
    reader.require_unique((check.code for check in form.checks + form.rules), "审核规则")
    return form


def _lay_out(reader: Reader, tables: Sequence[Table], totals: Sequence[Total]) -> tuple[Table, ...]:
    computed = {total.cell for total in totals}
    laid_out = tuple(lay_out(table, computed) for table in tables)
    for table in laid_out:
        if not is_whole(table):
            reader.refuse(
                f"表“{table.id}”的行名、列名和数字没有正好排满：请看组的层数、label_columns 和 corner"
            )
    return laid_out


def _read_sections(reader: Reader) -> tuple[Section, ...]:
    sections = tuple(_read_section(part) for part in reader.tables("section"))
    reader.require_unique((COVER, *(section.id for section in sections)), "章节")
    return sections


def _read_section(reader: Reader) -> Section:
    section = Section(
        id=reader.id(),
        heading=reader.text("heading", ""),
        short=reader.wording("short"),
        help=reader.text("help", ""),
        basis=reader.text("basis", ""),
        table=reader.text("table") if reader.has("table") else None,
        variants=reader.texts("variants", ()),
    )
    reader.finish()
    return section
