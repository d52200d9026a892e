"""What a new password must be."""

from __future__ import annotations

import time

import pytest

from registry.errors import Problem
from registry.identity.selfcare.rules import TOO_COMMON, password_problems
from tests.factories import PASSWORD

ABOUT = ("Amina Odhiambo", "amina.odhiambo@lake-health.example", "Lake Health Network")


def sentences(password: str) -> list[str]:
    return [problem.message for problem in password_problems(password, ABOUT)]


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "cobalt otter hums twice",
        "vUq7-9Zk2-pT4x",
        "trente-deux girafes bleues",
        "سبع نحلات فوق الجسر",
        "七只蜜蜂飞过旧木桥边的小花园",
        "Amina likes purple kayaks",
        "my password is a purple kayak",
        "8305172946015",
        "\N{PILE OF POO} purple kayak \N{PILE OF POO}",
    ],
)
def test_what_only_one_would_put_together_is_good(password: str) -> None:
    assert sentences(password) == []


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "P@ssw0rd!P@ssw0rd!",
        "passwordpassword",
        "letmein-letmein",
        "qwertyuiop123",
        "1q2w3e 123456789012",
        "abcdefghijklmnop",
        "zyxwvutsrqponm",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "111222333444",
        "............................",
        "             ",
        "Welcome2Summer2026",
        "correcthorsebatterystaple",
        "incident-commons-2026",
        "amina.odhiambo",
        "AminaOdhiambo2026",
        "4m1n4 0dh14mb0 !!",
        "LakeHealthNetwork1",
        "lake health 2026 lake",
        "amina@lake-health.example",
        "iloveyou1234567",
    ],
)
def test_what_a_guesser_tries_first_is_not(password: str) -> None:
    assert sentences(password) == [TOO_COMMON]


@pytest.mark.parametrize(("length", "good"), [(11, False), (12, True), (200, True), (201, False)])
def test_a_password_has_a_length(length: int, good: bool) -> None:
    password = ("kbmxw7rzq9tjv" * 20)[:length]
    found = password_problems(password)
    assert (found == []) is good
    assert good or found == [
        Problem(
            "/password",
            "Use between %(least)s and %(most)s characters for a password.",
            {"least": 12, "most": 200},
        )
    ]


@pytest.mark.alone
def test_nobody_can_make_the_check_slow() -> None:
    began = time.perf_counter()
    for password in ("a" * 200, "password" * 25, "ab" * 100, "\u0130" * 200, "x1" * 100):
        password_problems(password, ["word " * 30, "é" * 120, "a" * 254])
    assert time.perf_counter() - began < 0.5
