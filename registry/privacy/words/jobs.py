"""Roles that people hold, by how many hold them in one place, and what surrounds them."""

from __future__ import annotations

from registry.privacy.words.tables import ordered, table

ONE_HOLDS = table(
    # English
    "mayor mayoress deputy-mayor governor headmaster headmistress headteacher principal vice-principal",
    "head deputy matron warden superintendent dean rector provost registrar bursar",
    "chancellor bishop archbishop abbot abbess prior prioress vicar priest parson pastor deacon imam",
    "mufti muezzin rabbi cantor lama monk nun reverend chaplain sexton verger sacristan",
    "sheriff marshal coroner magistrate notary ombudsman ombudswoman consul vice-consul ambassador",
    "commissioner chairman chairwoman chairperson chair president vice-president secretary",
    "treasurer councillor councilor alderman chief chieftain headman headwoman elder sultan emir king",
    "queen prince princess duke baroness marquis hetman mukhtar malik sarpanch pradhan",
    "harbourmaster harbormaster postmaster postmistress stationmaster lighthouse keeper ferryman",
    "gravedigger undertaker bellringer piper midwife blacksmith miller baker butcher",
    "pharmacist apothecary vet veterinarian anaesthetist anesthetist surgeon psychiatrist psychologist",
    "prosthetist radiographer ranger gamekeeper librarian curator archivist conductor",
    "ringmaster spokesman spokeswoman spokesperson caretaker janitor porter foreman forewoman",
    "quartermaster commander captain brigadier colonel major sergeant director manager coordinator",
    "shaman healer medicine-man griot bard organist choirmaster beekeeper interpreter steward stewardess",
    "cook widow heir heiress orderly speaker raisi rais chairlady whip auditor bailiff provost lieutenant",
    "midwives catechist deaconess lay-preacher storekeeper storeman paymaster bursary pay-clerk dispatcher",
    "groundskeeper gatekeeper watchman nightwatchman doorkeeper muleteer boatman boatwoman",
    # French
    "maire mairesse préfet préfète sous-préfet gouverneur gouverneure proviseur proviseure principal",
    "principale censeur directeur directrice doyen doyenne recteur rectrice intendant",
    "intendante économe surveillant-général curé abbé abbesse évêque archevêque prieur prieure imam",
    "muezzin rabbin pasteur aumônier aumônière sacristain bedeau marabout griot griotte",
    "hougan mambo cacique chef cheffe chefesse roi reine sultan président présidente vice-président",
    "secrétaire trésorier trésorière adjoint adjointe conseiller conseillère consul consule",
    "ambassadeur ambassadrice notaire huissier huissière juge greffier greffière procureur procureure",
    "médiateur médiatrice gendarme brigadier commandant capitaine major majore matrone",
    "sage-femme pharmacien pharmacienne apothicaire vétérinaire chirurgien chirurgienne anesthésiste",
    "pédopsychiatre psychiatre psychologue infirmier-chef forgeron boulanger boulangère boucher",
    "garde-champêtre garde-forestier gardien gardienne fossoyeur sonneur passeur facteur factrice postier",
    "éclusier bibliothécaire archiviste surveillant surveillante kiné orthophoniste référent référente",
    "porte-parole gestionnaire responsable régisseur capitaine matelot concierge intendante",
    "chorégraphe organiste coordinateur coordinatrice bourgmestre échevin syndic syndique",
    # Spanish
    "alcalde alcaldesa exalcalde intendente intendenta gobernador gobernadora prefecto director directora",
    "subdirector rector rectora decano decana párroco cura obispo arzobispo abad abadesa",
    "prior priora vicario capellán sacristán imán rabino pastor cacique lonko machi werkén jilaqata",
    "mallku mama yachachiq chamán curandero curandera presidente presidenta vicepresidente",
    "secretario secretaria tesorero tesorera fiscal vocal síndico síndica regidor regidora concejal",
    "concejala comisario comisaria comisariado comisariada juez jueza notario notaria alguacil",
    "procurador procuradora personero personera corregidor corregidora cónsul embajador embajadora",
    "comandante capitán sargento jefe jefa líder lideresa lidereza mayordomo mayordoma",
    "partera comadrona boticario boticaria farmacéutico farmacéutica veterinario veterinaria pediatra",
    "anestesista psicólogo psicóloga cirujano cirujana herrero panadero panadera cartero",
    "cartera sepulturero sepulturera enterrador campanero rezadora barquero farero guardabosques",
    "bibliotecario bibliotecaria ecónomo ecónoma encargado encargada coordinador coordinadora",
    "marqués marquesa duque duquesa conde condesa rey reina torero torera organista gestor gestora",
    "portavoz vocero vocera delegado delegada bombero maestro médico teniente obispa huesero huesera",
    "sobador sobadora yerbatero yerbatera topógrafo topógrafa forense registrador registradora celador",
    "celadora capataz capataza baquiano baquiana arriero arriera vaquero aguatero aguatera molinero molinera",
    # Portuguese
    "prefeito prefeita vereador vereadora pároco padre bispo diretor diretora síndico pajé benzedeira",
    "barqueiro barqueira benzedeiro rezadeira capataz cacica régulo secretário secretária",
    "parteira presidente tesoureiro tesoureira delegado delegada juiz juíza oleira faroleiro coveiro",
    # Indonesian, Malay, Swahili, Turkish, Slavic in Latin letters
    "lurah camat bupati kades ketua bendahara bidan dukun ustaz mantri penghulu kepala modin takmir",
    "mkunga mkurugenzi diwani chifu mwenyekiti katibu mhasibu mweka-hazina imamu shehe padri askofu",
    "mganga mkuu afisa nahodha karani fundi msimamizi mratibu mlinzi mtunza mhubiri kiongozi",
    "kepala juru pengurus pengelola mandor satpam modin",
    "muhtar kaymakam starosta sołtys wójt proboszcz",
    # Arabic
    "مدير مديرة عمدة رئيس رئيسة مختار إمام خطيب مؤذن قاضي قاض مأذون محافظ ناظر ناظرة قائد قائدة مطران",
    "أسقف كاهن قسيس خوري راهب راهبة أمين أمينة كبير كبيرة شيخ وجيه عاقل عميد عميدة",
    "نقيب نقيبة قائمقام والي معتمد قايد مقدم مندوب مندوبة مسؤول مسؤولة حارس حارسة خادم قابلة داية صيدلي",
    "صيدلانية بيطري بيطرية جراح جراحة طبيب طبيبة مرشد مرشدة مترجم مترجمة",
    "مدرب مدربة كاتب كاتبة سكرتير سكرتيرة نائب نائبة وكيل وكيلة مشرف مشرفة منسق منسقة محاسب محاسبة حداد",
    "فني فنية عريف عريفة جابي موجه موجهة مساح صراف صرافة مفتش مفتشة",
    "نحاس خباز فران قبطان ريس حكيم حكيمة عراف معالج مغسل مقرئ قنصل سفير سفيرة نجار ساعي",
)
"""A role that mostly one person holds in one place."""
PEOPLE = table(
    "operator apprentice assistant operador operadora opérateur opératrice auxiliar auxiliaire aprendiz",
    "apprenti apprentie ayudante gérante gérant overseer aide",
    "goalkeeper striker coach referee crier catcher host hostess attendant driver rider pilot sailor",
    "skipper shepherd herder",
    "hunter trapper weaver potter tailor carpenter builder mason plumber electrician mechanic barber",
    "hairdresser dentist",
    "optician carer nanny babysitter translator signer singer dancer drummer painter poet writer editor",
    "reporter presenter",
    "broadcaster photographer trader vendor seller shopkeeper innkeeper landlord landlady tenant owner",
    "organiser organizer",
    "leader founder helper volunteer trainer tutor lecturer professor scientist researcher analyst",
    "accountant clerk cashier",
    "avocat avocate conducteur conductrice chauffeur chauffeuse coiffeur coiffeuse couturier couturière",
    "tailleur maçon",
    "menuisier plombier électricien mécanicien pêcheur pêcheuse berger bergère éleveur éleveuse",
    "cultivateur cultivatrice",
    "vendeur vendeuse commerçant commerçante épicier épicière animateur animatrice chanteur chanteuse",
    "écrivain poète peintre",
    "entraîneur gardien infirmière infirmier aide-soignant professeur professeure instituteur",
    "institutrice traducteur traductrice",
    "chofer conductor conductora dirigente dirigenta capitana capitán entrenador entrenadora arquero",
    "arquera portero portera",
    "pescador pescadora pastor pastora tejedor tejedora sastre costurera carpintero albañil plomero",
    "electricista mecánico",
    "peluquero peluquera vendedor vendedora tendero tendera dueño dueña señora señor locutor locutora",
    "cantante poeta pintor",
    "pintora profesor profesora traductor traductora abogado abogada dentista cuidador cuidadora",
    "promotor promotora técnico",
    "motorista cozinheira cozinheiro pescador pescadora advogado advogada cantora vendedora dona dono",
    "صاحب صاحبة معلم معلمة مدرس مدرسة سائق سائقة بائع بائعة صياد راعي خياط خياطة طباخ طباخة صانع صانعة",
    "حلاق بناء لاعب لاعبة مذيع مذيعة",
    "director directora directeur directrice diretor diretora padre médico cook captain capitaine capitán",
    "pastor pasteur chef jefe encargado encargada manager garde guardia secretaria",
    "secretary secrétaire مترجم مترجمة خادم حارس حارسة طبيب طبيبة كاتب كاتبة مدرب مدربة مدير مديرة رئيس",
    "رئيسة حكيم كبير كبيرة أمين أمينة مسؤول مسؤولة نائب مقدم",
    "woman man girl boy person survivor speaker employee worker user member resident inhabitant pupil",
    "student child mother father wheelchair-user masseur announcer barrister orderly nurse",
    "doctor teacher driver farmer fisher fisherman guard officer guide clerk cleaner counsellor counselor",
    "therapist engineer technician judge lawyer witness resident family",
    "femme homme fille garçon personne enfant élève survivant survivante habitant habitante locuteur",
    "locutrice interprète médecin docteur docteure enseignant enseignante maître maîtresse dentiste",
    "mujer hombre niña niño persona hablante intérprete enfermera enfermero médica médico doctora doctor",
    "maestra maestro vecino vecina habitante sobreviviente maquis cocinera",
    "mulher homem pessoa falante professora professor enfermeira médica mwanamke mwanaume mwalimu muuguzi",
    "daktari perempuan wanita guru perawat dokter",
    "امرأة رجل طفل طفلة ممرض ممرضة معلم معلمة مدرس مدرسة طالب طالبة ناجية ناج متحدث متحدثة راعي صياد سائق",
    "سائقة عامل عاملة محامي محامية أرملة يتيم أستاذ أستاذة صاحب صاحبة",
)
"""People of whom there are many, until a word says that this is the only one."""
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
OF = table("of de du des d' del da do dos das wa ya za cha")
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
    "ic al ar ivo iva ario aria ico ica ado ada ido ida aire el elle ique if ive into unto unta eur int ano",
    "ana",
)
"""Endings of what follows a role in French, Spanish and Portuguese: *líder comunitaria*."""
WORKERS = table(
    "technician officer nurse engineer clerk teacher driver guard guide therapist translator interpreter",
    "counsellor counselor attendant supervisor tailor carpenter mason plumber electrician mechanic barber",
    "hairdresser dentist optician trader vendor helper volunteer trainer tutor lecturer professor analyst",
    "accountant cashier cook chef coach inspector operator planner organiser organizer responder doctor",
    "lawyer judge witness barrister shepherd herder hunter weaver potter photographer reporter presenter",
    "announcer orderly cleaner carer rider pilot skipper goalkeeper farmer fisherman worker",
)
"""Of the people of whom there are many, those whom a word before tells apart: *the dialysis technician*."""
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
STOPS = table(
    "is was were are be been being has have had having does did do can could will would shall should may",
    "might must said says say told tells wrote writes asked asks saw sees heard hears knew knows wants",
    "wanted found finds got gets went goes came comes made makes took takes gave gives read reads sent",
    "left called calls used uses answered replied signed refused lost who whom whose which that when while",
    "because although but if so than and or nor also only even then yet as",
    "est était sont étaient a ont avait avaient sera serait fut dit disent disait écrit voit vu entend",
    "entendu sait savait veut voulait trouve trouvé reçoit reçu fait prend donne lit lu signe signé",
    "refuse perd perdu qui que quand parce mais si car et ou ni aussi même puis ne n'a ne n'est s'est",
    "es era son eran fue fueron será sería ha han había habían dice dijo dicen escribe escribió ve vio",
    "oye oyó sabe sabía quiere quería encuentra encontró recibe recibió hace hizo toma tomó dio lee",
    "leyó firma firmó rechaza perdió que cuando porque pero si pues y e o u ni también incluso luego ya",
    "llamó llama salió quedó tuvo tiene tenía antes después cuya cuyo no se le les me nos",
    "é foi são eram era disse diz tem tinha quer viu ouviu sabe mas e ou não dan atau adalah yang ni au",
    "alisema anasema",
)
"""Words that end what a role is of."""
COPULAS = table("es soy era fue eres somos é sou foi est suis était is am was as como comme como ni adalah")
"""Before a role without an article."""
TELLING = table(
    "cuenta dice dijo contó según firma firmó habló es era soy lo llaman conoce conocen preguntar",
    "pregunten según a",
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
COMPOUNDS: dict[str, frozenset[str]] = {
    "point": table("focal"),
    "focal": table("point person"),
    "contact": table("person"),
    "madre": table("comunitaria"),
    "madres": table("comunitarias"),
    "mere": table("supérieure"),
    "mother": table("superior"),
    "juru": table("kunci bicara tulis masak rawat sita"),
    "garde": table("champêtre forestier"),
    "chef": table("coutumier"),
    "punto": table("focal"),
    "ponto": table("focal"),
}
"""Roles of two words neither of which is one."""
MANY_ARABIC = table(
    "امرأة رجل طفل طفلة طالب طالبة ناجية ناج متحدث متحدثة عامل عاملة يتيم أرملة لاعب لاعبة",
)
"""People, of whom a role says nothing until a word says that there is no other."""
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
OTHER_SENSE: dict[str, frozenset[str]] = {
    "es": table("mayor principal head major mambo mama vocal piper"),
    "fr": table("principal principale juge mayor king charge conseiller whip"),
    "pt": table("mayor principal major fiscal vocal"),
    "en": table("principal vocal fiscal secretaria cura regent intern mama chef"),
}
"""Words that are roles in one language and something else in another."""
NOBODY = table(
    "person people family child user member resident speaker worker personne persona personas pessoa"
)
"""Whoever it was: *the first person in* is no role."""
THAT_DOES = table("to who qui que")
"""After *the first woman*, what she did."""
