"""Empty tables to fill, made from the taxonomy: CSV, a spreadsheet that explains itself, JSON.

Names of columns end in their permanent name, as in ``Titre [title]``, so that a table made today is
understood when titles are reworded. The same taxonomy and language give the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from registry.account.fields import NO_COUNTRY
from registry.account.types import Answer
from registry.intake.bulk import names, workbooks
from registry.intake.bulk.columns import AUDIENCE, Column, Form, offered
from registry.intake.bulk.csv_writing import TEXT, to_csv
from registry.intake.bulk.headers import shown
from registry.intake.bulk.limits import ROWS_MAX
from registry.intake.bulk.table import Format
from taxonomy import Taxonomy

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

EPOCH = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""When the spreadsheet says that it was made; the library wants no zone."""
MESSAGE_MAX = 255
"""Characters that a spreadsheet shows beside a cell."""
WIDTHS = {Form.TEXT: 40, Form.NAMES: 26, Form.LINKS: 30, Form.CODES: 24, Form.TOLD: 30}
EXAMPLES: tuple[dict[str, Any], ...] = (
    {
        "reference": "2026-014",
        "title": "Chatbot gave twice the safe dose",
        "language": "en",
        "text": "A patient asked a clinic's chatbot about a blood tablet. It named twice the safe dose.",
        "happened": {"from": "2026-03"},
        "countries": ["KE"],
        "place": {"district": "Turkana"},
        "classification": {
            "kind": ["kind/incident"],
            "failure": ["failure/unsafe-advice"],
            "harm": ["harm/injury"],
            "severity": ["severity/serious"],
            "sector": ["sector/health"],
            "system": ["system/chatbot"],
        },
        "response": {"contained": {"answer": "after", "hours": 3}},
    },
    {
        "reference": "2026-015",
        "title": "Score cut families off from aid",
        "language": "en",
        "text": "A person has to say more about this: it can only be kept as a draft.",
    },
)
"""One account that can be sent, and one that a person has to complete."""


@cache
def template(taxonomy: Taxonomy, form: Format, language: str) -> bytes:
    """The empty table in a language."""
    if form is Format.CSV:
        return to_csv([_header(taxonomy, language)], "," if language == "en" else ";")
    if form is Format.JSONL:
        return "".join(json.dumps(example) + "\n" for example in EXAMPLES).encode("utf-8")
    return _spreadsheet(taxonomy, language)


def headed(column: str, taxonomy: Taxonomy, language: str) -> str:
    """How the name of a column is written."""
    return f"{shown(column, taxonomy, language)} [{column}]"


def _header(taxonomy: Taxonomy, language: str) -> list[str]:
    return [headed(column.name, taxonomy, language) for column in offered(taxonomy)]


def _spreadsheet(taxonomy: Taxonomy, language: str) -> bytes:
    out, said = io.BytesIO(), names.words(language)["template"]
    with workbooks.started(out, formulas=False) as book:
        book.set_properties({"created": EPOCH, "title": said["reports"]})
        reports, codes = book.add_worksheet(said["reports"]), book.add_worksheet(said["codes"])
        lists = _explain(book, codes, taxonomy, language)
        _to_fill(book, reports, taxonomy, language, lists)
        for sheet in (reports, codes):
            sheet.freeze_panes(1, 0)
            if language == "ar":
                sheet.right_to_left()
    return out.getvalue()


def _explain(book: Workbook, sheet: Worksheet, taxonomy: Taxonomy, language: str) -> dict[str, str]:
    """Write every column and code with its words; gives column → the range of its labels."""
    said, bold = names.words(language)["template"], book.add_format({"bold": True, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    heads = [said[key] for key in ("column", "name", "code", "label", "meaning")]
    sheet.write_row(0, 0, heads, bold)
    for place, width in enumerate((18, 30, 32, 40, 80)):
        sheet.set_column(place, place, width, wrap)
    row, lists = 1, dict[str, str]()
    for column in offered(taxonomy):
        told = [
            column.name,
            shown(column.name, taxonomy, language),
            "",
            "",
            help_of(column, taxonomy, language),
        ]
        sheet.write_row(row, 0, told, bold)
        first = row = row + 1
        for code, label, means in _choices(column, taxonomy, language):
            sheet.write_row(row, 0, [column.name, "", code, label, means])
            row += 1
        if row > first:
            lists[column.name] = f"='{said['codes']}'!$D${first + 1}:$D${row}"
    sheet.autofilter(0, 0, row - 1, len(heads) - 1)
    return lists


def help_of(column: Column, taxonomy: Taxonomy, language: str) -> str:
    """How a column is filled, whether it is needed, and whether it takes several answers."""
    said = names.words(language)["template"]
    asked = taxonomy.ask(column.facet, language) if column.facet else names.advice(column.name, language)
    several = column.facet and taxonomy.facets[column.facet].cardinality != "one"
    more = [said["needed"]] * column.needed + [said["several"]] * bool(several)
    return f"{asked} ({', '.join(more)})" if more else asked


def _choices(column: Column, taxonomy: Taxonomy, language: str) -> Iterable[tuple[str, str, str]]:
    """Code, label and meaning of each answer that a column offers."""
    facet = AUDIENCE if column.form is Form.TOLD else column.facet
    if facet:
        for value in taxonomy.choices(facet):
            yield (
                value.code,
                taxonomy.label(value.code, language),
                taxonomy.definition(value.code, language),
            )
    elif column.form in (Form.INTERVAL, Form.BEGAN, Form.COUNTRIES):
        kind = "intervals" if column.form is Form.INTERVAL else "places"
        codes = [a.value for a in Answer if a is not Answer.AFTER] if kind == "intervals" else NO_COUNTRY
        for code in codes:
            yield code, str(names.words(language)[kind][code][0]), ""


def _to_fill(
    book: Workbook, sheet: Worksheet, taxonomy: Taxonomy, language: str, lists: dict[str, str]
) -> None:
    # Cells are texts: a spreadsheet would make the first of March of 2026-03.
    plain = book.add_format({"num_format": TEXT, "valign": "top", "text_wrap": True})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "num_format": TEXT})
    need = book.add_format(
        {"bold": True, "text_wrap": True, "bottom": 1, "num_format": TEXT, "bg_color": "#DDEBF7"}
    )
    sheet.set_row(0, 45)
    for place, column in enumerate(offered(taxonomy)):
        sheet.set_column(place, place, WIDTHS.get(column.form, 18), plain)
        title = headed(column.name, taxonomy, language)
        sheet.write_string(0, place, title, need if column.needed else head)
        validation = {"input_message": help_of(column, taxonomy, language)[:MESSAGE_MAX]}
        one = column.facet and taxonomy.facets[column.facet].cardinality == "one"
        offers = lists.get(column.name)
        rule = {"validate": "list", "source": offers} if offers else {"validate": "any"}
        # Where several answers, hours, dates or countries may stand, the list helps and refuses nothing.
        sheet.data_validation(1, place, ROWS_MAX, place, rule | validation | {"show_error": bool(one)})
