"""E-mail addresses and telephone numbers in disguise, against programs or by accident."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.privacy import Kind, scan

EMAIL, PHONES = "amina.njoroge@clinic.example", ("+254 712 345 678", "0722 555 318")
UNSEEN = (
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u202c", "\u2066",
    "\u034f", "\ufe0f", "\u180e", "\U000e0061", "\u115f", "\u1160", "\u3164", "\u0301",
)  # fmt: skip
"""What nobody sees between letters: zero width, directions, joiners, tags, fillers, stray accents."""


def wide(text: str) -> str:
    """Full width, as keyboards of East Asia write."""
    return "".join("\u3000" if c == " " else chr(ord(c) + 0xFEE0) for c in text)


def digits(zero: int) -> Callable[[str], str]:
    """The digits that begin with this zero."""
    return lambda text: "".join(chr(zero + int(c)) if c.isdecimal() else c for c in text)


DIGITS = {
    "Arabic-Indic": digits(0x660),
    "Persian": digits(0x6F0),
    "Devanagari": digits(0x966),
    "Bengali": digits(0x9E6),
    "Thai": digits(0xE50),
    "mathematical": digits(0x1D7CE),
    "monospaced": digits(0x1D7F6),
    "circled": lambda text: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(c)] if c.isdecimal() else c for c in text),
    "superscript": lambda text: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(c)] if c.isdecimal() else c for c in text),
    "keycaps": lambda text: "".join(c + "\ufe0f\u20e3" if c.isdecimal() else c for c in text),
    "full width": wide,
}
BETWEEN = {
    "middle dots": "·", "en dashes": "–", "underscores": "_", "stars": "*", "slashes": " / ", "pipes": " | ",
    "tabs": "\t", "no-break spaces": "\u00a0", "dots": ".", "ellipses": "…", "two spaces": "  ",
    "tildes": "~",
}  # fmt: skip
FORMS = (
    "amina.njoroge＠clinic．example", "amina.njoroge﹫clinic.example", "amina.njoroge@clinic。example",
    "amina.njoroge@clinic․example", "аmina.njoroge@clinic.example", "amina.njoroge@clіnіc.ехаmple",
    "𝐚𝐦𝐢𝐧𝐚@𝐜𝐥𝐢𝐧𝐢𝐜.𝐞𝐱𝐚𝐦𝐩𝐥𝐞", "ⓐⓜⓘⓝⓐ@ⓒⓛⓘⓝⓘⓒ.ⓔⓧⓐⓜⓟⓛⓔ", "amina.njoroge (at) clinic (dot) example",
    "amina.njoroge[at]clinic[dot]example", "amina.njoroge {at} clinic {dot} example",
    "amina.njoroge AT clinic DOT example", "amina.njoroge(@)clinic.example",
    "amina.njoroge<at>clinic.example",
    "amina.njoroge _at_ clinic _dot_ example", "amina dot njoroge at clinic dot example",
    "amina.njoroge @ clinic . example", "amina.njoroge @clinic.example", "amina.njoroge(a)clinic.example",
    "amina.njoroge ät clinic.example", "amina.njoroge at clinic.example", "amina.njoroge&#64;clinic.example",
    "a m i n a @ c l i n i c . e x a m p l e", "amina.njoroge@cliniccom",
    "amina.njoroge&commat;clinic.example", "amina.njoroge%40clinic.example", "amina.njoroge\\@clinic.example",
    "amina.njoroge@clinic,example", "amina.njoroge@clinic .example", '"amina njoroge"@clinic.example',
    "amina(dot)njoroge(at)clinic(dot)example", "amina.njoroge ( at ) clinic ( dot ) example",
    "amina[punto]njoroge[arroba]clinic[punto]example", "amina point njoroge arobase clinic point example",
    "أمينة@عيادة.مثال", "amina.njoroge@\nclinic.example", "amina.njoroge 📧 clinic.example",
    "amina.njoroge&#x40;clinic&#46;example", "amina.njoroge&amp;#64;clinic.example",
    "amina.njoroge&#0064;clinic.example",
    "amina.njoroge@clinic(dot)example", "amina.njoroge @ clinic dot example",
    "amina.njoroge%40clinic%2Eexample",
    "amina.njoroge\\u0040clinic.example", "amina.njoroge=40clinic.example", 'maria "at" clinic "dot" example',
    "maria «arobase» clinique «point» example", "maria 【at】 clinic 【dot】 example",
    "maria +at+ clinic +dot+ example", "maria – arobase – clinique – point – example",
    "maria (at sign) clinic (period) example", "maria at-sign clinic dot example", "mariaATclinicDOTexample",
    "maria.at.clinic.dot.example", "maria_at_clinic_dot_example", "maria [a] clinique [pt] example",
    "maria arroba clinica.example", "maria at clinique point example",
    "maria [آت] clinic [دوت] example", "ماريا آت كلينك دوت مثال", "maria@clinic نقطة example",
    "amina.njoroge\n@clinic.example", "amina.njoroge@clinic.\nexample", "amina.njoroge@clinic\n.example",
    "amina.njo-\nroge@clinic.example", "amina.njoroge\u2028@clinic.example",
    "".join(f"&#{ord(c)};" for c in "maria@clinic.example"),
    "amina.njoroge|at|clinic|dot|example", "a m i n a @ clinic.example", "elpmaxe.cinilc@egorojn.anima",
)  # fmt: skip


def covered(said: str, kind: Kind) -> bool:
    """Whether a sentence hides this for certain, every letter and digit of it, as this kind."""
    text = f"Please write: {said} soon."
    found = [one for one in scan(text, "en") if one.certain]
    start = text.index(said)
    hidden = {at for one in found for at in range(one.start, one.end)}
    return kind in {one.kind for one in found} and all(
        start + at in hidden for at, letter in enumerate(said) if letter.isalnum()
    )


@pytest.mark.parametrize("unseen", UNSEEN, ids=[f"{ord(letter):x}" for letter in UNSEEN])
def test_what_nobody_sees_hides_nothing(unseen: str) -> None:
    assert covered(unseen.join(EMAIL), Kind.EMAIL)
    assert all(covered(unseen.join(phone), Kind.PHONE) for phone in PHONES)


@pytest.mark.parametrize("unseen", UNSEEN, ids=[f"{ord(letter):x}" for letter in UNSEEN])
def test_nothing_that_nobody_sees_is_left_behind(unseen: str) -> None:
    text = f"call {unseen.join(PHONES[0])}{unseen} now"
    (found,) = [one for one in scan(text, "en") if one.certain]
    assert unseen not in text[: found.start] + text[found.end :]


@pytest.mark.parametrize(
    ("open_", "close"), [("\u2067", "\u2069"), ("\u202b", "\u202c"), ("\u202e", "\u202c")]
)
def test_text_of_mixed_direction_hides_nothing(open_: str, close: str) -> None:
    arabic = "اتصلوا"
    for said, kind in ((EMAIL, Kind.EMAIL), *((phone, Kind.PHONE) for phone in PHONES)):
        text = f"{arabic} {open_}{said}{close} {arabic}"
        (found,) = [one for one in scan(text, "ar") if one.certain]
        assert found.kind is kind
        assert said in text[found.start : found.end]


@pytest.mark.parametrize("form", DIGITS)
@pytest.mark.parametrize("phone", PHONES)
def test_digits_of_every_script_are_digits(form: str, phone: str) -> None:
    assert covered(DIGITS[form](phone), Kind.PHONE)


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("phone", PHONES)
def test_signs_between_digits_hide_no_number(between: str, phone: str) -> None:
    assert covered(phone.replace(" ", BETWEEN[between]), Kind.PHONE)


@pytest.mark.parametrize(
    "phone",
    [
        "+254\n712\n345\n678", "+254, 712, 345, 678", "O722 555 3l8", "О722 555 318", "0722 5S5 318",
        "(0722 555 318)", "(+254) 712 345 678", "+1.202.555.0143x22", "00-254-712-345-678", "0 722 555 318",
        "zero seven two two, five five five, three one eight", "+254&#32;712&nbsp;345&#x20;678",
        "&#43;254 712 345 678", "&plus;254&#8203;712345678", "0722\n555\n318", "0722-\n555-318",
        "+2547\n12345678",
        "0 7 1 2, 3 4 5, 6 7 8", "0 7 1 2 ... 3 4 5 ... 6 7 8", "0 7 1 2 – 3 4 5 6 7 8",
        "+2 5 4, 7 1 2, 3 4 5, 6 7 8",
        "٠ ٧ ١ ٢، ٣ ٤ ٥، ٦ ٧ ٨",
        "020\n7946\n0958", "0722 555\r\n318", "0712\n\n345 678", "٠٧٢٢\n٥٥٥\n٣١٨",
    ],
)  # fmt: skip
def test_a_number_is_one_however_it_is_written(phone: str) -> None:
    assert covered(phone, Kind.PHONE)


@pytest.mark.parametrize(
    "number", ["031 555 4182", "4539 1480 3347 6184", "JO94CBJO0010000000000131000302", "30.0444, 31.2357"]
)
def test_arabic_and_is_no_part_of_a_number(number: str) -> None:
    text = f"الأول عندها و{number} عند أمها."
    assert [text[one.start : one.end] for one in scan(text, "ar") if one.certain] == [number]


@pytest.mark.parametrize("form", FORMS)
def test_an_address_is_one_however_it_is_written(form: str) -> None:
    assert covered(form, Kind.EMAIL)


def test_full_width_hides_no_address() -> None:
    assert covered(wide(EMAIL), Kind.EMAIL)


@pytest.mark.parametrize(
    "text",
    [
        "Look at clinic.example today, at point 3 of the list.",
        "Version v2.1 at example.org and Covid-19 at who.int.",
        "ISO 27001 and SOS 112 are no numbers to call.",
        "Rows:\n120\n130\n140\n150\nand more.",
        "Codes:\n001\n002\n003\n004",
        "Of them 12 500\n14 300 000 were paid.",
        "Tom & Jerry &c.; R&D; AT&T &amp; sons; the DOT and the point.",
        "The rows were 12 | 34 | 56 and 2019 | 2020 | 2021.",
        "He counted 1, 2, 3, 4, 5, 6, 7, 8, 9.",
        "It rose (2024 12 31) to 1 250 000.",
        "Scores were 0 1 2, 3 4 5, 6 7 8 and 0 3 1 2, 4 4 5.",
        "It rose from 0.5, 0.7, 0.8, 0.9 to 0.5 0.7 0.8 0.9; versions 0.1.2, 0.1.3, 1.0.4.",
        "They won 0-1, 2-1, 3-2, 0-4 and had 0, 3, 1, 7, 4, 5, 2, 6 goals; codes 0 1 1 0, 1 0 0 1, 1 1 0 1.",
        "Forty-one of the 120 pupils and one of the two hundred.",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert [text[one.start : one.end] for one in scan(text, "en") if one.certain] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was F@tuma H@ssan who was refused.", "F@tuma H@ssan"),
        ("The nurse F@tuma Hassan signed.", "F@tuma Hassan"),
        ("M0hammed Al1 was detained.", "M0hammed Al1"),
        ("J0hn Sm1th was refused care.", "J0hn Sm1th"),
        ("Fat!ma Hass@n wept!", "Fat!ma Hass@n"),
        ("They told f@tuma of it.", "f@tuma"),
        ("On nous a dit que Am!nata était partie.", "Am!nata"),
        ("Then Dr. K@mau saw her.", "K@mau"),
        ("Ask F a t u m a H a s s a n about it.", "F a t u m a H a s s a n"),
        ("Ask F.a.t.u.m.a about it.", "F.a.t.u.m.a"),
    ],
)
def test_a_name_is_asked_about_in_disguise(text: str, name: str) -> None:
    found = [text[one.start : one.end] for one in scan(text, "en") if one.kind is Kind.PERSON]
    assert any(name in one for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "The p@ssword was sent by m@il to the cl!nic.",
        "P@ssword was H@cked, and B@d words stayed.",
        "It used Log4j, H2O, Win32api and a Base64url of root@server.",
        "Sections A B C D and a b c d of e.g. i.e. the list.",
    ],
)
def test_what_is_no_name_in_disguise_is_not_asked_about(text: str) -> None:
    assert [text[one.start : one.end] for one in scan(text, "en") if one.kind is Kind.PERSON] == []
