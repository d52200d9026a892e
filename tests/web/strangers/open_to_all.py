"""Addresses with an id in them that anybody may ask."""

from __future__ import annotations

PUBLIC = frozenset(
    {
        "about.facet",
        "api_flags.post_flag",
        "api_ledger.payload",
        "api_ledger.tile",
        "api_pointing.get_related",
        "api_curating.delete_withdraw",  # of others' records, which belong to no organization here
        "api_readings.get_read",
        "api_curating.post_say",
        "api_records.get_proof",
        "api_records.get_read",
        "api_records.get_version",
        "api_records.get_versions",
        "api_similar.get_similar",
        "api_taxonomy.get_one",
        "exports.manifest",
        "exports.one",
        "flagging.flag",
        "flagging.form",
        "flagging.sent",
        "curating.form",  # of records of others, which belong to no organization here
        "curating.read",
        "foreign.decide",  # of another node, and of no organization here
        "foreign.item",
        "green.item",  # of no organization; tests/web/green asks for it as nobody and as everybody
        "green_log.tile",  # of no organization; the same
        "mirrors.tile",
        "mirrors.checkpoint",
        "mirrors.consistency",
        "mirrors.descriptor",
        "mirrors.payloads",
        "mirrors.rotations",
        "witness.newest",
        "provider_signin.callback",
        "provider_signin.offer",
        "provider_signin.remember",
        "provider_signin.start",
        "record.page",
        "statement.keep_new",
        "taxii.collection",
        "taxii.manifest",
        "taxii.objects",
        "taxii.one",
        "taxii.versions",
        "statement.new",
        "record.version",
        "record.versions",
        "static",
    }
)
"""Endpoints whose addresses name what anybody may read, or are links that an organization hands out."""
