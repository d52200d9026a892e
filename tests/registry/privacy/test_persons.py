"""Where the name of a person begins and ends: all of it, and nobody else's."""

from __future__ import annotations

import pytest

from registry.privacy import scan
from registry.privacy.findings import Kind
from tests.registry.privacy.test_doubtful import spans

ONE_EACH = (
    # the second part with the article belongs to the name
    ("ar", "وصل «محمد الأحمد» إلى المكتب."),
    ("ar", "رفض التطبيق طلب «فاطمة الزهراء» أمس."),
    ("ar", "كتب «يوسف السوري» إلى البلدية."),
    ("ar", "انتظر الموظف «محمد أحمد السوري» هناك."),
    ("ar", "رفضت البلدية «خالد العلي» مرتين."),
    ("ar", "تكلم «صلاح الدين الأيوبي» أمس."),
    # and an everyday word with the article does not
    ("ar", "دفع «علي» الفاتورة."),
    ("ar", "وصل «محمود» الساعة الثامنة."),
    ("ar", "قرأت «مريم» التقرير."),
    ("ar", "تحدث «أحمد» المدير عن ذلك."),
    ("ar", "سافرت «فاطمة» التي رفضت."),
    # what is written together with a name or a title is none of it
    ("ar", "رفض النظام للسيدة «فاطمة» طلبها."),
    ("ar", "رُفض طلب للسيدة «فاطمة الزهراء»"),
    ("ar", "وللسيدة «فاطمة الزهراء» رسالة"),
    ("ar", "وصلت رسالة ل«محمد الأحمد» أمس."),
    ("ar", "رسالة من «ليلى» و«بلال» أمس."),
    ("ar", "حضر «خالد الخطيب» و«سمير القاسم»."),
    ("ar", "حضر «وليد» و«لبنى النعيمي»."),
    # a sentence ends, another person begins
    ("en", "We met in Dakar. «Dr Nguyễn Thị Mai», «Siobhán Ní Bhriain», «Xochitl Quispe Mamani» were there."),
    ("en", "It was seen by «Awa». «Moussa» left."),
    ("en", "«Kamau», «Wanjiku» and «Otieno» signed."),
    ("fr", "«Fatou Diop», «Awa Ndiaye» et «Moussa Sow»."),
    ("fr", "Elle a vu «Mme. Konaté», «M. Traoré» et «Awa»."),
    ("es", "Vive con «María José Quispe», «Juan Mamani» y «Rosa Condori». «Pedro Huanca» no."),
    # but not at the full stop of a shortened word
    ("en", "It was «J.-P. Mbeki». «Awa Diop» left."),
    ("en", "«J. K. Otieno» met «Ch. Dubois» and «Mohd. Rahman»."),
    ("en", "Signed «Kamau, J. P»."),
)


@pytest.mark.parametrize(("language", "marked"), ONE_EACH)
def test_each_person_is_one_finding(language: str, marked: str) -> None:
    text, wanted = spans(marked)
    found = [one for one in scan(text, language) if one.kind is Kind.PERSON]
    assert [text[one.start : one.end] for one in found] == [text[start:end] for start, end in wanted]
    assert not any(one.certain for one in found)


def test_a_month_in_a_date_is_no_person() -> None:
    assert scan("Llegó el 3 ene 2024 a casa.", "es") == []


def test_digits_told_one_by_one_stay_one_number_of_a_paper() -> None:
    text = "Her case number is 4 9 1 2 3 7 5 8 6 6 1 as she said."
    assert [text[one.start : one.end] for one in scan(text, "en")] == ["4 9 1 2 3 7 5 8 6 6 1"]
