"""Files of reports: what is asked with one, and what is told of it."""

from __future__ import annotations

from marshmallow import fields, validate

from api.paths import KEY_PATTERN
from api.schemas.base import Strict, flag, listed, short
from api.schemas.submissions import STATES
from api.schemas.vocabulary import LanguageQuery
from registry.account import TITLE_MAX
from registry.intake.bulk.headers import Use
from registry.intake.bulk.limits import COLUMNS_MAX, HEADER_MAX, ROWS_MAX, TOLD_MAX
from registry.intake.bulk.report import Fate
from registry.intake.bulk.table import Format
from registry.privacy import Kind

FINDINGS_MAX = 10_000
SENTENCE_MAX = 2_000
POINTER_MAX = 400


def _count() -> fields.Integer:
    return fields.Integer(required=True, validate=validate.Range(min=0))


class BulkQuery(LanguageQuery):
    """What should be done with a file; nothing is stored unless ``store`` says so."""

    store = flag()
    wanted = fields.String(data_key="as", load_default="draft", validate=validate.OneOf(["draft", "submit"]))
    only_good = fields.String(
        data_key="only-good-rows", load_default="false", validate=validate.OneOf(["true", "false"])
    )


class BulkFile(Strict):
    """How the file was read. ``encoding`` and ``delimiter`` are of texts, ``sheet`` is of spreadsheets."""

    format = fields.String(required=True, validate=validate.OneOf([form.value for form in Format]))
    encoding = short(40, nullable=True)
    delimiter = short(1, nullable=True)
    sheet = short(200, nullable=True)
    notes = listed(short(SENTENCE_MAX), 10)


class BulkColumn(Strict):
    """A column of the file: what becomes of it, our field (if it is one), and why if it is not kept."""

    header = short(HEADER_MAX)
    use = fields.String(required=True, validate=validate.OneOf([use.value for use in Use]))
    field = short(60, nullable=True)
    detail = short(SENTENCE_MAX, nullable=True)


class BulkCounts(Strict):
    """How many rows there are of each fate."""

    rows = _count()
    complete = _count()
    incomplete = _count()
    wrong = _count()
    known = _count()
    stored = _count()
    unscanned = _count()


class BulkSentence(Strict):
    """A sentence on a row: the column of the file, our field, and where it stands in the account."""

    column = short(HEADER_MAX)
    field = short(60)
    pointer = short(POINTER_MAX)
    detail = short(SENTENCE_MAX)


class BulkPersonal(Strict):
    """A personal detail that seems to stand in a row: what kind, where, and whether its form alone tells."""

    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in Kind]))
    certain = fields.Boolean(required=True)
    field = short(60)
    pointer = short(POINTER_MAX)


class BulkRow(Strict):
    """A row, by the number under which the person sees it.

    ``id`` and ``state`` are of the report that it is here; ``receipt`` comes with what was stored just now,
    ``changed`` is true where it was stored before and said something else then.
    """

    row = fields.Integer(required=True, validate=validate.Range(min=1))
    fate = fields.String(required=True, validate=validate.OneOf([fate.value for fate in Fate]))
    title = short(TITLE_MAX)
    errors = listed(fields.Nested(BulkSentence), TOLD_MAX)
    missing = listed(fields.Nested(BulkSentence), 60)
    notes = listed(fields.Nested(BulkSentence), TOLD_MAX)
    personal = listed(fields.Nested(BulkPersonal), FINDINGS_MAX)
    id = fields.String(required=True, allow_none=True, metadata={"pattern": f"^{KEY_PATTERN}$"})
    state = fields.String(required=True, allow_none=True, validate=validate.OneOf([*STATES, None]))
    receipt = fields.String(required=True, allow_none=True, metadata={"pattern": "^[0-9]{4}( [0-9]{4}){3}$"})
    changed = fields.Boolean(required=True)


class BulkReport(Strict):
    """What was found in a file, and what became of it."""

    stored = fields.Boolean(required=True)
    file = fields.Nested(BulkFile, required=True)
    columns = listed(fields.Nested(BulkColumn), COLUMNS_MAX + 1)
    counts = fields.Nested(BulkCounts, required=True)
    personal = fields.Dict(
        keys=fields.String(validate=validate.OneOf([kind.value for kind in Kind])),
        values=fields.Integer(validate=validate.Range(min=1)),
        required=True,
    )
    rows = listed(fields.Nested(BulkRow), ROWS_MAX)
