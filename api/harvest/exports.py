"""Dumps at ``/exports/``: snapshots under addresses that stay, and ``latest``, which leads to the newest."""

from __future__ import annotations

import json

from flask import Blueprint, Response, send_file, url_for

from api import problems
from api.auth import counted
from api.harvest.whereabouts import place_of
from api.node import the_node
from api.reply import PUBLIC, reply
from registry.errors import CommonsError
from registry.sharing.dumps.shelf import LATEST
from registry.sharing.dumps.snapshot import FILES, MANIFEST

blueprint = Blueprint("exports", __name__, url_prefix="/exports")
blueprint.register_error_handler(CommonsError, problems.from_error)


@blueprint.get("/")
@counted("read")
def index() -> Response:
    """Every snapshot that is given out, the newest first, each with its files."""
    address = place_of(the_node()).address
    items = [
        json.loads((one.folder / MANIFEST).read_bytes()) | {"url": f"{address}/exports/{one.name}/"}
        for one in the_node().exports.all()
    ]
    latest = {name: f"{address}/exports/{LATEST}/{name}" for name in FILES} if items else {}
    return _open(reply({"items": items, "next": None, "latest": latest}, cache=PUBLIC))


@blueprint.get("/<string(maxlength=40):name>/")
@counted("read")
def manifest(name: str) -> Response:
    """The manifest of a snapshot."""
    return file(name, MANIFEST)


@blueprint.get("/<string(maxlength=40):name>/<string(maxlength=40):file_name>")
@counted("read")
def one(name: str, file_name: str) -> Response:
    """A file of a snapshot, whole or in ranges; of ``latest`` by a redirect to the snapshot."""
    return file(name, file_name)


def file(name: str, file_name: str) -> Response:
    """The answer for a file; raises ``NotFound`` or ``Gone``."""
    shelf = the_node().exports
    if name == LATEST:
        newest = shelf.latest()
        shelf.path(newest, file_name)
        to = url_for("exports.one", name=newest, file_name=file_name)
        response = Response(status=302, headers={"Location": to})
        response.headers["Cache-Control"] = PUBLIC
        return _open(response)
    path = shelf.path(name, file_name)
    answer = send_file(path, mimetype=FILES[file_name], conditional=True)
    answer.headers["Cache-Control"] = PUBLIC  # short, because an erased record must soon be gone everywhere
    return _open(answer)


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
