"""The life of originals as a state machine: written, sealed anew, destroyed by wish or by time.

The model knows the titles of what should still be readable. After every step the database is asked, by a
process that knows the keyring and by one that only has the file.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, invariant, rule, run_state_machine_as_test

from registry.errors import Conflict, NotFound
from registry.intake.vault import rotation
from registry.intake.vault.keyring import FileKeyring
from registry.intake.vault.keys import DataKeys, carry
from tests.registry import opened
from tests.registry.conftest import Furnished
from tests.registry.custody.plenty import everything
from tests.registry.house import keyring_in
from tests.registry.lived_in import LivedIn

DRAFT, WITHDRAWN, SENT, GONE = "draft", "withdrawn", "submitted", "gone"


class Keeping(LivedIn):
    """People write and erase, keys turn, time passes and the worker comes by."""

    reports: Bundle[str] = Bundle("reports")

    def __init__(self) -> None:
        super().__init__()
        self.path = keyring_in(self.folder)
        self._open()
        self.titles: dict[str, list[str]] = {}
        self.states: dict[str, str] = {}
        self.touched: dict[str, datetime] = {}
        self.noticed: dict[str, datetime] = {}
        self.receipts: dict[str, object] = {}

    @rule(target=reports, submit=st.booleans())
    def create(self, submit: bool) -> str:
        title = self._new_title()
        make = self.house.submitted if submit else self.house.draft
        key = make(title=title)
        self.titles[key], self.states[key] = [title], SENT if submit else DRAFT
        self.touched[key] = self.clock.now
        return key

    @rule(key=reports)
    def revise(self, key: str) -> None:
        title, member = self._new_title(), self.house.people.member
        if self.states[key] != DRAFT:
            with pytest.raises(Conflict):
                self.house.side.intake.revise(member, key, {"title": title}, expected=None)
            return
        self.house.side.intake.revise(member, key, {"title": title}, expected=None)
        self.titles[key].append(title)
        self.touched[key] = self.clock.now

    @rule(key=reports)
    def withdraw(self, key: str) -> None:
        if self.states[key] in (DRAFT, SENT):
            self.house.side.intake.withdraw(self.house.people.member, key)
            self.states[key], self.touched[key] = WITHDRAWN, self.clock.now

    @rule(retire=st.booleans())
    def rotate(self, retire: bool) -> None:
        rotation.rotate(self.house.private, self.path, retire=retire, tell=lambda *_: None)

    @rule()
    def open_anew(self) -> None:
        self._open()

    @rule(key=reports)
    def erase(self, key: str) -> None:
        originals = self.house.side.custody.originals
        receipt = originals.erase(self.house.people.member, key)
        assert receipt == self.receipts.setdefault(key, receipt)
        self._gone(key)

    @rule(days=st.sampled_from([1, 29, 30, 31, 200, 335]))
    def time_passes(self, days: int) -> None:
        self.clock.forward(days=days)

    @rule()
    def worker_comes_by(self) -> None:
        self.house.side.custody.retention.run()
        now = self.clock.now
        for key, state in list(self.states.items()):
            age = now - self.touched[key]
            told = self.noticed.get(key)
            if state == WITHDRAWN and age >= timedelta(days=30):
                self._gone(key)
            elif state == DRAFT and (told is None or told < self.touched[key]):
                if age >= timedelta(days=335):
                    self.noticed[key] = now
            elif state == DRAFT and told and now >= told + timedelta(days=30) and age >= timedelta(days=365):
                self._gone(key)

    @invariant()
    def what_is_kept_reads_as_it_was_written(self) -> None:
        kept = {key: titles for key, titles in self.titles.items() if self.states[key] != GONE}
        assert opened.titles(self.house.private) == {key: kept.get(key, [""])[-1] for key in self.titles}
        for key, titles in kept.items():
            view = self.house.side.intake.read(self.house.people.member, key)
            assert (view.account.title, view.summary.version) == (titles[-1], len(titles))
            with pytest.raises(NotFound):
                self.house.side.custody.originals.receipt(self.house.people.member, key)

    @invariant()
    def what_is_gone_has_a_receipt_and_no_bytes(self) -> None:
        for key, state in self.states.items():
            if state == GONE:
                receipt = self.house.side.custody.originals.receipt(self.house.people.member, key)
                assert self.receipts.setdefault(key, receipt) == receipt
                assert receipt.destroyed["versions"] == len(self.titles[key])
        bytes_left = self.house.ask(
            "SELECT submission_id FROM submission_version v WHERE sealed_account IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM erasure e WHERE e.submission_id = v.submission_id)"
        )
        assert bytes_left == []

    @invariant()
    def the_file_alone_tells_no_title(self) -> None:
        assert b"Unsayable" not in everything(self.house)

    def _gone(self, key: str) -> None:
        self.states[key] = GONE

    def _open(self) -> None:
        """As a process that has just begun: it knows the keyring as it is now."""
        carry(self.house.private, DataKeys(FileKeyring(self.path), self.clock))

    def _new_title(self) -> str:
        return f"Unsayable {sum(map(len, self.titles.values())) + 1}"


def test_originals_are_readable_exactly_as_long_as_they_should_be(furnished_sqlite: Furnished) -> None:
    class Here(Keeping):
        furnished = furnished_sqlite

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
