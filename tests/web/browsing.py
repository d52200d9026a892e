"""A browser without scripts, over the test client: it follows links and sends the forms a page holds.

Only what the page offers can be sent: an unknown field, or a value that is not among the choices of
a field, is an error of the test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.datastructures import Headers

SITE = "http://localhost"
Typed = str | list[str]
VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
CHOSEN = frozenset({"checkbox", "radio"})


@dataclass
class Control:
    """One name of a form: what it holds now, and what can be chosen if it is a choice."""

    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page, with its controls by name and its buttons."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: dict[str, Form] = field(default_factory=dict)
    """The same form by the addresses to which some of its buttons send it instead."""

    def sent_to(self, action: str) -> Form:
        """This form as a button with this address sends it; its own without one."""
        if not action:
            return self
        return self.elsewhere.setdefault(action, Form(action, self.method, self.controls))

    def fill(self, typed: dict[str, Typed]) -> dict[str, list[str]]:
        """What is sent when a person types this and leaves the rest as it is."""
        held = {name: list(control.values) for name, control in self.controls.items()}
        for name, value in typed.items():
            values = [value] if isinstance(value, str) else value
            offered = self.controls[name].offered
            assert not offered or set(values) <= set(offered), f"{name} does not offer {values}"
            held[name] = values
        return held


class _Reader(HTMLParser):
    """Collects what tests ask about."""

    def __init__(self) -> None:
        super().__init__()
        self.html: dict[str, str] = {}
        self.meta: dict[str, str] = {}
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.words: list[tuple[str, str]] = []
        self.described: list[str] = []
        self.spoken: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._langs: list[str] = [""]
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in pairs}
        if tag not in VOID:
            self._open.append(tag)
            self._langs.append(told.get("lang", self._langs[-1]))
        if tag == "html":
            self.html = told
        elif tag == "meta" and "name" in told:
            self.meta[told["name"]] = told.get("content", "")
        elif tag == "a":
            self.links.append((told.get("href", ""), ""))
        elif tag == "form":
            self.forms.append(Form(told.get("action", ""), told.get("method", "get").lower()))
        elif self.forms and "form" in self._open:
            self._control(tag, told)
        self.ids += [told["id"]] if "id" in told else []
        self.described += told.get("aria-describedby", "").split()

    def _control(self, tag: str, told: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], told.get("name", ""), told.get("type", "text")
        if tag == "input":
            control = form.controls.setdefault(name, Control(kind))
            if kind not in CHOSEN or "checked" in told:
                control.values.append(told.get("value", ""))
            control.offered += [told.get("value", "")] if kind in CHOSEN else []
        elif tag == "textarea":
            self._textarea = name
            form.controls[name] = Control(tag, [""])
        elif tag == "select":
            self._select = name
            form.controls[name] = Control(tag)
        elif tag == "option" and "select" in self._open[-3:-1]:  # perhaps in a group
            control = form.controls[self._select]
            control.offered.append(told.get("value", ""))
            if "selected" in told or not control.values:
                control.values = [told.get("value", "")]
        elif tag == "button" and "disabled" not in told:
            to = form.sent_to(told.get("formaction", "").partition("#")[0])
            to.buttons.append((name, told.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open:
            self._langs.pop()
            if self._open.pop() == tag:
                return

    def handle_data(self, data: str) -> None:
        if "textarea" in self._open:
            control = self.forms[-1].controls[self._textarea]
            control.values = [(control.values[0] + data).removeprefix("\n")]
        if self._open and self._open[-1] not in ("style", "script", "textarea"):
            self.words.append((self._open[-1], " ".join(data.split())))
            if "bdi" not in self._open and data.strip():
                self.spoken.append((self._langs[-1], " ".join(data.split())))
        if "a" in self._open and self.links:
            url, text = self.links[-1]
            self.links[-1] = (url, " ".join(f"{text} {data}".split()))


class Page:
    """What came back: status, headers, and the document as a reader finds it."""

    def __init__(self, address: str, status: int, headers: Headers, html: str) -> None:
        self.address, self.status, self.headers, self.html = address, status, headers, html
        self._read = _Reader()
        self._read.feed(html)
        self.lang, self.dir = self._read.html.get("lang"), self._read.html.get("dir")
        self.meta, self.ids, self.forms = self._read.meta, self._read.ids, self._read.forms
        self.links, self.described, self.words = self._read.links, self._read.described, self._read.words
        self.spoken = self._read.spoken
        """Language and words of every piece of text that is not a name or a code."""

    @property
    def path(self) -> str:
        """The address without its query."""
        return urlsplit(self.address).path

    @property
    def title(self) -> str:
        return " ".join(text for tag, text in self.words if tag == "title")

    @property
    def text(self) -> str:
        """Everything that can be read on the page, blanks folded."""
        return " ".join(text for tag, text in self.words if text and tag != "title")

    @property
    def summary(self) -> dict[str, str]:
        """The links of the error summary: sentence → where it leads."""
        found = re.search(r'<div class="summary".*?</ul>', self.html, re.DOTALL)
        if found is None:
            return {}
        part = _Reader()
        part.feed(found[0])
        return {text: url for url, text in part.links}

    def link(self, text: str) -> str:
        """Address of the first link that reads like this."""
        return next(url for url, said in self.links if text in said)

    def form(self, action: str = "") -> Form:
        """The form that writes, by the end of its action where there are several."""
        known = (each for form in self.forms for each in (form, *form.elsewhere.values()))
        return next(form for form in known if form.method == "post" and form.action.endswith(action))


class Visitor:
    """A person with a browser of their own: its cookies, and a language."""

    def __init__(self, app: Flask, prefix: str = "") -> None:
        self.client = app.test_client()
        self.prefix = prefix

    def open(self, path: str) -> Page:
        """The page at a path of this site, in the visitor's language."""
        return self.follow(f"{self.prefix}{path}")

    def follow(self, url: str) -> Page:
        """The page at an address that a page gave, through its redirects."""
        return self._land(urljoin(SITE, url), None)

    def send(
        self,
        page: Page,
        action: str = "",
        press: tuple[str, str] | None = None,
        typed: Mapping[str, Typed] = MappingProxyType({}),
        **more: Typed,
    ) -> Page:
        """Fill in the form and press its first button, or the one named; _ in names stands for -."""
        form = page.form(action)
        pressed = press or form.buttons[0]
        assert pressed in form.buttons, f"no button {pressed}"
        data = form.fill({name.replace("_", "-"): value for name, value in {**typed, **more}.items()})
        if pressed[0]:
            data[pressed[0]] = [pressed[1]]
        return self._land(urljoin(page.address, form.action or page.address), data)

    def _land(self, address: str, data: dict[str, list[str]] | None) -> Page:
        for _ in range(5):
            parts = urlsplit(address)
            assert f"{parts.scheme}://{parts.netloc}" == SITE, f"led away to {address}"
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            answer = self.client.get(target) if data is None else self.client.post(target, data=data)
            if answer.status_code not in (301, 302, 303, 307, 308):
                return Page(address, answer.status_code, answer.headers, answer.text)
            address = urljoin(address, answer.headers["Location"])
            data = data if answer.status_code == 307 else None  # RFC 9110, section 15.4.8
        raise AssertionError(f"redirects without end at {address}")
