"""The shape of every problem response (RFC 9457)."""

from __future__ import annotations

from marshmallow import fields, validate

from api.problems import ERRORS_MAX
from api.schemas.base import Strict, short

POLICIES_MAX = 3


class ProblemEntry(Strict):
    """One thing wrong: where (JSON pointer, RFC 6901) and what."""

    pointer = short(400)
    detail = short(2_000)


class Problem(Strict):
    """What went wrong.

    ``reason``, ``removed`` and ``successor`` come with 410 only; ``violated-policies``, names of the
    limits that were reached, with 429 only (draft-ietf-httpapi-ratelimit-headers-11, section 5).
    """

    type = short(120)
    title = short(200)
    status = fields.Integer(required=True, validate=validate.Range(400, 599))
    detail = short(2_000)
    errors = fields.List(fields.Nested(ProblemEntry), validate=validate.Length(max=ERRORS_MAX + 1))
    reason = short(400, nullable=True, required=False)
    removed = short(10, nullable=True, required=False)
    successor = short(120, nullable=True, required=False)
    violated_policies = fields.List(
        short(60), data_key="violated-policies", validate=validate.Length(max=POLICIES_MAX)
    )
