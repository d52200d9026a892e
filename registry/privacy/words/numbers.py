"""Numbers, signs, months and directions as people say or spell them, by language."""

from __future__ import annotations

from registry.privacy.words.tables import table

DIGITS = table(
    "zero oh nought naught one two three four five six seven eight nine",
    "zéro un deux trois quatre cinq sept huit neuf",
    "cero uno una dos tres cuatro cinco seis siete ocho nueve",
    "um dois duas três quatro sete oito nove meia",
    "sifuri moja mbili tatu nne tano sita saba nane tisa",
    "nol kosong satu dua tiga empat lima enam tujuh delapan sembilan",
    "صفر واحد واحدة اثنان اثنين اثنتان ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثمان ثماني",
    "تسعة تسع أحد إحدى زيرو تنين تلاتة تمانية",
)
"""One digit each."""
TENS = table(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty",
    "fifty sixty seventy eighty ninety",
    "dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante septante",
    "huitante nonante",
    "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno",
    "veintidós veintitrés veinticuatro veinticinco veintiséis",
    "veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "dez onze doze treze quatorze quinze dezesseis dezassete dezoito dezenove vinte trinta quarenta",
    "cinquenta sessenta oitenta",
    "kumi ishirini thelathini arobaini hamsini sitini sabini themanini tisini sepuluh belas puluh",
    "عشرة عشر عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين",
    "تسعون تسعين",
)
"""Two digits each, or one and a place."""
REPEATS = table("double triple doble dobles")
SCALES = table(
    "hundred hundreds thousand thousands million millions billion cent cents mille mil millier milliers",
    "milliard millones millón ciento cien cientos novecientos ochocientos",
    "setecientos seiscientos quinientos cuatrocientos trescientos doscientos novecentos mia elfu milioni",
    "laki ratus ribu juta مية ميه ميتين تلتمية ربعمية خمسمية ستمية سبعمية تمنمية تسعمية خمسمئة خمسمائة",
    "مئة مائة مئتان ألف آلاف الف مليون مليار تسعمئة تسعمائة ألفين الفين",
)
"""Words of amounts and of years."""
JOINERS = table("and y e et و")
DATE_JOINERS = table("of de del d' the le du من عام سنة")
"""Small words inside a date; a number to call has none: *one of the two*."""
MARKS = table(
    "point dot comma virgule coma punto ponto vírgula فاصلة degree degrees degré degrés grado grados",
    "graus درجة minus moins menos ناقص minutes minuta minutos koma nukta",
)
"""Words of a fraction, of an angle, of a sign."""
SIDES = table(
    "north south east west nord sud est ouest norte sur este oeste leste oriente شمال شمالا جنوب جنوبا",
    "شرق شرقا غرب غربا longitude latitude longitud latitud",
)
ORDINALS = table(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth",
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
    "twentieth thirtieth premier primero primeiro الأول الثاني الثالث الرابع الخامس السادس السابع الثامن",
    "التاسع العاشر الحادي عشر العشرين الثلاثين والعشرين",
)
MONTHS = table(
    "january february march april may june july august september october november december jan feb mar",
    "apr jun jul aug sep sept oct nov dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr",
    "juil déc",
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre",
    "ene abr ago dic",
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev set out dez",
    "machi agt des okt nop noem noe gen mrt agustus maret",
    "januari februari maret aprili mei juni juli agustus septemba oktoba oktober novemba desemba desember",
    "januar februar märz mai dezember gennaio febbraio aprile maggio giugno luglio settembre ottobre",
    "dicembre ocak şubat nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "يناير فبراير مارس أبريل إبريل ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط",
    "آذار نيسان أيار حزيران تموز آب أيلول تشرين",
    "جانفي فيفري أفريل ماي جوان جويلية أوت ماي يناير غشت شتنبر نونبر دجنبر نوفمبر",
    # of other calendars
    "muharram safar rabi rabia jumada joumada rajab shaban chaabane ramadan shawwal dhul محرم صفر ربيع",
    "جمادى رجب شعبان رمضان شوال القعدة الحجة",
    "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand hamal sawr jawza",
    "saratan asad sonbola mizan aqrab qaws jadi dalw hut",
    "meskerem tikimt hidar tahsas tir yekatit megabit miyazya ginbot sene hamle nehase pagume brumaire",
    "vendémiaire germinal floréal prairial thermidor fructidor nivôse",
    "baishakh jestha ashadh shrawan bhadra ashwin kartik mangsir poush magh falgun chaitra",
)
