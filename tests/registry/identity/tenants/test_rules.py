"""The rules of tenancy, in full: standing × act, roles that may be given, what may be typed."""

from __future__ import annotations

import itertools

import pytest

from registry.errors import Conflict
from registry.identity.rules import Actor, OrganizationState, Permission, Role
from registry.identity.tenants import rules
from registry.identity.tenants.rules import OPERATOR, Action, after, may, possible

APPLIED, ACTIVE = OrganizationState.APPLIED, OrganizationState.ACTIVE
DECLINED, SUSPENDED = OrganizationState.DECLINED, OrganizationState.SUSPENDED
ERASED = OrganizationState.ERASED
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

LEADS: dict[tuple[OrganizationState, Action], OrganizationState] = {
    (APPLIED, Action.APPROVE): ACTIVE,
    (APPLIED, Action.DECLINE): DECLINED,
    (APPLIED, Action.ERASE): ERASED,
    (ACTIVE, Action.SUSPEND): SUSPENDED,
    (ACTIVE, Action.ERASE): ERASED,
    (DECLINED, Action.APPROVE): ACTIVE,
    (DECLINED, Action.ERASE): ERASED,
    (SUSPENDED, Action.RESUME): ACTIVE,
    (SUSPENDED, Action.ERASE): ERASED,
}
"""Everything that is possible; what is not here is refused."""


@pytest.mark.parametrize(("state", "action"), list(itertools.product(OrganizationState, Action)))
def test_the_table_says_where_each_act_leads(state: OrganizationState, action: Action) -> None:
    wanted = LEADS.get((state, action))
    if wanted is None:
        with pytest.raises(Conflict):
            after(action, state)
    else:
        assert after(action, state) is wanted
    assert (action in possible(state)) == (wanted is not None)


def test_nothing_leads_out_of_an_erasure() -> None:
    assert possible(ERASED) == frozenset()


@pytest.mark.parametrize("may_review", [True, False])
@pytest.mark.parametrize(
    "roles", list(itertools.chain.from_iterable(itertools.combinations(Role, n) for n in range(5)))
)
def test_administrators_give_no_role_but_those_offered(roles: tuple[Role, ...], may_review: bool) -> None:
    offered = {Role.MEMBER, Role.ORG_ADMIN} | ({Role.REVIEWER} if may_review else set())
    problems = rules.role_problems([role.value for role in roles], may_review=may_review)
    assert (problems == []) == (bool(roles) and set(roles) <= offered)
    assert Role.STEWARD not in rules.assignable(may_review=may_review)


def test_roles_that_do_not_exist_are_refused() -> None:
    assert rules.role_problems(["member", "owner"], may_review=True)


@pytest.mark.parametrize(
    ("admins", "person", "roles", "nobody"),
    [
        (["a"], "a", ["member"], True),
        (["a"], "a", [], True),
        (["a"], "a", ["org-admin", "member"], False),
        (["a"], "b", [], False),
        (["a", "b"], "a", [], False),
        ([], "a", [], False),
        (["b"], "a", [], False),
    ],
)
def test_the_last_administrator_stays(admins: list[str], person: str, roles: list[str], nobody: bool) -> None:
    assert rules.leaves_no_admin(admins, person, roles) is nobody


@pytest.mark.parametrize("permission", list(Permission))
def test_the_operator_may_everything_and_an_actor_what_the_table_says(permission: Permission) -> None:
    assert may(OPERATOR, permission, "o")
    assert not may(Actor("p", "o", "O", "P"), permission, "o")


@pytest.mark.parametrize(
    "text", ["a@b.example", "first.last+tag@sub.domain.example", "o'neil@b.example", "1@2.example"]
)
def test_addresses_that_mail_can_be_sent_to(text: str) -> None:
    assert rules.is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "a b@c.example",
        "a,c@b.example",
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "<a@b.example>",
        '"a"@b.example',
        "a@-b.example",
        "a@b..example",
        "é@b.example",
        "a@" + "b" * 64 + ".example",
        "a" * 65 + "@b.example",
        "a@" + ".".join(["b" * 60] * 5) + ".example",
        "a@b.example\0",
    ],
)
def test_addresses_that_are_none(text: str) -> None:
    assert not rules.is_email(text)


@pytest.mark.parametrize(
    "text", ["https://example.org", "http://a.example/path?q=1", "https://a.example:8443/"]
)
def test_websites(text: str) -> None:
    assert rules.is_website(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "https://",
        "https://user@a.example",
        "ftp://a.example",
        "https://localhost",
        "https://[::1]/",
        "https://a.example:x/",
        "https://[",
        "https://" + "a" * 300 + ".example",
    ],
)
def test_texts_that_are_no_websites(text: str) -> None:
    assert not rules.is_website(text)


def test_one_line_has_no_line_ends_and_no_controls() -> None:
    assert rules.one_line(" a\r\nb\t\x00c  d\u202e ") == "a b c d"


@pytest.mark.parametrize(
    "name", ["a\x00b", "a\tb", "a\nb", "a\x1b[31m", "a\x7fb", "a\x9bb", *(f"a{c}b" for c in TURNS)]
)
def test_a_name_that_misleads_is_refused_as_it_is(name: str) -> None:
    kept = rules.as_name(name)
    (problem,) = rules.name_problems("/here", kept, 10)
    assert (kept, problem.pointer) == (name, "/here")
    assert "control characters" in problem.message


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Lake   Health\n", "Lake Health"),
        ("م\u200cن", "م\u200cن"),
        ("عيادة البحيرة", "عيادة البحيرة"),
        ("a\u200fb", "a b"),
        ("\u2069", "\u2069"),
    ],
)
def test_other_names_are_kept_as_one_line(name: str, kept: str) -> None:
    assert rules.as_name(name) == kept
    assert bool(list(rules.name_problems("/name", kept, 20))) is rules.misleads(name)


def test_paragraphs_keep_line_ends_only() -> None:
    assert rules.paragraphs("  a\r\n\r\nb\x07\x00\rc \u202e") == "a\n\nb\nc"


@pytest.mark.parametrize(
    "name",
    [
        "lake  HEALTH",
        "Lake-Health",
        "Lake Health (0a1b2c)",
        "Lаke Неаlth",  # Cyrillic а, Н, е, а
        "LAKE ΗEALTH",  # Greek Eta
        "ＬＡＫＥ Ｈｅａｌｔｈ",
        "Lake Hea1th",
        "Iake Health",
        "Laké Health",
        "Lake\u200cHealth",
        "Lake\u00adHealth",
    ],
)
def test_names_that_look_alike(name: str) -> None:
    assert rules.likeness(name) == rules.likeness("Lake Health")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lake Health", "Lake Wealth"),
        ("किताब", "कताब"),
        ("Lake Health", "Lake Health (Kenya)"),
        ("صحة", "صحتي"),
    ],
)
def test_names_that_differ(one: str, other: str) -> None:
    assert rules.likeness(one) != rules.likeness(other)


def test_joiners_stay_where_spelling_needs_them() -> None:
    assert rules.one_line("می\u200cخواهم") == "می\u200cخواهم"
    assert rules.paragraphs("می\u200cخواهم\n") == "می\u200cخواهم"
    assert [rules.one_line(text) for text in ("\u200c", "a \u200d b", "\u200da\u200c")] == ["", "a b", "a"]


def test_a_twin_is_told_by_its_mark() -> None:
    assert len(rules.twin("n" * rules.NAME_MAX, "0a1b2c")) <= 200
