"""Ordinary words of our field that general dictionaries lack."""

from __future__ import annotations

WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "ai app apps chatbot chatbots bot bots login logins online offline smartphone smartphones dataset datasets dashboard "
        "dashboards website websites email emails sms pdf csv xlsx json api apis url urls ip gps imei qr pin otp id ids selfie selfies "
        "biometric biometrics algorithm algorithms algorithmic triage triaged triaging proctoring deepfake deepfakes transcript "
        "transcribed transcription dosage dosing misidentified mistranslated mistranslation hallucinated hallucination "
        "hallucinations prompt prompts retrained rollout rollback fallback helpdesk hotline hotlines caseworker caseworkers "
        "paralegal midwife midwives clinician clinicians telehealth telemedicine ultrasound glucose insulin warfarin metformin "
        "paracetamol ibuprofen amoxicillin levodopa oxytocin antiretroviral antiretrovirals chemo dialysis refugees asylum "
        "smallholder smallholders humanitarian biometrically geolocation geotag metadata timestamp timestamps screenshot "
        "screenshots chatlog voicemail whatsapp pls plz thx ok okay dob ref nr no lat lon lng tel ph vs etc eg ie "
        "blockchain wifi bluetooth usb tablet tablets kiosk kiosks webcam cctv drone drones scorecard facial anonymised "
        "anonymized pseudonymised deduplication deduplicated misclassified underserved undocumented transphobic islamophobic "
        "reoffend recidivism misgendered moderators moderation takedown phishing ransomware malware spyware exfiltrated "
        "mg ml kg km usd kes ngn inr mxn cop eur gbp ghs xof grey colour colours labour centre centres programme programmes organisation "
        "organisations behaviour neighbour neighbours favour honour cheque tyre plough anaemia paediatric anaesthetist "
        "diarrhoea foetal haemoglobin oesophagus oestrogen ageing judgement licence defence practise cancelled labelled "
        "modelled travelled fulfil enrol enrolment skilful catalogue dialogue realise recognise recognised organise "
        "organised apologise apologised prioritise prioritised penalised".split()
    ),
    "fr": frozenset(
        "ia appli applis application chatbot chatbots bot bots logiciel algorithme algorithmes ordinateur smartphone tablette "
        "biométrique biométriques biométrie scoring score scores triage mail mails sms courriel e-mail pdf qr code codes wifi "
        "ong sage-femme sages-femmes dosage hallucination hallucinations hypertrucage deepfake vidéosurveillance géolocalisation "
        "bénéficiaire bénéficiaires réfugié réfugiés réfugiée déplacés déplacé mg ml kg km fcfa cfa tél tel num numéro réf dossier svp stp bjr cv "
        "paludisme antipaludique insuline vaccin vaccination césarienne ordonnance posologie".split()
    ),
    "es": frozenset(
        "ia app apps chatbot chatbots bot bots algoritmo algoritmos algorítmico celular whatsapp biométrico biométrica biometría "
        "puntaje puntajes triaje refugiado refugiada refugiados migrante migrantes desplazados ong partera parteras comadrona "
        "dosis mg ml kg km gps qr sms pdf correo tel cel ref núm num beneficiario beneficiaria beneficiarios plataforma "
        "geolocalización deepfake videovigilancia subsidio subsidios trámite trámites curp dni nie rut ruc cédula "
        "comunitaria comunitario asentamiento vereda caserío ejido insulina paracetamol alucinó alucinación".split()
    ),
    "ar": frozenset(
        "الذكاء الاصطناعي التطبيق تطبيق خوارزمية الخوارزمية الخوارزميات روبوت الروبوت المحادثة الدردشة البوت بوت منصة المنصة "
        "بيانات البيانات نموذج النموذج المساعد الرقمي الرقمية إلكتروني الإلكتروني الهاتف واتساب البصمة بصمة القزحية المخيم "
        "مخيم اللاجئين المستفيدين المساعدات الجرعة الأنسولين الباراسيتامول الأموكسيسيلين لقاح اللقاح الترجمة الآلية "
        "الآلة آلة الشاشة الفلتر فلتر السيرفر سيرفر الخادم آيبان الآيبان أيمي المصحح المجيب المسعف الصهريج الإجلاء مرفوضة مزورة عاملة كيلوغرام ملغ غرام هيموغلوبين احداثيات إحداثيات إحداثية "
        "مواليد تموينية رخصته رخصتها صفحتي بطاقتي خطية بلوك توك تيك ماسنجر تلغرام انستقرام انستغرام لينكس جوجل ويكيبيديا فايرفوكس أليكسا سيري جيميني كلود ديسكورد سناب واتس سجنل "
        "حزيران تموز أيار آذار نيسان شباط أيلول تشرين كانون غشت جويلية أوت جوان فيفري جانفي دجنبر يناير فبراير طرابلس إسطنبول نواكشوط بيروت دمشق حلب بغداد البصرة الموصل أربيل عمان عمّان "
        "القاهرة الإسكندرية تونس صفاقس الجزائر وهران الرباط فاس مراكش الدار البيضاء الخرطوم درمان عدن صنعاء تعز الرياض جدة مكة الدوحة دبي المنامة الكويت مسقط غزة القدس رام الله نابلس باريس لندن سدني "
        "برلين كيريباتي فانواتو فيجي ساموا تونغا بنغالي أوكرانية أردية هندية لغوي غلط محرف ليش حدا مبارح بطيء ههه راسلونا المناقصة باراسيتامول باركنسون متلازمة داون هندرا أوكسفام اليونيسف "
        "الكاميرا كاميرا المراقبة المفوضية اليونيسف الأونروا الأمم المتحدة المنظمة منظمة".split()
    ),
}
"""Language → words, in lower case."""
