"""Words around names of accounts and addresses that people spell out."""

from __future__ import annotations

from registry.privacy.words.tables import table

SITES = table(
    "instagram insta ig instagr telegram tg twitter x tiktok snap snapchat discord skype facebook fb",
    "messenger github gitlab bitbucket signal wechat weixin weibo",
    "line threads bluesky bsky mastodon matrix twitch youtube yt reddit linkedin vk vkontakte ok",
    "odnoklassniki kakaotalk kakao zalo viber imo steam roblox xbox psn",
    "minecraft fortnite pubg pinterest tumblr medium substack patreon onlyfans soundcloud spotify",
    "bandcamp etsy ebay vinted tokopedia shopee lazada mercadolibre olx",
    "jumia blogspot wordpress wattpad quora flickr vimeo dailymotion kick clubhouse koo sharechat moj",
    "likee bigo douyin qq qzone xiaohongshu bilibili naver cafe",
    "badoo tinder grindr paypal cashapp venmo ko-fi gofundme calendly linktree linktr t wa m orcid",
    "researchgate academia strava",
    "انستغرام إنستغرام انستقرام انستا تلغرام تليغرام تيليغرام تلجرام تويتر سناب سنابشات فيسبوك فايسبوك",
    "ماسنجر ديسكورد تيك تيكتوك توك يوتيوب سكايب لينكد إكس وي تشات لعبة لاين",
)
"""Where people have accounts."""
USERS = table(
    "user username users handle nick nickname login account profile page channel gamertag player",
    "screenname alias blog",
    "pseudo pseudonyme utilisateur identifiant compte profil page chaîne joueur",
    "usuario usuaria cuenta perfil apodo jugador canal página conta perfil apelido",
    "mtumiaji akaunti akun pengguna akunnya profil حساب الحساب حسابه حسابها معرف المعرف المستخدم مستخدم",
    "صفحة قناة يوزر",
)
"""What an account is called."""
CONNECTING = table(
    "is was id name handle user username est es era the de of my su mon ma mi : named called هو هي باسم",
    "اسم على on in en sur em",
)
"""Between the site and the name."""
ON = table("on en sur in em auf at no na at: على في")
EVERYBODY = table(
    "everyone here channel all todos todas tous toutes media import param return override property",
    "charset الجميع الكل semua wote",
)
"""After ``@``, nobody's name."""
AT = table(
    "at arroba arobase arobas arrobas chez att ät et sobaka собака آت ات عند a-cong acong a a- kukac",
    "malpa zavináč chiocciola at-sign arobaz",
)
DOT = table(
    "dot point punto ponto dott nokta nukta titik cham chấm точка tochka دوت نقطة kropka tečka pont puntu"
)
DOT_IN_BRACKETS = DOT | table("period pt")
"""The same between brackets, where shorter words do."""
ENDS = table("com org net info edu gov int example fr es mx co pe ar br ma tn dz eg jo lb ke ng za in uk ca")
"""How hosts end: after *at* and *point*, no prose."""
FALSE_AT = table("a et")
"""Words for the sign that are too common to be taken with a French or Spanish dot."""
NO_HOST = table(
    "one this that some what which any no ce cet un une ese este un una algún cierto tal another every",
    "each such",
)
"""After *at*, before *point*: no address."""
INSIDE = table(
    "underscore dash hyphen minus tiret underscore bajo guion guión bas barra alt çizgi tire شرطة dot",
    "point punto ponto plus más",
)
"""Signs inside a name that are spelt out."""
LEADING = table(
    "to a à au at is es est mail email e-mail me from write contact email: courriel correo via via:",
    "escriban escribir écrire écrivez address adresse dirección بريدي البريد على إلى أو و",
    "or ou o and et y pon the c'est c son sont or: de by please said says it was him her them us send",
    "sent an en kwa mail: surel hubungi بريد الإيميل الايميل مني",
)
"""Words before an address that are no part of it."""
