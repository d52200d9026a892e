"""Given and family names of many countries, from the locale lists of ``Faker``, and what surrounds names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pkgutil import resolve_name

from registry.privacy.words.tables import ordered, raw

PARTICLES = raw(
    "al el ul bin ben ibn bint binti bnt ould uld mint ait aït abu abou abd abdul abdel ap ab da de do",
    "dos das del della di du",
    "dit dite alias aka des la las le los van von vander der den ter ten zu y e i st san santa",
    "santo te o",
    "mac mc bat ah jr sr",
)
"""Small words inside a name, in lower case."""
LEADING = raw(
    "abu abou abd bint binti bin ben ibn ould uld mint umm oum om van von ter st",
)
"""Particles that begin a name, in small letters too."""
KINSHIP = raw("abu abou umm oum bint binti ibn ould")
"""Those after which a name follows however it is written."""
TITLES = raw(
    "soeur sœur frère père lalla sidi moulay lala padre pan pani señá ña ño mr mrs ms miss mx dr doctor",
    "prof professor sir madam madame mme mlle monsieur sister brother father mother nurse sr sra srta",
    "señor señora señorita senor senora don doña dona tío tía tio tia comadre compadre hermana hermano",
    "maestro maestra maître",
    "mama mamma mzee bibi baba papa tata nana nanny aunty auntie aunt uncle granny grandma",
    "grandpa chief",
    "elder imam pastor",
    "reverend rev sheikh cheikh shaykh sheik haj hajj hadj hadja hajja el-hadj alhaji alhaja mallam",
    "oustaz ustaz ustadh marabout",
    "hakim mullah bhai bhabi didi amma appa thiru smt shri sri kumari begum sahib sahiba saheb",
    "bapak pak",
    "bu ibu bang mas mbak",
    "kak daw ko ma u maung lola lolo kuya ate nong ông bà anh chị cô chú tonton tantie tante docteur",
    "docteure dra doctora",
    "infirmier infirmière enfermera enfermero profesor profesora caporal sergent sergeant captain",
    "capitán",
    "capitaine officer agent",
    "mwalimu ndugu bwana mkuu captain lawyer judge maman seu sargento senhor senhora seo vovó abuela",
    "abuelo",
)
"""Words before a name, in lower case and without the full stop."""
ABBREVIATIONS = raw(
    "abd mohd muh moh wm chas geo jas jos thos fco gral gpe yu ya ste lic ing arq hno hna mgr gen col capt",
    "lt sgt cpl maj hon pres gov sen rep jr sr pr me abdr adv",
)
"""Shortened names and titles, which end in a full stop inside a name."""
CALLED = raw(
    "named called surnamed nicknamed name names alias aka signed surname firstname victim widow witness",
    "nommé nommée appelé appelée nom prénom prénoms dénommé surnommé surnommée",
    "s'appelle m'appelle llama llamo llamada llamado nombre apellido apellidos apodado apodada chama",
    "chamado chamada nome",
    "jina anaitwa naitwa bernama nama",
)
"""Words that announce a name."""
ARABIC_TITLES = raw(
    "السيد السيدة الآنسة الأستاذ الأستاذة أستاذ أستاذة الدكتور الدكتورة دكتور دكتورة د الشيخ شيخ الشيخة",
    "الحاج الحاجة حاج حاجة المهندس المهندسة",
    "المعلم المعلمة الممرض الممرضة الطبيب الطبيبة الطفل الطفلة الشاب الشابة المريض المريضة اللاجئ",
    "اللاجئة",
    "المواطن المواطنة الأخ الأخت أخي أختي أخوها أخته",
    "ابني ابنتي ابنها ابنه ابنته ابنتها زوجي زوجتي زوجها زوجته جارتي جاري جارنا جارتنا عمي عمتي خالي",
    "خالتي والدي والدتي أمي أبي صديقي صديقتي زميلي زميلتي",
    "القابلة المحامي المحامية العم الخالة العمة الخال سيدي لالة مولاي اسمه اسمها اسمي يدعى تدعى المدعو",
    "المدعوة باسم يسمى تسمى واسمه واسمها الطالب الطالبة التلميذ التلميذة السائق النقيب الملازم القاضي",
    "الإمام سي الست",
)
ARABIC_JOINTS = raw(
    "بن ابن بنت بت أبو أبي أبا أم ام ابو آل عبد ولد بو بنو ذو ال",
)
_LATIN_MORE = raw(
    "hwang jung choi jeong kang cho yoon jang lim shin seo kwon oh achieng atieno akinyi adhiambo",
    "anyango",
    "awino nyambura wanjiru wambui njeri mumbi otieno odhiambo ochieng onyango omondi",
    "okello apio akello nakato babirye namukasa ssemakula mukasa nabukenya tendai chipo rudo tatenda",
    "farai nokuthula sibusiso thabo",
    "lerato palesa kagiso naledi tshepo abena akosua adwoa kwame kofi kwabena yaw ama efua",
    "chinedu chioma",
    "ngozi ifeoma emeka",
    "folake yetunde olumide babatunde aminata mariama fatoumata kadiatou oumou ousmane mamadou moussa",
    "ibrahima souleymane",
    "awa ndeye khady cheikh modou tesfaye abebe almaz tigist selam hiwot mekdes yohannes hirut gebre",
    "asefa jean-baptiste",
    "uwimana mukamana habimana niyonzima ndayishimiye irakoze bisimwa furaha zawadi neema bahati amani",
    "juma hamisi mwajuma zuhura",
    "hiba nour yusuf youssef khalil mariam maryam zeinab zainab hussein hassan ali omar samira leila",
    "layla amina yasmin rania",
    "gulnara aygul dilnoza farhad bahar emre mehmet ayse ayşe fatma zeynep parwana zarghuna hamid reza",
    "shirin",
    "mei ling wei xiu ying li wang zhang chen liu huang zhao wu zhou xu sun ma zhu hu guo lin he",
    "gao luo",
    "zheng liang xie tang",
    "ah kai wen hock ouyang mey minh thi nguyen tran le pham hoang phan vu vo dang bui do ngo",
    "duong hanh",
    "ngoc bich thuy",
    "sione losalini kila teuila hinemoa wiremu aroha tevita mele siaosi sina lani malia kawika",
    "illari ccahuana quispe mamani condori huaman yupanqui nayra wayra sisa dezbah nukilik áilu risten",
    "budhni murmu soren tudu",
    "wilmer yesenia xiomara yuleidi marisol itzel citlali xochitl nahuel ailén millaray",
)
"""Names that the lists lack, of people whom registries of incidents are most about."""


KIN = raw(
    "aunt auntie uncle mother father sister brother wife husband son daughter neighbour neighbor",
    "cousin friend widow nephew niece",
    "grandmother grandfather girl boy nurse teacher driver colleague mum mom dad classmate roommate",
    "boss cook guard clerk",
    "voisin voisine tante oncle mère père sœur soeur frère femme mari fils fille cousin cousine ami",
    "amie veuve nièce neveu",
    "collègue patron patronne infirmière infirmier élève étudiant étudiante ouvrier ouvrière camarade",
    "copine copain",
    "vecino vecina tía tío madre padre hermana hermano esposa esposo marido hijo hija primo prima",
    "amigo amiga viuda sobrino",
    "sobrina abuela abuelo enfermera enfermero alumna alumno compañera compañero patrona patrón",
    "cocinera obrero obrera",
    "vizinho vizinha mãe pai irmã irmão filho filha amiga amigo esposa marido tia tio",
)
"""People: a syllable of a Chinese, Korean or Vietnamese name in small letters may follow."""
WORD_NAMES = raw(
    # what people are wished, in English as in the south and west of Africa and in the Philippines
    "mercy trust beauty pretty comfort hope faith grace joy patience precious gift blessing",
    "happiness fortune",
    "memory innocent lucky prosper praise promise purity peace charity justice wisdom victory marvellous",
    "courage favour favor glory honest honour honor happy lovely loveness learnmore given godknows bright",
    "brilliant clever gracious goodness grateful charm delight divine ever evergreen excellent",
    "fidelity freedom",
    "liberty love lovemore loyal miracle nomatter obvious opportunity persevere polite progress providence",
    "prudence queen prince princess reward salvation service shine silence sunday monday tuesday wednesday",
    "thursday friday saturday talent talkmore tears thankful treasure truth unity virtue welcome witness",
    "baby boy honey sunny angel star heaven nature paradise kind noble pleasant sweet wonder world",
    # of peoples of North America and of the Pacific
    "bear bears eagle hawk wolf elk crow raven horse horses bull buffalo cloud clouds moon moons sky rain",
    "river thunder storm feather feathers arrow stone bird sparrow owl fox deer moose whale salmon cedar",
    "sage sun winter autumn summer spring dawn snow wind fire flame running standing sitting walking",
    # French and Spanish
    "espérance bonheur dieudonné fortuné fortunée gloire grâce merveille parfait parfaite prospère",
    "providence",
    "sagesse trésor victoire désiré désirée clément clémence aimé aimée bienvenu bienvenue modeste fidèle",
    "paz luz cruz sol cielo consuelo dolores socorro amparo refugio milagros esperanza soledad remedios",
    "pilar rosario mercedes encarnación asunción concepción ascensión natividad purificación trinidad",
    "estrella alba aurora blanca rosa violeta margarita azucena perla gema victoria gloria linda dulce",
    "modesto modesta clemente inocencio inocente primitivo segundo tercero máximo mínimo justo justa",
)
"""Everyday words that are given to people as names."""
DOES = raw(
    "said says told tells asked wrote went came lives lived works worked waited cried slept lost",
    "left saw heard",
    "felt knew sold bought called filmed signed refused feared fled died lay sat stood ran walked",
    "sleeps waits",
    "sells keeps speaks spoke thinks thought wants wanted believes believed remembers remembered answered",
    "a dit est dit vit vivait travaille attend attendait pleure pleurait dort dormait parle parlait",
    "sait croit",
    "dijo dice vive vivía trabaja espera esperaba llora lloró duerme habla habló sabe cree vende",
    "vendía firmó",
    "fue vino perdió recibió oyó vio murió",
)
"""What people do: after a word that may be a name, it is one more often than not."""
FIRST_WORDS = raw(
    "he we me my the she so to do no in an on at of is it if as us you our her his le la les un",
    "une ce se sa si su",
    "el lo los de en al mi te tu ya y e o a os um na eu",
)
"""Short words that often begin a sentence."""
SYLLABLE_ENDINGS = ordered(
    "iang iong uang yeong yeon yang eong ieng uong uan uen uei uai iao ian iau iem ieu oai oan",
    "ung ang eng ing ong",
    "eun aek eok eul yun yul oon oo ee aw ai ao au an am ap at ak ei en em ek eo eu er ia ie in",
    "iu io im ik it ip ou",
    "oi on om ok ot op ua ui un uo ue ut uk um ah eh uh oh ae a e i o u y",
)
"""How syllables of Chinese, Korean and Vietnamese names end in plain Latin letters; longer ones first."""

RENAMED = frozenset({"fr_QC"})
"""Locales that the library keeps under an older name too, and warns of."""
PERSON = "faker.providers.person"
NEVER_WORDS = raw(
    "juan maría maria josé jose pedro carlos luis ana miguel jorge francisco antonio manuel javier",
    "fernando alejandro diego pablo",
    "ricardo andrés carmen lucía isabel elena marta laura patricia sandra claudia raúl sergio héctor",
    "óscar john james michael",
    "david robert william richard thomas joseph charles daniel matthew anthony paul steven andrew",
    "joshua",
    "kevin brian george mary jennifer",
    "elizabeth susan jessica sarah karen lisa nancy betty sandra ashley kimberly emily donna michelle",
    "peter simon joyce esther ruth",
    "mohamed mohammed muhammad mohammad ahmed ahmad ali omar hassan hussein ibrahim yusuf youssef",
    "khaled",
    "fatima aisha amina mariam",
    "abdullah abdul jean pierre-yves jacques michel françois philippe nicolas alain claire sophie",
    "camille",
    "nathalie isabelle",
    "catherine sylvie martine fatou moussa mamadou abdoulaye ousmane awa aminata joão paulo luiz lucas",
    "gabriel rafael",
    "anna ivan igor olga natalia tatiana sergei dmitri vladimir svetlana katarzyna piotr jan marek wang",
    "zhang chen liu nguyen tran kim",
    "park singh kumar patel khan sharma gupta priya anil sunil rajesh suresh lakshmi budi siti",
    "dewi agus",
)
"""Given and family names, in lower case, that are no word of our languages however often they occur."""


TOLD_OF = raw(
    "was is has had did does got went came lives lived works est était a avait fut es era fue ha había está",
    "estaba tiene tenía",
)
"""After a name that is a word as well: something is said of somebody."""
WHO_IS = raw(
    "a an who aged whose our my the her his un une qui âgée âgé notre ma mon la le una que nuestra",
    "nuestro mi su quien",
)
"""After such a name and a comma: somebody is told apart."""


@cache
def names() -> frozenset[str]:
    """Every single word of a name, in lower case, with its accents and without."""
    return frozenset((_LATIN_MORE | _words_of("name")) - PARTICLES - TITLES - CALLED)


@cache
def given_names() -> frozenset[str]:
    """Those of them that are somebody's first name."""
    return frozenset(_words_of("first_name") - PARTICLES - TITLES - CALLED)


def _words_of(attribute: str) -> set[str]:
    """Every word of two letters or more in the lists that are called so, with its accents and without."""
    found = set()
    for full in _listed(attribute):
        for word in full.replace("’", "'").split():
            plain = word.strip(".,'\"()-").casefold()
            if len(plain) >= 2:  # noqa: PLR2004 - a single letter is an initial
                found |= {plain, bare(plain)}
    return found


def bare(word: str) -> str:
    """The word without accents."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _listed(called: str) -> Iterator[str]:
    # Found when a text is read for the first time: 6 MB of code that a process without texts does not need.
    factory, find_available_locales = (
        resolve_name("faker.factory:Factory"),
        resolve_name("faker.utils.loading:find_available_locales"),
    )
    for locale in set(find_available_locales([PERSON])) - RENAMED:
        (names_of,) = factory.create(locale, [PERSON]).providers
        for attribute in dir(names_of):
            if called in attribute and not attribute.startswith("_"):
                yield from _strings(getattr(names_of, attribute))


def _strings(values: object) -> Iterator[str]:
    """The strings of a list, a tuple of pairs or a table of weights."""
    if isinstance(values, str):
        if "{{" not in values:
            yield values
    elif isinstance(values, Mapping):
        yield from (key for key in values if isinstance(key, str))
    elif isinstance(values, (tuple, list, set, frozenset)):
        for value in values:
            yield from _strings(value)
