"""Accounts of every kind, and files as programs write them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from registry.account import Account, check
from registry.account.types import MILESTONES, NARRATIVES, PARTIES, TOLD_STATES
from registry.errors import CommonsError
from registry.intake.bulk import reading
from registry.intake.bulk.checking import Terms, checked
from registry.intake.bulk.columns import LATER
from registry.intake.bulk.report import Report
from registry.intake.bulk.table import Table
from taxonomy import load

TAXONOMY = load()
TODAY = date(2026, 11, 24)
TEXTS = tuple(name for name in NARRATIVES if name != LATER)
"""Texts of a response that a file of new reports holds."""

TRICKY = st.sampled_from(
    [
        "=1+1",
        "'=x",
        "''@x",
        "-3",
        "+a",
        "@b",
        '"q"',
        "a; b",
        ";",
        "a؛b",
        "[x",
        '["a"]',
        " lead",
        "end ",
        "'",
        "a,b",
    ]
)
LINE = st.one_of(
    TRICKY,
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=20),
).filter(str.strip)
"""One line that says something, as a spreadsheet can hold it."""
STORY = st.one_of(LINE, st.lists(LINE, min_size=2, max_size=3).map("\n".join))
DATES = st.sampled_from(["1990", "2024-02", "2024-02-29"])
INTERVAL = st.one_of(
    st.integers(0, 1000).map(lambda hours: {"answer": "after", "hours": hours}),
    st.sampled_from([{"answer": answer} for answer in ("not-yet", "unknown", "withheld")]),
)


def codes(facet: str) -> SearchStrategy[list[str]]:
    """Answers of one facet that may stand together."""
    values = TAXONOMY.facets[facet].values.values()
    most = 1 if TAXONOMY.facets[facet].cardinality == "one" else 3
    together = [value.code for value in values if not value.exclusive and not value.deprecated]
    alone = [[value.code] for value in values if value.exclusive and not value.deprecated]
    several = st.lists(st.sampled_from(together), unique=True, min_size=1, max_size=most)
    return st.one_of(several, st.sampled_from(alone)) if alone else several


def told() -> SearchStrategy[list[dict[str, str]]]:
    """Audiences with their states."""
    audiences = [value.code for value in TAXONOMY.choices("audience") if not value.exclusive]
    pairs = st.dictionaries(st.sampled_from(audiences), st.sampled_from(TOLD_STATES), min_size=1, max_size=3)
    return pairs.map(lambda found: [{"audience": a, "state": s} for a, s in found.items()])


def accounts() -> SearchStrategy[Account]:
    """Accounts that fill any of all fields."""
    names = st.lists(LINE, min_size=1, max_size=3)
    facets = {name: codes(name) for name in TAXONOMY.facets if name != "audience"}
    links = st.sampled_from(["https://example.org/a;b", "http://x.org/?q=1,2", "https://a.org/ü"])
    response = dict.fromkeys(MILESTONES, INTERVAL) | dict.fromkeys(TEXTS, STORY) | {"told": told()}
    raw = st.fixed_dictionaries(
        {"language": st.sampled_from(["en", "ar", "pt-BR", "zh-Hant"])},
        optional={
            "title": LINE,
            "text": STORY,
            "happened": st.fixed_dictionaries({"from": DATES | st.sampled_from(["unknown", "withheld"])}),
            "countries": st.one_of(
                st.lists(st.sampled_from(["KE", "NO", "FR"]), min_size=1, max_size=2, unique=True),
                st.sampled_from([["unknown"], ["withheld"]]),
            ),
            "place": st.fixed_dictionaries({}, optional=dict.fromkeys(("district", "exact"), LINE)),
            "entities": st.fixed_dictionaries({}, optional=dict.fromkeys(PARTIES, names)),
            "classification": st.fixed_dictionaries({}, optional=facets),
            "response": st.fixed_dictionaries({}, optional=response),
            "links": st.lists(links, min_size=1, max_size=3, unique=True),
        },
    )
    good = raw.filter(lambda one: len(one) > 1 and not check(one, TAXONOMY, TODAY, complete=False))
    return good.map(Account.from_json).filter(lambda one: one != Account(language=one.language))


def as_csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    """A spreadsheet whose cells are what they are in Python; texts are texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet("Reports"), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif cell != "":
                    sheet.write(number, place, cell)
    return out.getvalue()


def as_jsonl(values: Iterable[Mapping[str, Any]]) -> bytes:
    """A file of JSON objects, one a line."""
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def as_form(fields: Mapping[str, str], raw: bytes, name: str = "a.csv") -> tuple[bytes, str]:
    """A form with a file in it as a browser sends it (RFC 7578), and its content type."""
    mark = "0f3a" * 8
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()
    ]
    parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    body = "".join(parts).encode() + raw + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"


def as_zip(parts: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file of these parts, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def read(raw: bytes) -> Table:
    """The table in a file."""
    return reading.read(raw, TAXONOMY)


def told_of(raw: bytes, language: str = "en", scanned: int | None = 0) -> Report:
    """What is said of a file; personal details are not looked for unless asked."""
    return checked(read(raw), TAXONOMY, Terms(language, TODAY, scanned))


def refusal(raw: bytes) -> CommonsError:
    """The error with which a whole file is refused."""
    try:
        told_of(raw)
    except CommonsError as error:
        return error
    raise AssertionError("it was not refused")
