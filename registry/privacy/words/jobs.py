"""What surrounds roles in a sentence, and tells that only one person holds one."""

from __future__ import annotations

from registry.privacy.words.tables import ordered, table

ONLY = table(
    "only sole single last first lone youngest oldest",
    "seul seule unique premier première dernier dernière doyen doyenne",
    "único única unico primer primero primera último última sola solo solitario",
    "único última primeira derradeira",
    "pekee satu-satunya",
)
"""Before or after a role: nobody else holds it."""
ONLY_ARABIC = table("الوحيد الوحيدة الأول الأولى الأخير الأخيرة وحيد وحيدة")
FIRST_ARABIC = table("أول آخر وحيد وحيدة")
TIMES = table(
    "week month year time day night name step one two three few once version test chance resort line",
    "thing things minute years months weeks days times",
    "fois semaine mois année jour nuit nom heure étape chance ligne minute",
    "vez semana mes año día noche paso hora línea palabra momento",
    "مرة يوم شهر سنة عام أسبوع ليلة خطوة ساعة مرحلة شيء أمر كلمة السنة المرة اليوم",
)
DEFINITE = table(
    "the le la les l' el los las o os as al du au del do da l l’ lo our my her his their your notre nos",
    "nuestro nuestra su sa son leur mi",
)
INDEFINITE = table(
    "a an any every each some no un une uno una unos unas des chaque tout aucun cualquier ningún cada um",
    "uma أي كل",
)
LINKS = table(
    "of in for to at on from with south north east west run the a an this that our its until since hasta",
    "desde de du des d' à au aux en pour sur sous par chez la le les l el los las del al por para con sin",
    "y",
    "o a os as do da dos das no na nos em wa ya za cha la kwa di dan pada في من على إلى مع",
)
"""Words that lead on to what the role is of."""
OF = table("of de du des d' del da do dos das")
OF_SWAHILI = table("wa ya za cha la kwa")
"""Right after a role it says of what."""
WHO = table("who whom qui que quien qui")
ONE_WHO = table("one celle celui la el ella él aquel aquella")
ONE_WHO_ARABIC = table("التي الذي")
BEFORE_ROLE = table(
    "deputy vice assistant acting former ex interim retired current senior junior paramount village town",
    "local district county provincial regional ward parish school hospital camp night day",
    "water health island band band-council tribal traditional honorary chief head court prison police",
    "port harbour state national federal municipal",
)
ADJECTIVE_ENDINGS = ordered(
    "ina ino ic al ar ivo iva ario aria ico ica ado ada ido ida aire el elle ique if ive into unto unta",
    "eur int ano ana",
)
"""Endings of what follows a role in French, Spanish and Portuguese: *líder comunitaria*."""
PLAIN_ADJECTIVES = table(
    "new old young other same good bad poor tired male female human real next previous second third own",
    "local whole many few several two three four five six seven eight nine ten different certain average",
    "duty experienced trained qualified busy angry kind late dead sick big small little great best worst",
    "individual single lone elderly foreign private public community smallholder health aid social care",
    "social-care migrant domestic seasonal farm factory delivery skilled unskilled key front-line",
    "nouveau nouvelle vieux vieille jeune autre meme bon bonne mauvais petit petite grand grande pauvre",
    "nuevo nueva viejo vieja joven otro otra mismo misma buen buena mal mala pequeno pequena pobre gran",
    "and or not more most very",
)
"""Words between *the* and a worker that tell nobody apart."""
FIRST_OR_LAST = table(
    "first last premier première dernier dernière primer primero primera último última primeira",
)
"""Also said of things and hours, so that more than an ending is asked of the word after them."""
OWNING = table("its their")
WHERE = table("for in at on pour sur au aux en para por em south north east west chez")
WHERE_PORTUGUESE = table("no na nos nas")
"""Words after a role that say where, or for what."""
STOPS: dict[str, frozenset[str]] = {
    "en": table(
        "is was were are be been being has have had having does did do can could will would shall should may",
        "might must said says say told tells wrote writes asked asks saw sees heard hears knew knows wants",
        "wanted found finds got gets went goes came comes made makes took takes gave gives read reads sent",
        "left called calls used uses answered replied signed refused lost who whom whose which that when",
        "while because although but if so than and or nor also only even then yet as",
    ),
    "fr": table(
        "est était sont étaient a ont avait avaient sera serait fut dit disent disait écrit voit vu entend",
        "entendu sait savait veut voulait trouve trouvé reçoit reçu fait prend donne lit lu signe signé",
        "refuse perd perdu qui que quand parce mais si car et ou ni aussi même puis ne n'a ne n'est s'est",
    ),
    "es": table(
        "es era son eran fue fueron será sería ha han había habían dice dijo dicen escribe escribió ve vio",
        "oye oyó sabe sabía quiere quería encuentra encontró recibe recibió hace hizo toma tomó dio lee",
        "leyó firma firmó rechaza perdió que cuando porque pero si pues y e o u ni también incluso luego ya",
        "llamó llama salió quedó tuvo tiene tenía antes después cuya cuyo no se lo le les me nos",
    ),
    "pt": table(
        "é foi são eram era disse diz tem tinha quer viu ouviu sabe mas e ou não",
    ),
    "id": table(
        "dan atau adalah yang",
    ),
    "sw": table(
        "ni au alisema anasema",
    ),
}
"""Words that end what a role is of."""
COPULAS = table("es soy era fue eres somos é sou foi est suis était is am was as como comme como ni adalah")
"""Before a role without an article."""
TELLING = table(
    "vino llegó trajo vinieron sabe saben conté cuenta dice dijo contó según firma firmó habló es",
    "era soy lo llaman conoce conocen",
    "preguntar pregunten según a",
)
"""Before *la que*, *el que* these say that it is somebody."""
NO_HEADS = table(
    "half most some all many one each none part because instead outside inside out ahead regardless",
    "two three four five six seven eight nine ten dozens hundreds thousands millions several lots",
    "mother father wife husband son daughter sister brother grandmother grandfather uncle aunt cousin",
    "widow widower niece nephew capital home north south east west aged member resident native citizen",
    "mère père femme mari fils fille soeur sœur frère veuve veuf tante oncle cousin cousine membre",
    "habitante habitant originaire moitié plupart une un deux trois quatre cinq près loin hors lors",
    "madre padre esposa esposo hijo hija hermana hermano viuda viudo tía tío primo prima miembro",
    "vecina vecino natural mitad mayoría una uno dos tres cuatro cinco cerca lejos fuera antes después",
    "además dentro debajo encima alrededor detrás delante mãe pai filho filha irmã irmão perto longe",
)
"""Words before *of* that are no role."""
FIRST_ARABIC_OF = table("الأول الأولى الأخير الأخيرة")
NO_OWNED = table(
    "البطاقة الحساب القصة الشكوى البلاغ الحق الفكرة الرقم الملف الطلب الأمر الاسم الصورة الهوية العمل",
    "الشأن القرار الرسالة المشروع",
)
"""What everybody in a story owns: *the holder of the card* is no role."""
PRONOUNS_ARABIC = table("هي هو وهو وهي")
ABOUT_ARABIC = table("على عن من مع")
STOPS_ARABIC = table(
    "إن أن إنه إنها الذي التي الذين لم لن لا ما قد كان كانت قال قالت رأى رأت إذا حين حتى ثم أو هو هي هم",
    "كل هذا هذه ذلك تلك منذ بعد قبل عند عندما لأن بلا دون غير",
)
"""Words that end what a role is of."""
THAT_DOES = table("to who qui que")
"""After *the first woman*, what she did."""
EVERY_STOP = frozenset().union(*STOPS.values())
"""The words that end a role in any language."""
OF_ONE = table("his her its their son sa leur su")
BEING = table(
    "is was has does says needs wants gets lives uses likes thinks knows feels seems suffers loses asks",
)
"""What people do who are known for nothing else: *the woman who needs help*."""
WHERE_ENGLISH = table("within between from by to across among under charge responsible commanding over")
CHARGED = table("responsible commanding")
"""After anybody these say of what."""
MACHINES = table(
    "automatic automated virtual digital smart artificial ai voice robot robotic electronic online",
    "automatique automatisé automatisée virtuel virtuelle numérique vocal vocale artificiel électronique",
    "automático automática automatizado automatizada virtual digital artificial electrónico electrónica",
    "الآلي الآلية الذكي الذكية الافتراضي الافتراضية الرقمي الرقمية الإلكتروني الإلكترونية",
)
"""Beside a role these say that a program plays it."""
