"""Words of postal addresses, by what stands beside them and by language."""

from __future__ import annotations

from registry.privacy.words.tables import ordered, table

STREET_FIRST = table(
    # French, Spanish, Portuguese, Italian
    "rue avenue av ave boulevard bd bld bvd allée allées impasse imp chemin chem quai route rte ruelle",
    "passage chaussée sentier venelle",
    "sente esplanade rond-point montée traverse faubourg promenade servitude rocade",
    "calle cl cll c/ avenida avda avd carrera cra kra kr cr transversal tv transv diagonal dg jirón jr",
    "pasaje psje pje paseo callejón camino",
    "cda cjón priv senda prolongación prol ronda carretera ctra autopista calzada cerrada privada",
    "retorno ret andador",
    "circuito bulevar blvr malecón cuesta travesía ruta circunvalar glorieta",
    "rua travessa alameda praça beco ladeira estrada rodovia largo via viale corso vicolo piazza piazzale",
    "strada",
    # Indonesian and Malay, Swahili, Slavic, Vietnamese, Thai, Filipino
    "odos str strada bd șoseaua calea aleea ulitsa pl rue: na",
    "jl jln jalan gg gang lorong lrg barabara mtaa ul ulica ulitsa ulice os osiedle aleja prospekt",
    "vul vulytsia prov provulok kuche-ye khiaban-e pereulok вул ул улица вулиця",
    "đường phố ngõ hẻm ngách soi thanon moo kalye",
    # Arabic
    "شارع ش نهج زنقة درب حارة طريق جادة سكة زقاق مدق ممر عطفة رصيف كورنيش",
)
"""The name of the street follows: *rue de la Paix 12*, *calle 13 # 45*."""
TITLES_TOO = table("dr")
"""Short words for a street that stand before the name of a person too."""
STREET_LAST = table(
    "street st str road rd avenue ave lane ln drive dr crescent cres boulevard blvd terrace highway hwy",
    "parade pde marg salai galli gali path",
    "tce tca cct gr grv esp bvd trk pl",
    "track trail pike alley mews quay wharf grove bypass parkway pkwy cul-de-sac roundabout expressway",
    "turnpike walk row link loop close court way square gardens rise view hill",
    "mahallesi mah sokak sokağı sok sk caddesi cad cd bulvarı blv utca út tér ulitsa prospekt lu jie",
    "gasse strasse straße allee weg platz damm laan straat gata gatan vej katu ave",
    "xiang hutong chowk bagh bazar bazaar kucha koocheh khiaban",
)
"""The name of the street stands before: *Heron Lane*, *Atatürk Mah.*"""
STREET_NUMBERED = table(
    "cour côte galerie place pl cours cité square villa closse mill yard plaza parque largo parc piazza",
    "sharia shari sharei share'",
)
"""Streets only when a number stands before: *3, place du Marché*."""
STREET_NUMBERED_OF = table("rang")
"""The same, when a particle follows: *418, rang des Épinettes*."""
STREET_SURE = table(
    "street road rd avenue ave lane crescent boulevard blvd terrace highway hwy alley marg mahallesi",
    "sokak caddesi",
)
"""Of these, the ones that are read as a street in small letters too."""
STREET_ENDINGS = ordered(
    "strasse straße str gasse platz allee weg damm ufer straat laan plein kade gracht singel gatan gata",
    "vägen vagen veien vegen vej gade katu tie kuja tänav iela -ro -gil -daero -cho -chome -machi -dong",
)
"""Endings of compound names: *Wildenbruchstr.*, *Kievitslaan*, *Gwanak-ro*."""
UNIT = table(
    # English and South Asian
    "chak dto tür bâche cabin quarter house hse hno flat apt apartment unit suite ste room rm floor",
    "flr door villa building bldg block blk",
    "tower plot stand erf lot shop office",
    "house-no flat-no basement penthouse maisonette cottage stairwell khasra homestead compound pen bay",
    "berth mooring pitch",
    # camps
    "tent shelter caravan container tukul shed hut camp site comp subblock corridor dormitory bunk prefab",
    # French
    "carré lot îlot ilot parcelle porte maison concession bât bâtiment bt esc escalier appt appart app",
    "appartement étage ét chambre ch immeuble imm",
    "résidence rés entrée bloc tente abri rangée secteur emplacement aire interphone foyer hangar",
    "pavillon lgt logement logements boîte digicode",
    # Spanish
    "casa piso apto apartamento dpto depto departamento interior int bloque torre puerta escalera portal",
    "planta ent entresuelo manzana mz mza lote lt",
    "solar polígono pol parcela pabellón barracón módulo mód litera cuarto habitación hab local nave",
    "chabola taquilla muelle carpa tienda refugio",
    "dormitorio cama pasillo fila galpón rancho lt vivienda viv bajo bajos ático izq izquierda dcha",
    "derecha",
    # Portuguese, Italian, Slavic, Turkish, Dutch, German, Nordic, Vietnamese
    "quadra qd andar apto bloco fundos barraca tenda interno scala piano palazzina d dom kv korp kw",
    "mieszkanie lok kat daire no: bus hinterhaus vorderhaus",
    "og eg wohnung stiege top nhà tầng phum unité",
    "bl blc sc scara ap et etaj lgh sal oppg h:o bldg: vh vhod fl apart korpus kvartira byt dveře p",
    "orofos esz em ajtó k uy xonadon pillar stall kiosk yard brecha tranche tee kiosque portail entrée",
    "كمبوند مكتب نزلة مساكن",
    "quarteirão qt célula talhão gleba",
    # Persian, Central Asian, Ethiopian, Chinese, Vietnamese, Burmese and others in Latin letters
    "pelak vahed tabaqe uy xonadon dom nahia gozar mkr mikrorayon kebele woreda ketena sec aly ln alley",
    "area parcel ngach ngo khu sector katta talaka",
    # Indonesian, Swahili
    "rt rw blok kav kavling rumah nyumba chumba hema kitalu ploti kiwanja kitongoji zoni mlango ghorofa",
    # Arabic
    "بلوك خيمة كرفان مأوى مربع عمارة بناية شقة دور طابق فيلا منزل بيت دار مبنى باب مجمع ملحق قطعة صف غرفة",
    "مدخل بركس كرافان مسكن محل حوش وحدة عنبر سرير ضلع بلك بناء",
    "مقسم داخلي بقعة قطية عشة محلة تجزئة ط طبقة برج بناء عماره شقه غرفه خيمه كوخ بلوكات شارعين عقار زاوية",
    "كلم مسكن راكوبة هنجر كونتينر",
)
"""A number or a letter follows or precedes: *tent 14*, *3e étage*."""
WEAK_UNIT = table(
    "cuadra quarter cabin chak rang m d gate row stage phase extension ext zone sector section",
    "district street ward gate lane road",
    "level km kilómetro kilomètre pk",
    "zona sector sección etapa fase kilometro comité uv margen altos secteur section zone site district",
    "route",
    "قطاع منطقة مخيم محور كيلو كم مرحلة قاطع",
)
"""The same, but so often said of other things that one alone is no address."""
EVERYDAY_UNIT = table(
    "site room floor office shop door building container unit camp lot block boîte porte maison chambre",
    "pillar stall kiosk yard tranche tee kiosque portail entrée مكتب",
    "local casa tienda puerta cama planta piso foyer",
    "interior cuarto aire torre tower d ch esc int bajo bajos derecha izquierda no: og eg site comp",
    "module módulo mód top bus bay app portal ent solar fila",
    "p k ap et h em area parcel sec h:o زاوية بناء عقار مجمع house hut flat دور باب منزل بيت دار",
    "غرفة صف مربع سرير وحدة محل مدخل concession refugio bloc secteur bloque unité pen pitch lots",
    "logements logement kat dom piano scala hab",
)
"""Units that alone are hardly ever worth a question."""
SHELTER = table(
    "tent tente carpa shelter abri caravan tukul خيمة كرفان كرافان مأوى بركس hema apt villa appt",
    "appartement apartamento apto",
    "شقة فيلا عمارة depto dpto daire hse hno",
)
"""Units that with a number lead to one door."""
AREA = table(
    "quartier cité lotissement lot lieu-dit hameau ksar douar fracc fraccionamiento condominio edificio",
    "edif residencial urb urbanización col colonia barrio bo bairro población villa conjunto residencial",
    "ejido",
    "caserío vereda finca recinto comunidad compañía bidonvil cortijo masia masía qta quinta hacienda",
    "asentamiento aahh ah pueblo colonia cdla ciudadela sector reparto",
    "ramal musseque bairro loteamento sítio kijiji kitongoji odos mkr zhk area lieudit recinto vía",
    "uh hay derb hlm brgy barangay sitio purok kel kelurahan kec kecamatan mohalla moh estate dusun",
    "kampung kp ds desa",
    "village heights résidence rés imm immeuble foyer ferme hôtel hotel hostel hostal auberge pensión",
    "albergue pensão pousada gîte chateau cortiço",
    "حي مخيم قرية حوش عزبة كفر ضاحية تجمع إقامة تجزئة معسكر حارة مجمع بلدة نجع برج",
    "دوار درب ضيعة",
)
"""The name of a quarter or an estate follows."""
AREA_LAST = table(
    "estate settlement colony nagar village house court heights mansion mansions towers tower plaza",
    "hostel mill apartments apt gardens park lodge hall",
    "flats camp township extension compound homestead farm cottages quarters close",
)
"""The name of a quarter, an estate or a house stands before."""
BOX = table(
    "pobox box bp bte apartado apdo casilla slp rmb rr hc postfach postbus sanduku skrytka lockbag rsd",
    "restante pmb gpo cp cedex",
    "صندوق صب",
)
"""A post box; its number follows."""
BAG = table("private locked mail lock po post postal poste")
"""Before *bag* and *box*, a post box."""
NUMBER = table(
    "رمز na namba nambari number no nr n° nº n num number numéro número nro nomor nambari numero ndeg # №",
    "رقم nos º",
)
"""*Number*, between a word and its value."""
PARTICLES = table(
    "x de la le les los las el du des del da do dos das di dei degli della dello al of the et y e i à and",
    "bis ter quater saint sainte san santa st ste ibn abu bin bint abd",
    "ال و في wa ya za cha",
    "sur norte este oeste nord sud est ouest north south east west poniente oriente nw ne sw se",
)
"""Small words inside a street's name."""
BESIDE = table(
    "upstairs downstairs under beneath above between before across",
    "facing dessous dessus sous bord loin contre devant frente",
    "debajo encima contiguo contigua enfrente antes bajo بين قدام وراء لصق حذاء ناحية بقرب",
    "después cruzando pasando llegando subiendo e/ entre off opp opposite near behind beside past after",
    "via face derrière après devant chez c/o vía desvío frente esq esquina entre entrada detrás atrás",
    "parte côté altura",
    "next above below corner junction gauche droite gauche, fondo mano",
    "dekat sebelah belakang karibu nyuma lado próximo frente detrás junto",
    "خلف بجانب جنب قرب بجوار مقابل أمام قبالة فوق تحت جهة بعد قبل",
)
"""Words that lead from an address to a landmark."""
ORDINALS = table(
    "first second third fourth fifth ground top upper lower premier première deuxième troisième quatrième",
    "rez-de-chaussée rdc r/c primer primero primera segundo segunda tercer tercero tercera cuarto cuarta",
    "quinto bajo الأول الثاني الثالث الرابع الخامس السادس السابع الأرضي الأولى الثانية الثالثة الرابعة",
    "izda izqda الأخير الخلفي s/n sn s/nº",
)
"""Values written as words."""
WAY = table(
    "m mt mts metro metros vara varas c cuadra cuadras mètre mètres meters metres pas steps yards miles",
    "متر خطوة",
)
"""Measures of a way that is told: *200 m al norte*."""
TOWARDS = table(
    "al a au à vers to hacia north south east west norte sur este oeste oriente poniente lago arriba",
    "abajo nord sud est ouest nördlich past from before after past up down",
    "شمال جنوب شرق غرب بعد",
)
HALF = table("media medio half demi demie نصف")
"""Measures of a way without a digit: *media cuadra abajo*."""
STREET_KINDS = table(
    "principal central real vieja nueva ciega peatonal ancha honda mayor principale haute basse neuve",
    "grande",
    "vieille latérale direita",
)
"""Names of streets in small letters: *calle principal*."""
DOORS = table(
    "house hse hno flat apt room door maison porte chambre appt appartement casa puerta cuarto apto depto",
    "rumah nyumba منزل بيت دار شقة باب غرفة مسكن خيمة كرفان",
)
"""Of everyday units, those behind which somebody lives."""
FROM = table("from of de du des del do da d' من عن")
"""Between a length and the landmark that it is counted from: *200 mètres du forage*."""
LANDMARKS = table(
    "gate door house homestead hut school church mosque shop tree well bridge station borehole tank",
    "junction kiosk market clinic tower mill abattoir airstrip runway flyover underpass cobbler chemist",
    "tailor baker butcher barber chapel temple shrine cemetery graveyard petrol filling garage depot",
    "warehouse factory silo dam dip pump tap windpump reservoir river stream canal ford culvert crossroads",
    "roundabout checkpoint barrack barracks dump quarry pitch playground field fence hedge wall bakery",
    "pharmacy police post office dispensary latrine generator mast antenna baobab mango fig cedar",
    "portail porte maison case école église mosquée boutique arbre puits pont carrefour château marché",
    "concession dispensaire pharmacie tailleur menuisier boulanger boulangerie boucherie coiffeur garage",
    "chapelle temple cimetière abattoir forage borne fontaine lavoir rivière marigot gué barrage canal",
    "moulin scierie carrière décharge terrain stade gare piste antenne pylône manguier baobab fromager",
    "station-service commissariat poste mairie lycée collège hangar dépôt mur citerne passerelle goudron",
    "portón puerta casa escuela iglesia mezquita tienda árbol pozo puente cruce canal pulpería cancha",
    "mercado cine tanque finca crucero farmacia panadería carnicería taller gasolinera cementerio capilla",
    "ermita molino represa presa acequia río quebrada arroyo vado barda tapia lavadero pila toma bomba",
    "matadero vertedero cantera estadio parada terminal estación antena torre ceiba samán mango palmera",
    "tranca tranquera portillo polideportivo comisaría alcaldía colegio bodega galpón silo abarrotes",
    "باب بوابة بيت منزل مدرسة مسجد جامع دكان شجرة بئر جسر محطة خزان مفرق سوق بقالة مخبز فرن صيدلية",
    "مقبرة كنيسة مسبح ملعب مطحنة معصرة حلاق جزار ورشة كراج مستودع مصنع سد نهر ترعة ساقية قناة دوار",
    "ميدان مستوصف عيادة بلدية مخفر حاجز محول عمود برج سور حائط نخلة تينة زيتونة بركة وادي عين حنفية",
)
"""What stands where no street has a name."""
BUILDINGS = table("عمارة بناية برج فيلا دار مبنى مجمع بناء إقامة عماره قصر")
"""Buildings that have names."""
TAILS = table(
    "nord sud ouest izda izqda left right rear front upstairs downstairs links rechts gauche droite",
    "prolongé prolongée",
    "prolongado prolongación altos bajos fondo fondos izquierda derecha derecho izquierdo izq dcha",
    "sur norte",
    "este oeste new old nuevo viejo bis ter esquerdo direito frente trás kanan kiri belakang depan",
    "يمين يسار شمال جنوب شرق غرب الخلفي الأمامي الفرعي عشرة عشر الشرقي الغربي الشمالي الجنوبي",
)
"""Words at the end of an address that say which half."""
HOMES = table(
    "building immeuble edificio",
    "house homestead hut door doors gate flat room caravan tent yard compound shack shed lodge",
    "cottage cabin",
    "shelter container stairs floor shutters",
    "maison case porte portail concession chambre tente cour baraque cabane abri étage logement",
    "appartement",
    "casa puerta portón cuarto carpa rancho choza vivienda departamento pieza patio zaguán piso",
    "بيت منزل باب بوابة دار خيمة حوش غرفة عمارة شقة كوخ كرفان بناية طابق",
)
"""Where somebody lives, in a way that is told."""
COLOURS = table(
    "blue green red white black yellow brown grey gray pink orange bleu bleue vert verte rouge blanc",
    "blanche",
    "noir noire jaune rose gris grise azul verde roja rojo blanca blanco negra negro amarilla amarillo",
    "أزرق زرقاء أخضر خضراء أحمر حمراء أبيض بيضاء أسود سوداء أصفر صفراء",
)
"""What a door is told by."""
WHICH = table(
    "last next first only opposite dernier dernière prochain prochaine último última siguiente ثالث",
    "ثاني أول",
    "آخر رابع خامس",
)
"""Words that say which of several houses."""
