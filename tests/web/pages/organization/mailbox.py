"""What the node has mailed, read from the folder that stands for the world's mailboxes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy

from search import Indexer
from tests.web.town import Town
from web.worker import Worker


@dataclass(frozen=True)
class Mail:
    """A letter as it arrives; ``link`` is the first address in it, without the site."""

    to: str
    subject: str
    text: str

    @property
    def address(self) -> str:
        found = re.search(r"https?://\S+", self.text)
        assert found is not None
        return found[0]

    @property
    def link(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.address)


def deliver(town: Town) -> list[Mail]:
    """Let the worker send what is due; the letters that are new, in no particular order."""
    folder = town.node.settings.mail_dir
    before = set(folder.glob("*.eml")) if folder.is_dir() else set()
    Worker(town.node, Indexer(town.node.settings.index_dir, town.node.taxonomy)).drain()
    found = []
    for path in set(folder.glob("*.eml")) - before:
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = mail.get_body()
        assert body is not None
        found.append(Mail(mail["To"], mail["Subject"], body.get_content()))
    return found


def the_letter(town: Town, to: str) -> Mail:
    """The only letter that is due, which goes to this address."""
    (letter,) = deliver(town)
    assert letter.to == to
    return letter
