"""What a search gives."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, Whole, following, listed, short
from api.schemas.records import STATES, TYPES
from api.schemas.vocabulary import LanguageQuery
from registry.account import LIST_MAX
from search.request import HERE, MOST_HITS

TITLE_MAX = 2_000
"""Titles of external records have no limit of ours."""


class Part(Strict):
    """A piece of text and whether it answers the query: nobody has to build or trust markup."""

    text = short(5_000)
    match = fields.Boolean(required=True)


class Found(Strict):
    """A record that was found. ``codes`` are its own, by facet, the main one first.

    Those of the facets in ``read_here`` are this node's, where ``reading=here`` was asked for.
    """

    id = short(120)
    title = short(TITLE_MAX)
    title_parts = listed(fields.Nested(Part), 1_000)
    highlights = listed(fields.List(fields.Nested(Part)), 10)
    type = fields.String(required=True, validate=validate.OneOf(TYPES))
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    language = short(35)
    date = short(10, nullable=True)
    date_end = short(10, nullable=True)
    published = short(10)
    countries = listed(short(10), LIST_MAX)
    regions = listed(short(3), LIST_MAX)
    source = short(80)
    url = short(TITLE_MAX)
    contributor = short(200)
    severity = short(80, nullable=True)
    codes = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    demo = fields.Boolean(required=True)
    score = fields.Float(required=True)
    read_here = listed(short(40), 100)


class Count(Strict):
    """How many of the found records carry a code."""

    code = short(120)
    label = short(200)
    count = fields.Integer(required=True, validate=validate.Range(min=0))


class Results(Strict):
    """A page of results, and what is known of all of them.

    ``suggestion`` is the query with misspelt words put right; ``relaxed`` says that not every word
    was demanded; ``unknown_words`` occur nowhere, ``ignored_words`` were too many.
    ``reading`` is whose codes were filtered by and counted; with ``here`` this node's own, in the
    ``read_otherwise`` records that it reads otherwise than their owners.
    """

    total = fields.Integer(required=True, validate=validate.Range(min=0))
    items = listed(fields.Nested(Found), MOST_HITS)
    facets = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(Count)), required=True)
    next = fields.String(required=True, allow_none=True, validate=validate.Length(max=1_000))
    suggestion = short(400, nullable=True)
    relaxed = fields.Boolean(required=True)
    unknown_words = listed(short(400), 200)
    ignored_words = listed(short(400), 200)
    reading = fields.String(required=True, validate=validate.OneOf(["owner", HERE]))
    read_otherwise = fields.Integer(required=True, validate=validate.Range(min=0))


class SimilarQuery(LanguageQuery):
    """How many similar records to list, and the language of labels."""

    limit = Whole(load_default=5, validate=validate.Range(1, 20))


class Alike(Strict):
    """A record like another one; ``reasons`` are the codes that both carry."""

    id = short(120)
    title = short(TITLE_MAX)
    language = short(35)
    date = short(10, nullable=True)
    reasons = listed(short(120), 200)
    score = fields.Float(required=True)


class Others(Strict):
    """What was done in ``n`` records of the same kind of failure and sector: counts by facet.

    ``filters`` is the search that finds those records.
    """

    n = fields.Integer(required=True, validate=validate.Range(min=0))
    filters = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(Count)), required=True)


class Similar(Strict):
    """Similar records, best first, and what others did."""

    items = listed(fields.Nested(Alike), MOST_HITS)
    others = fields.Nested(Others, required=True)
    next = following()
