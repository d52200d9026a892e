"""Words for small places, and what belongs to their names."""

from __future__ import annotations

from registry.privacy.words.tables import ordered, raw, table

PLACES = table(
    "village hamlet camp settlement township neighbourhood neighborhood parish ward sub-county",
    "subcounty",
    "district island slum barangay barrio commune estate chiefdom school clinic hospital",
    "boma manyatta kibbutz reserve reservation sublocation payam kebele woreda taluk mandal panchayat",
    "purok sitio kampung kampong desa dusun kijiji mtaa kata atoll mission homestead",
    "hameau quartier campement arrondissement bourg douar ksar îlot site cercle école lycée collège",
    "dispensaire fokontany colline chefferie",
    "aldea vereda caserío comunidad corregimiento poblado pueblo colonia ejido cantón parroquia",
    "resguardo",
    "asentamiento campamento ranchería municipio isla finca escuela colegio posta anexo paraje rancho",
    "povoado aldeia sítio vila favela quilombo bairro ilha escola ramal musseque",
)
"""The name follows, or stands before."""
BEFORE_NAME = table(
    "of de del du des d' called named llamada llamado nommé appelé do da dos la le el los las les san",
    "santa saint sainte st al",
)
GENERIC = table("the a of and in is was has le la les el los un una une et y en no any our this that each")
AFTER_ONLY = table(
    "village hamlet camp settlement township island ward estate neighbourhood neighborhood slum reserve",
    "school clinic mission atoll",
)
"""The name stands before: *Kolwenyi village*."""
ARABIC_PLACES = ordered(
    "قرية القرية مخيم المخيم بلدة حي دوار عزبة نجع كفر ضيعة واحة جزيرة تجمع عشيرة ناحية قصر هجرة",
    "منطقة محلة",
)
"""The name of a place follows."""
ARABIC_NATURE = ordered(
    "خربة عين نبع بئر بير تل كفر وادي جبل حلة أبو أولاد أيت آيت بني دوار عزبة نجع كوم ميت شط رأس",
    "راس سيدي",
    "دير حصن قلعة دونكي رجم بويرتو سان كامبونغ أم واحة حسي بن",
)
"""What a small place is called after; the word belongs to its name."""
ARABIC_SIDES = ordered(
    "الشرقية الغربية الجنوبية الشمالية الجديدة القديمة العتيقة الفوقا التحتا الفوقاني التحتاني",
    "القبلية البحرية",
    "الأيسر الأيمن",
)
"""What tells two places of one name apart."""
ARABIC_HOUSES = ordered("مدرسة مستشفى مستوصف إعدادية ثانوية ابتدائية مزرعة")
"""Houses that few people share; their name follows."""
NO_PLACE = raw(
    "الذي التي الذين خلال وراء خلف أمام قرب نحو حول تحت فوق داخل خارج ضمن كله كلها نفسه نفسها وحده وحدها",
    "المجاور المجاورة القريب القريبة البعيد البعيدة الكامل الكاملة كامل كاملة بأكمله بأكملها قديم قديمة",
    "جديد جديدة بلا أولا أولاً ثم سعيا سعياً إلى يومين يوم ساعة ساعات سنة أسبوع شهر أسر عائلات سكان أهل",
    "رأى رأت يقول تقول قالوا إنها إنه أنها أنه اللاجئين النازحين الأطفال الناس تبعد يبعد كانت صغير صغيرة",
    "كبير كبيرة أخرى آخر واحد واحدة كلهم مرفوض بعيد بعيدة قريب قريبة ومركز ومدينة وقرية",
)
"""After a word for a place these are not its name."""
