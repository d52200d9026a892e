"""Beginning spreadsheets. Their library is loaded with the first: it is 2 MB of every process."""

from __future__ import annotations

from io import BytesIO
from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


def started(out: BytesIO, *, formulas: bool = True) -> Workbook:
    """A workbook that is written into ``out`` when it is closed; texts may be taken for formulas or not."""
    kind: type[Workbook] = resolve_name("xlsxwriter.workbook:Workbook")
    return kind(out, {"in_memory": True, "strings_to_formulas": formulas})
