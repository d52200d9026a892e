"""OAI-PMH 2.0 at /oai: verbs, errors, deletions, and lists that records change under."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from urllib.parse import quote
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from api.harvest.oai import PAGE
from api.harvest.oai_asking import Listed
from api.node import Node
from registry.record import store
from registry.record.types import Because, RecordState
from registry.sharing.harvest import Wanted
from tests.api.harvest.filled import ERASED, ERASED_ON, erase, fill
from tests.api.stock import identifier, keep, stock
from tests.registry.record.samples import told
from web.app import create_app

NS = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fn": "http://www.w3.org/2005/xpath-functions",
}
LIST = "verb=ListRecords&metadataPrefix=oai_dc"


def ask(client: FlaskClient, query: str, where: str = "/oai") -> Element:
    answer = client.get(f"{where}?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    return ET.fromstring(answer.data)  # noqa: S314 - our own answer


def code(root: Element) -> str:
    error = root.find("o:error", NS)
    assert error is not None
    assert error.text
    return error.attrib["code"]


def oai(node: Node, record_id: str) -> str:
    return f"oai:air-{node.identity.short.lower()}.incident-commons:{record_id}"


def pages(client: FlaskClient, query: str) -> list[Element]:
    """Every page of a list."""
    found = [ask(client, query)]
    verb = query.partition("verb=")[2].partition("&")[0]
    while token := found[-1].findtext(".//o:resumptionToken", "", NS):
        found.append(ask(client, f"verb={verb}&resumptionToken={token}"))
    return found


def ids(root: Element) -> list[str]:
    return [element.text or "" for element in root.findall(".//o:header/o:identifier", NS)]


BAD = {
    "": "badVerb",
    "verb=Everything": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=Identify&extra=1": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=GetRecord&identifier=oai:x:y": "badArgument",
    "verb=GetRecord&identifier=oai:x:y&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=invalid%22id&metadataPrefix=oai_dc": "badArgument",
    "verb=ListMetadataFormats&identifier=oai:x:y": "idDoesNotExist",
    "verb=ListRecords": "badArgument",
    "verb=ListIdentifiers": "badArgument",
    "verb=ListRecords&metadataPrefix=marc21": "cannotDisseminateFormat",
    f"{LIST}&metadataPrefix=oai_dc": "badArgument",
    f"{LIST}&from=junk": "badArgument",
    f"{LIST}&until=2026-13-01": "badArgument",
    f"{LIST}&until=2026-1-1": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:00Z": "badArgument",
    f"{LIST}&from=2026-01-01&until=2026-11-24T00:00:00Z": "badArgument",
    f"{LIST}&from=2026-02-01&until=2026-01-01": "badArgument",
    f"{LIST}&until=1999-12-31": "noRecordsMatch",
    f"{LIST}&from=2999-01-01": "noRecordsMatch",
    f"{LIST}&set=type:novel": "noRecordsMatch",
    f"{LIST}&set=nothing": "noRecordsMatch",
    f"{LIST}&set=a%20b": "badArgument",
    "verb=ListRecords&resumptionToken=junk": "badResumptionToken",
    "verb=ListRecords&resumptionToken=": "badResumptionToken",
    "verb=ListRecords&resumptionToken=" + "A" * 1000: "badResumptionToken",
    "verb=ListRecords&resumptionToken=W10": "badResumptionToken",
    "verb=ListSets&resumptionToken=junk": "badResumptionToken",
    f"{LIST}&resumptionToken=junk": "badArgument",
}
"""Query → the code of section 3.6 that it deserves."""


@pytest.mark.parametrize("query", BAD)
def test_each_wrong_request_gets_the_code_of_the_protocol(
    client: FlaskClient, node: Node, query: str
) -> None:
    keep(node, stock(3))
    root = ask(client, query)
    assert code(root) == BAD[query]
    request = root.find("o:request", NS)
    assert request is not None
    if BAD[query] in ("badVerb", "badArgument", "badResumptionToken"):
        assert request.attrib == {}, "an invalid argument is never repeated"


def test_an_empty_node_says_so(client: FlaskClient, node: Node) -> None:
    assert code(ask(client, LIST)) == "noRecordsMatch"
    assert ask(client, "verb=Identify").findtext(".//o:earliestDatestamp", "", NS) == "2026-11-24"
    assert code(ask(client, "verb=ListSets")) == "noSetHierarchy"


def test_identify_tells_days_and_that_deletions_stay(client: FlaskClient, node: Node) -> None:
    keep(node, stock(3))
    root = ask(client, "verb=Identify")
    told = {element.tag.rpartition("}")[2]: element.text for element in root.findall("o:Identify/*", NS)}
    assert told == {
        "repositoryName": node.settings.node_name,
        "baseURL": f"{node.settings.base_url}/oai",
        "protocolVersion": "2.0",
        "adminEmail": "registry@localhost",
        "earliestDatestamp": "2026-01-01",
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DD",
    }


def test_the_mail_address_is_that_of_the_settings(node: Node) -> None:
    other = replace(node, settings=replace(node.settings, contact="desk@example.org"))
    root = ask(create_app(other).test_client(), "verb=Identify")
    assert root.findtext(".//o:adminEmail", "", NS) == "desk@example.org"


def test_pages_are_bounded_and_the_last_one_ends_with_an_empty_token(client: FlaskClient, node: Node) -> None:
    fill(node)
    found = pages(client, LIST)
    assert [len(ids(page)) for page in found] == [PAGE, PAGE, 30]
    tokens = [page.find(".//o:resumptionToken", NS) for page in found]
    assert [one.get("cursor") for one in tokens if one is not None] == ["0", "100", "200"]
    assert tokens[-1] is not None
    assert not tokens[-1].text


@pytest.mark.parametrize("count", [PAGE - 1, PAGE, PAGE + 1])
def test_a_list_of_about_a_page_has_no_empty_page(client: FlaskClient, node: Node, count: int) -> None:
    keep(node, stock(count))
    found = pages(client, "verb=ListIdentifiers&metadataPrefix=oai_dc")
    assert [len(ids(page)) for page in found] == ([count] if count <= PAGE else [PAGE, 1])
    assert (found[0].find(".//o:resumptionToken", NS) is None) == (count <= PAGE)


def test_an_erased_record_is_a_deleted_header_with_nothing_of_it(client: FlaskClient, node: Node) -> None:
    fill(node)
    whole = client.get(f"/oai?verb=GetRecord&metadataPrefix=commons&identifier={oai(node, ERASED[0])}")
    record = ET.fromstring(whole.data).find(".//o:record", NS)  # noqa: S314 - our own answer
    assert record is not None
    header = record.find("o:header", NS)
    assert header is not None
    assert header.attrib == {"status": "deleted"}
    assert header.findtext("o:datestamp", "", NS) == ERASED_ON.isoformat()
    assert len(record) == 1
    assert b"counting machine" not in whole.data
    assert b"privacy" not in whole.data


def test_deletions_are_found_by_their_day_and_set(client: FlaskClient, node: Node) -> None:
    fill(node)
    found = pages(client, f"{LIST}&from={ERASED_ON}")
    deleted = {oai(node, one) for one in ERASED}
    assert {one for page in found for one in ids(page)} == deleted
    own = ids(ask(client, f"{LIST}&from={ERASED_ON}&set=source:own"))
    assert set(own) == {one for one in deleted if ":AIR-" in one}


def test_days_bound_a_list_on_both_sides(client: FlaskClient, node: Node) -> None:
    keep(node, sorted(stock(40), key=lambda one: one.modified))
    days = {oai(node, one.id): one.modified for one in stock(40)}
    first, last = date(2026, 3, 1), date(2026, 6, 30)
    found = {one for page in pages(client, f"{LIST}&from={first}&until={last}") for one in ids(page)}
    assert found == {key for key, day in days.items() if first <= day <= last}
    assert found


def test_a_record_that_comes_with_an_older_day_is_found_by_the_day_on_which_it_came(
    client: FlaskClient, node: Node
) -> None:
    newer, older = (
        replace(one, modified=date(2026, month, 1)) for one, month in zip(stock(2), (9, 3), strict=True)
    )
    keep(node, [newer])
    keep(node, [older])
    assert set(ids(ask(client, f"{LIST}&from=2026-09-01"))) == {oai(node, newer.id), oai(node, older.id)}


def test_a_retracted_record_stays_and_says_why(client: FlaskClient, node: Node) -> None:
    keep(node, stock(1))
    with node.public.work() as session:
        record = store.load(session, identifier(0))
        because = Because("wrong", "It was a spreadsheet.")
        store.revise(session, replace(record, state=RecordState.RETRACTED, because=because))
    root = ask(client, LIST)
    said = [element.text for element in root.findall(".//dc:description", NS)]
    assert said[0] == "Retracted. wrong. It was a spreadsheet."
    assert root.findtext(".//dc:title", "", NS) == "Case 0 of a counting machine"


def test_what_changes_during_a_harvest_comes_again_and_nothing_is_missed(
    client: FlaskClient, node: Node
) -> None:
    keep(node, stock(250))
    first = ask(client, LIST)
    seen, unseen = identifier(10), identifier(240)
    with node.public.work() as session:
        for record_id in (seen, unseen):
            store.revise(session, replace(store.load(session, record_id), account=told(title="Told anew")))
    erase(node, identifier(11), identifier(241))
    token = first.findtext(".//o:resumptionToken", "", NS)
    rest = pages(client, f"verb=ListRecords&resumptionToken={token}")
    later = [one for page in rest for one in ids(page)]
    assert len(later) == len(set(later))
    assert set(ids(first)) | set(later) == {oai(node, identifier(n)) for n in range(250)}
    assert later[-4:] == [oai(node, identifier(n)) for n in (10, 240, 11, 241)]


def test_a_token_of_a_fuller_node_is_none_of_ours(client: FlaskClient, node: Node) -> None:
    keep(node, stock(5))
    token = Listed("oai_dc", Wanted()).beyond(99, 99)
    assert code(ask(client, f"verb=ListRecords&resumptionToken={token}")) == "badResumptionToken"


def test_our_own_format_is_the_whole_payload(client: FlaskClient, node: Node) -> None:
    keep(node, stock(1))
    root = ask(client, "verb=ListRecords&metadataPrefix=commons")
    found = root.find(".//o:metadata/fn:map", NS)
    assert found is not None
    assert back(found) == stock(1)[0].to_json()


def back(element: Element) -> object:
    """The JSON that an element stands for."""
    kind, children = element.tag.rpartition("}")[2], list(element)
    if kind == "map":
        return {child.attrib["key"]: back(child) for child in children}
    if kind == "array":
        return [back(child) for child in children]
    if kind == "string":
        return element.text or ""
    return json.loads(element.text or "null")


def test_a_form_is_answered_like_a_query(client: FlaskClient, node: Node) -> None:
    keep(node, stock(2))
    sent = client.post("/oai", data={"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    asked = client.get("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc")
    assert sent.data == asked.data


def test_words_of_strangers_stay_words(client: FlaskClient, node: Node) -> None:
    title = 'A <b>"chat" & ]]> bot</b>'
    keep(node, [replace(stock(1)[0], account=told(title=title))])
    assert ask(client, LIST).findtext(".//dc:title", "", NS) == title
    raw = client.get("/oai?verb=ListRecords&metadataPrefix=" + quote('"><x/>'))
    assert b"<x" not in raw.data
