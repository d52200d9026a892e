"""Roles that people hold, by how many hold them in one place."""

from __future__ import annotations

from registry.privacy.words.tables import table

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
    "vicaire bâtonnier rebouteux rebouteuse meunier meunière souffleur antenniste sous-préfet",
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
    "madrina padrino mayoral mayorala vicaria perito perita madre-superiora pregonero pregonera",
    "vigilante sereno nochero vigía celadora capataz capataza baquiano baquiana arriero arriera",
    "vaquero aguatero aguatera molinero molinera",
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
    "مغسل مغسلة مراسل مراسلة ناطور عازف عازفة ملكة مأذونة سادن كشاف كشافة ساقي خولي شاويش بواب",
    "حكم حكمة مذيع مذيعة مهندس مهندسة مخرج مخرجة مصور مصورة إسكافي خزاف خزافة",
    "غواص غواصة ملاح ملاحة بحري طيار طيارة سباك كهربائي ميكانيكي بستاني بستانية حطاب نوتي مكاري",
    "فني فنية عريف عريفة جابي موجه موجهة مساح صراف صرافة مفتش مفتشة",
    "نحاس خباز فران قبطان ريس حكيم حكيمة عراف معالج مغسل مقرئ قنصل سفير سفيرة نجار ساعي",
)
"""A role that mostly one person holds in one place."""
PEOPLE = table(
    "operator apprentice assistant operador operadora opérateur opératrice auxiliar auxiliaire aprendiz",
    "apprenti apprentie ayudante gérante gérant overseer aide",
    "oboe violin violinist viola cello cellist trumpet trumpeter trombone tuba clarinet flute flautist tenor",
    "soprano alto bass drummer pianist trompeta trompetista saxofón clarinete flauta violín violinista tenor",
    "hautbois trompettiste clarinettiste flûtiste violoniste altiste perito perita",
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
WORKERS = table(
    "technician officer nurse engineer clerk teacher driver guard guide therapist translator interpreter",
    "counsellor counselor attendant supervisor tailor carpenter mason plumber electrician mechanic barber",
    "hairdresser dentist optician trader vendor helper volunteer trainer tutor lecturer professor analyst",
    "accountant cashier cook chef coach inspector operator planner organiser organizer responder doctor",
    "lawyer judge witness barrister shepherd herder hunter weaver potter photographer reporter presenter",
    "announcer orderly cleaner carer rider pilot skipper goalkeeper farmer fisherman worker",
)
"""Of the people of whom there are many, those whom a word before tells apart: *the dialysis technician*."""
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
HOUSEHOLD = table(
    "cook driver chauffeur bodyguard maid nanny housekeeper gardener secretary assistant tutor carer nurse",
    "cuisinier cuisinière chauffeur jardinier jardinière bonne nounou secrétaire garde-malade",
    "cocinero cocinera chofer chófer jardinero jardinera niñera secretario secretaria escolta enfermera",
)
"""People who work for one person: *his cook*."""
BODIES = table("guy man woman lady boy girl fellow chap")
