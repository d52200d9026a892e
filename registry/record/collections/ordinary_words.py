"""Words that tell a group, an organization, a place or a product from a person. Pure data."""

from __future__ import annotations

from registry.record.collections.wordlist import words

GROUPS = words(
    """
    people persons person public citizens citizen users user customers customer clients client patients
    patient passengers passenger drivers driver pedestrians pedestrian workers worker employees employee
    staff students student pupils teachers teacher faculty professors researchers researcher scientists
    academics doctors nurses physicians lawyers attorneys journalists reporters editors writers authors
    author artists artist musicians actors performers streamers creators creator developers developer
    engineers investors investor shareholders consumers consumer shoppers sellers buyers merchants
    residents resident tenants renters homeowners owners owner travelers tourists commuters voters voter
    electorate candidates candidate applicants applicant jobseekers politicians officials official
    officers officer soldiers veterans police activists dissidents critics protesters protestors
    demonstrators migrants refugees immigrants asylum seekers women woman men man girls girl boys boy
    children child kids minors minor teenagers teenager adolescents infants babies youth adults adult
    elderly seniors families family parents parent mothers fathers guardians relatives siblings spouses
    communities community groups group populations population minorities minority individuals individual
    members member fans supporters followers subscribers listeners viewers readers reader audience
    audiences players gamers participants attendees visitors bystanders bystander cyclists cyclist
    bicyclists bicyclist motorists motorist riders rider victims victim survivors defendants defendant
    plaintiffs plaintiff litigants litigant inmates prisoners suspects suspect accused beneficiaries
    recipients borrowers policyholders taxpayers donors volunteers contractors freelancers contributors
    moderators annotators executives managers directors leaders leader celebrities influencers figures
    professionals specialists experts practitioners clinicians caregivers speakers humans human humanity
    society everyone anyone nobody scammers scammer hackers hacker attackers attacker fraudsters criminals
    cybercriminals actor operators operator impostors impersonators spammers trolls extortionists
    propagandists operatives agents agent farmers fishers parties party stakeholders entities counsel
    congregants churches crew crews witnesses jurors judges clerks interns graduates alumni classmates
    colleagues neighbors neighbours friends friend strangers americans europeans africans asians
    christians muslims jews hindus catholics conservatives democrats republicans liberals transgender
    lgbtq widows orphans
    """
)

ORGANIZATIONS = words(
    """
    ai llc inc ltd llp plc gmbh corp corporation company companies co ag sa bv pty firm firms startup
    startups business businesses enterprise enterprises industry industries sector organization
    organizations organisation organisations association associations federation union unions league
    alliance coalition council committee commission board bureau agency agencies authority authorities
    ministry ministries department departments dept office offices government governments administration
    parliament congress senate court courts tribunal judiciary embassy army navy forces force military
    defense defence intelligence security service services system systems university universities college
    colleges school schools academy institute institution institutions laboratory laboratories lab labs
    research center centre hospital hospitals clinic clinics health healthcare medical care pharmacy bank
    banks banking credit insurance insurer insurers fund funds foundation trust capital ventures partners
    holdings financial finance exchange exchanges market markets marketplace platform platforms network
    networks media news newspaper newspapers magazine journal journals press publisher publishers
    publishing television tv radio broadcasting channel studio studios entertainment records pictures
    films museum library gallery theater theatre church hotel hotels restaurant restaurants store stores
    supermarket supermarkets retail shop airline airlines airport airways railway railways transit
    transport transportation metro bus taxi truck trucks car cars vehicle vehicles motors automotive
    aviation logistics delivery energy power electric water oil gas software technology technologies tech
    digital data cloud cyber cybersecurity internet web website websites online app apps mobile games
    gaming robotics robot robots solutions group team teams club clubs project projects program programs
    programme campaign campaigns election elections party parties movement cartel gang syndicate
    syndicates ring rings brigade corps squad unit district county municipality province state states city
    cities town towns village territory region regions country countries nation nations republic kingdom
    empire island islands north south east west northern southern eastern western central national
    international global federal regional local united american european african asian british english
    french german italian spanish portuguese dutch polish russian ukrainian chinese japanese korean indian
    pakistani bangladeshi nigerian kenyan ghanaian ethiopian egyptian israeli palestinian iranian iraqi
    turkish greek swedish norwegian danish finnish irish scottish welsh canadian australian mexican
    brazilian argentinian colombian filipino indonesian vietnamese thai hong kong usa uk us u.s. eu un america
    europe africa asia australia canada india china japan korea taiwan russia ukraine france germany italy
    spain portugal england scotland wales ireland netherlands belgium switzerland austria sweden norway
    denmark finland poland romania hungary greece turkey israel palestine gaza iran iraq syria egypt
    nigeria kenya ghana ethiopia uganda rwanda tanzania sudan somalia brazil mexico argentina chile
    colombia peru venezuela pakistan bangladesh nepal myanmar thailand vietnam cambodia philippines
    indonesia malaysia singapore zealand california texas florida york london paris berlin tokyo delhi
    mumbai beijing shanghai chicago boston detroit houston seattle google youtube facebook instagram
    whatsapp meta tiktok twitter x reddit snapchat linkedin discord telegram microsoft bing copilot azure
    amazon aws alexa apple siri openai chatgpt gpt dall-e sora anthropic claude gemini deepmind xai grok
    perplexity mistral deepseek character.ai replika midjourney huggingface nvidia intel ibm tesla uber
    lyft waymo cruise zoox airbnb netflix spotify wikipedia github gitlab paypal visa walmart samsung sony
    """
)

OTHERS = words(
    """
    a an the of in on at by for from to and or with without who whose that this these those their its his
    her all any some many most other others several various unnamed anonymous unidentified unknown
    unspecified undisclosed alleged possible general ordinary real fake new old young former current
    future first second third one two three four five black white brown red blue green golden silver dark
    light big small great grand little high low free open public private civil human social political
    cultural creative environmental economic legal scientific artistic academic digital electoral
    democratic epistemic institutional personal professional commercial industrial agricultural integrity
    rights right law justice peace freedom privacy safety security trust truth democracy diplomacy
    education culture history heritage language languages science art arts music film sport sports
    football soccer baseball basketball hockey tennis chess food travel fashion beauty fitness weather
    climate environment nature animal animals plants life lives earth planet ocean rivers infrastructure
    infrastructures economy economies process processes information knowledge content reputation identity
    identities image images photo photos video videos audio voice voices text texts book books document
    documents email emails message messages account accounts website page pages post posts model models
    tool tools product products service dataset datasets algorithm algorithms machine machines device
    devices phone phones computer computers camera cameras drone drones aircraft plane planes train trains
    ship ships boat boats house houses home homes building buildings street streets road roads bridge park
    garden square mall casino stadium arena theatre prison prisons jail worker job jobs work labor labour
    money cash payment payments loan loans tax taxes market stock stocks crypto cryptocurrency bitcoin
    blockchain nft token tokens coin coins scam scams fraud frauds crime crimes war wars conflict attack
    attacks incident incidents accident accidents disaster disasters pandemic covid virus disease cancer
    diabetes mental disability disabled deaf blind pregnant female male gay lesbian queer trans non-binary
    nonbinary racial ethnic religious indigenous native rural urban suburban poor rich wealthy homeless
    unemployed retired married single divorced vulnerable marginalized underrepresented underserved
    low-income targeted affected impacted harmed injured deceased impersonated misled defrauded deepfaked
    mentioned seeking using used living working interacting relying exposed denied flagged wrongly
    wrongfully falsely recently daily weekly times herald tribune gazette chronicle observer guardian
    mirror express star sun globe mail standard today royal imperial presidential prime minister president
    chief executive ceo cto cfo director manager chairman chair teacher professor doctor nurse lawyer
    attorney judge engineer scientist artist actor singer musician journalist reporter writer author
    editor photographer designer programmer influencer streamer athlete player coach pilot sailor soldier
    police policeman policewoman firefighter farmer cook chef waiter barber baker butcher mechanic
    """
)

NAMES_TOO = words(
    """
    adele alexa amber april asia august aurora austin ava beverly brooke carmen chad charlotte chelsea
    claude crystal daisy dawn devon eden eva faith florence gemini georgia grace grant guy harmony hazel
    holly hope iris israel ivy jade jasmine jordan joy june lily logan lola lourdes luna marina mark max
    may melody mercedes mia milan mila olive paris patience pearl penny precious prudence rose ruby
    salvador sandy santiago scarlett sierra siri sofia sydney tiffany tina troy victoria viola violet
    virginia will
    """
)
"""Given names that are also places, products or plain words: alone they prove nothing."""

SURNAMES_TOO = words(
    "black brown bush church cook cruise golden gray green metro park rivers stone white wood"
)
"""Words that are also common family names: after a given name they are one."""
