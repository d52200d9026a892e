"""Names that are no people's: countries, languages, months, bodies everybody knows, products and models."""

from __future__ import annotations

from functools import cache

from babel import Locale

from registry.privacy.words.people import bare
from registry.privacy.words.tables import raw

SPOKEN = ("en", "fr", "es", "ar")
_OURS = raw(
    # bodies and what laws are called
    "ley loi lei law wizara ministerio ministère salud santé saúde croix-rouge fundación fondation",
    "foundation universidad université university instituto institut hospital https http www org com int",
    "net unhcr unicef wfp who un iom icrc ifrc msf oxfam unesco undp unrwa nato eu oecd au ecowas fao ilo",
    "nhs fda fbi cia cbp dhs",
    "acnur pma onu oms oea cruz roja croix rouge red cross crescent halal save amnesty caritas ngo ong",
    "ngos ongs mercy corps",
    "unicef hcr pam ocha ministry ministère ministerio parliament",
    # products and models
    "claude gpt chatgpt openai anthropic google gemini bard llama meta mistral deepseek qwen phi copilot",
    "microsoft bing watson ibm",
    "siri alexa cortana bixby jasper grok perplexity midjourney dall-e stable diffusion sora whisper",
    "alphafold deepmind amazon",
    "rekognition aws azure apple facebook whatsapp telegram instagram tiktok youtube twitter x signal",
    "zoom teams slack uber",
    "lyft tesla waymo cruise palantir clearview nvidia hugging face replika duolingo grammarly turnitin",
    "proctorio kobo odk excel word",
    "android ios windows linux iphone samsung huawei nokia mpesa m-pesa airtel mtn orange safaricom",
    "vodacom paypal visa mastercard",
    # places that hide nobody: cities of a million, seas, continents
    "africa europe asia america oceania afrique afrika amérique áfrica áfrika américa asie européenne",
    "europa lake victoria sahara sahel amazonía amazonia andes",
    "nairobi mombasa kampala kigali lagos abuja accra dakar abidjan bamako niamey ouagadougou conakry",
    "kinshasa lubumbashi luanda",
    "addis ababa khartoum mogadishu dodoma dar salaam lusaka harare maputo johannesburg pretoria cape",
    "town durban cairo alexandria",
    "tripoli tunis algiers alger casablanca rabat marrakesh nouakchott amman beirut beyrouth damascus",
    "aleppo baghdad mosul basra erbil riyadh",
    "jeddah dubai doha kuwait sanaa aden tehran kabul herat islamabad karachi lahore peshawar delhi",
    "mumbai kolkata chennai",
    "bangalore hyderabad dhaka chittagong kathmandu colombo yangon bangkok hanoi saigon phnom penh",
    "jakarta surabaya manila",
    "beijing shanghai shenzhen guangzhou hong kong taipei seoul tokyo osaka moscow kyiv kiev lviv kharkiv",
    "warsaw berlin",
    "paris lyon marseille london manchester birmingham madrid barcelona rome milan athens istanbul ankara",
    "izmir lisbon",
    "brussels amsterdam vienna geneva york angeles chicago houston toronto montreal mexico méxico ciudad",
    "guatemala",
    "tegucigalpa managua panamá bogotá medellín cali caracas quito guayaquil lima arequipa cusco la paz",
    "cochabamba santiago",
    "buenos aires córdoba rosario montevideo asunción são paulo rio janeiro brasília salvador recife",
    "habana santo domingo",
    # laws, illnesses and drugs named after people or places
    "parkinson parkinson's alzheimer hodgkin down ebola zika covid covid-19 aids hiv vih sida",
    "tuberculosis malaria paludisme chagas crohn",
    "ramadan eid easter christmas noël navidad pâques",
    "tourette huntington marburg lassa pfizer moderna astrazeneca charcot turner januari februari machi",
    "aprili may juni juli agosti septemba oktoba novemba desemba",
    "gdpr rgpd iso act regulation article court supreme",
)
_LANGUAGES = raw(
    "english french spanish arabic portuguese swahili hausa yoruba igbo zulu xhosa amharic somali oromo",
    "tigrinya wolof bambara",
    "pulaar lingala kinyarwanda urdu hindi bengali tamil telugu nepali sinhala burmese thai vietnamese",
    "tagalog cebuano malay",
    "indonesian javanese mandarin cantonese chinese japanese korean persian farsi dari pashto kurdish",
    "turkish russian ukrainian",
    "polish german dutch italian greek quechua aymara guaraní nahuatl maya sámi māori samoan tongan",
    "kazakh uzbek mongolian",
    "kenyan nigerian ghanaian ugandan syrian iraqi afghan rohingya congolese sudanese ethiopian eritrean",
    "guatemalan honduran",
    "venezuelan colombian mexican peruvian indian pakistani bangladeshi filipino american british",
    "european african asian muslim",
    "christian catholic hindu jewish palestinian lebanese jordanian moroccan algerian tunisian egyptian",
    "yemeni",
)


SHORTEST = 4


@cache
def things() -> frozenset[str]:
    """Single words, in lower case, that as capitalised words name no person."""
    found = set(_OURS | _LANGUAGES)
    for code in SPOKEN:
        locale = Locale(code)
        labels = [*locale.territories.values()]
        for context in ("format", "stand-alone"):
            labels += [*locale.months[context]["wide"].values(), *locale.days[context]["wide"].values()]
            labels += [
                *locale.months[context]["abbreviated"].values(),
                *locale.days[context]["abbreviated"].values(),
            ]
        for label in labels:
            for word in label.replace("(", " ").replace(")", " ").replace("’", "'").split():
                plain = word.strip(".,&").casefold()
                if len(plain) >= SHORTEST:
                    found |= {plain, bare(plain)}
    return frozenset(found)
