"""A machine's retry with the same Idempotency-Key gets the same answer, and makes nothing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.api.live import Answer, Live
from tests.factories import account

WHERE = "/api/v1/submissions"
RIVALS = 10


def test_a_retry_gets_the_same_answer_and_makes_nothing(any_live: Live) -> None:
    first = any_live.member.post(WHERE, {"account": account()}, Idempotency_Key="report-1")
    second = any_live.member.post(WHERE, {"account": account()}, Idempotency_Key="report-1")
    assert (second.status, second.json) == (201, first.json)
    assert second.headers["Location"] == first.headers["Location"]
    assert len(any_live.member.get(WHERE).json["items"]) == 1


def test_the_same_key_with_another_report_is_a_conflict(any_live: Live) -> None:
    any_live.member.post(WHERE, {"account": account()}, Idempotency_Key="report-1")
    other = any_live.member.post(WHERE, {"account": account(title="Other")}, Idempotency_Key="report-1")
    assert (other.status, other.json["type"]) == (409, "urn:incident-commons:problem:conflict")


def test_ten_at_once_make_one_submission(any_live: Live) -> None:
    together = Barrier(RIVALS)

    def send(_number: int) -> Answer:
        together.wait()
        return any_live.member.post(WHERE, {"account": account()}, Idempotency_Key="race")

    with ThreadPoolExecutor(RIVALS) as pool:
        answers = list(pool.map(send, range(RIVALS)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert len({answer.json["receipt"] for answer in answers}) == 1
    assert len(any_live.member.get(WHERE).json["items"]) == 1


def test_another_program_may_use_the_same_key(live: Live) -> None:
    mine = live.member.post(WHERE, {"account": account()}, Idempotency_Key="1")
    theirs = live.other.post(WHERE, {"account": account(title="Theirs")}, Idempotency_Key="1")
    assert (mine.status, theirs.status) == (201, 201)
    assert mine.json["id"] != theirs.json["id"]


@pytest.mark.parametrize("key", ["", "with blank", "x" * 201, "é"])
def test_a_key_out_of_bounds_is_refused_by_name(live: Live, key: str) -> None:
    answer = live.member.post(WHERE, {"account": account()}, Idempotency_Key=key)
    assert (answer.status, answer.pointers) == (422, ["/Idempotency-Key"])
    assert live.member.get(WHERE).json["items"] == []
