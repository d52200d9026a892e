"""Words that stand before the number of a person, a paper, a case or a thing that leads to one."""

from __future__ import annotations

from registry.privacy.words.tables import table

PAPERS = table(
    # what every language borrows
    "id ids ref nr no num pin vin imei sn s/n mrn iban swift bic ssn nin tin nid nik kk ktp npwp cnic",
    "cnie cin cni nni nina cic dpi nit rtn dui cui",
    "curp rfc nss ine clave ocr rut run ruc ci cc ce ti dni nie nif nuip cuil cuit pasaporte rif cpf rg",
    "cnpj sus pis bi nuit nif niss bsn",
    "pesel nip regon hetu personnr personnummer cpr egn cnp amka afm tckn kimlik tc oib jmbg emso inn",
    "snils utr nhs nino ni pps hkid nric fin prc voter",
    "epic aadhaar pan uan abha abn tfn ird phn sin nas avs ahv svnr sv-nr steuer-id registre insee sécu",
    "secu nir ss cnss cnps nif stat rccm mmsi imo",
    "fcn case hh upi ghana ecowas huduma kra nrc nida tazkira pinfl jshshir uin umid philhealth sss gsis",
    "bpjs sim polis",
    # English
    "number identity identification card passport licence license permit plate plates registration reg",
    "file folio docket claim ticket serial badge token",
    "account acct a/c account: policy record chart patient pupil student employee staff member membership",
    "beneficiary household ration voucher certificate",
    "warrant booking reservation order invoice receipt seat roll admission matriculation prisoner inmate",
    "detainee client customer user login username",
    "wallet chip collar tag lot batch sample specimen barcode bracelet wristband bed complaint reference",
    "visa cheque loan pension pensioner veteran tax",
    "insurance health hospital vehicle boat vessel meter device tablet container parcel shipment tracking",
    "code pass key password passcode registry band status treaty",
    # French
    "numéro n° matricule dossier carte cart passeport permis plaque immat immatriculation reçu récépissé",
    "contrat facture police compte rib bracelet badge",
    "élève étudiant patient patiente agent badge bénéficiaire ménage identifiant code digicode mot",
    "jugement acte extrait bon carnet série étranger réf référence",
    "allocataire adhérent assuré inscription quittance mandat plainte procès-verbal pv colis bordereau",
    "échantillon fiscal sociale national nationale électeur",
    # Spanish and Portuguese
    "número nº núm cédula cedula carné carnet carnê expediente exp folio caso tarjeta matrícula placa",
    "patente licencia libreta historia clínica hc nhc ficha hogar",
    "cuenta clabe cbu cvu contrato póliza recibo radicado radicación proceso causa serie pulsera padrón",
    "registro clave usuario contraseña guía boleta boleto",
    "factura orden título beneficiario afiliado afiliación partida acta permiso interno recluso legajo",
    "visa cartão cartao conta processo prontuário protocolo",
    "inscrição identidade passaporte carteira habilitação bilhete boletim título pedido chave pix apólice",
    "benefício",
    # German, Dutch, Italian, Slavic, Turkish in Latin letters
    "aktenzeichen az ausweis nummer kennzeichen kundennummer kenteken dossiernummer codice fiscale",
    "tessera pratica targa fascicolo numer sprawa dowód",
    # Indonesian, Malay, Swahili, Hausa
    "nomor no. kartu paspor plat berkas rekening polisi nambari namba kitambulisho kadi pasi leseni hati",
    "jalada akaunti lamba katin",
    # Arabic
    "رقم الرقم أرقام هوية الهوية بطاقة البطاقة جواز الجواز ملف الملف ملفه ملفها قضية القضية لوحة اللوحة",
    "رخصة الرخصة حساب الحساب كود رمز الرمز معاملة وصل فاتورة",
    "إقامة الإقامة تأشيرة عضوية طلب طلبي اشتراك سجل السجل قيد القيد مدني المدني قومي القومي وطني الوطني",
    "ضمان الضمان تأمين شحنة تذكرة عقد استمارة أسرة العائلة عداد شهادة مريض المريض طالب",
)
