"""Words by which a question asks who someone is, in the languages in which studies have been written so far.

English, Swedish, Finnish, German, French, Spanish and Arabic. The lists are narrow: an honest question that only sounds
similar ("in whose name", "how many times did you call") must pass.
"""

from __future__ import annotations

import re

IDENTIFYING_NAME_PARTS = frozenset(
    """
    name names surname firstname lastname fullname nickname username email mail phone telephone mobile cellphone
    whatsapp telegram signal skype address street postcode postal zip zipcode passport ssn birthday birthdate dob
    signature
    namn fornamn efternamn telefon telefonnummer mejl epost adress postnummer personnummer fodelsedatum
    nimi etunimi sukunimi puhelin puhelinnumero sahkoposti osoite postinumero henkilotunnus syntymaaika
    vorname nachname telefonnummer handynummer anschrift postleitzahl geburtsdatum ausweisnummer
    prenom nomdefamille courriel adresse codepostal datedenaissance
    apellido apellidos telefono correo direccion codigopostal dni pasaporte fechadenacimiento
    """.split()  # noqa: SIM905 - a word list is read by people as words
)
"""Parts of a question's own name (between underscores and capitals)."""

_ENGLISH = r"""
\b(?:(?:your|full|first|last|family|middle|real|given|maiden|user|his|her|their|whose)[ -]?names?\b
|surnames?\b|nicknames?\b
|names?\ of\ (?:the|a|any|your)\ (?:person|people|abuser|offender|perpetrator|victim|child|teacher|coach)
|e-?mails?\b|(?:tele|cell|mobile\ |smart)?phones?\ numbers?|telephone\b|whatsapp\b|telegram\b
|(?:your|home|street|postal|mailing|ip)\ address(?:es)?\b|where\ exactly\ do\ you\ live|post(?:al\ )?code|zip\ code
|passport\b|social\ security|national\ id|identity\ (?:card|number)|id\ number|personal\ (?:number|identity)
|(?:date|day)\ of\ birth|birth\ ?(?:date|day)\b|contact\ details|(?:contact|reach)\ you)
"""
_SWEDISH = r"""
\b(?:(?:ditt|hela|fullständiga|hans|hennes|personens|förövarens|offrets)\ namn\b
|(?:för|efter|smek|användar)namn(?:et)?\b
|vad\ heter\ (?:du|han|hon|personen)|e-?post|mejl(?:adress)?\b|(?:telefon|mobil)(?:nummer|numret)?\b
|(?:din|hem|gatu|post)\ ?adress\b|var\ exakt\ bor\ du|postnummer|personnummer|passnummer|legitimation
|födelse(?:datum|dag)|när\ är\ du\ född|kontaktuppgifter|(?:kontakta|nå)\ dig)
"""
_FINNISH = r"""
\b(?:(?:etu|suku|koko|lempi|käyttäjä)nime\w*|nimesi\b|(?:koko|oma|hänen|henkilön|tekijän)\ nimi\b
|mikä\ (?:sinun|hänen)\ nim\w+|sähköposti\w*|puhelinnumero\w*|puhelimesi\b|(?:koti|posti|katu)?osoit(?:e|tees|teen)\w*
|missä\ tarkalleen\ asut|postinumero\w*|henkilötunnu\w*|passi(?:n|si)?\ numero\w*|syntymä(?:aika|päivä)\w*
|yhteystie\w*|(?:ottaa\ sinuun\ yhteyttä|tavoittaa\ sinut))
"""
_GERMAN = r"""
\b(?:(?:ihr|dein|voller|vollständiger|sein)\ name\b|(?:ihren|deinen|seinen)\ namen\b
|(?:vor|nach|familien|spitz|benutzer)namen?\b|wie\ heißen\ sie|wie\ heißt\ du
|name\ (?:der|des)\ (?:person|täters|täterin|opfers|kindes)|e-?mail|(?:telefon|handy|mobil)nummer
|(?:ihre|deine|wohn|post)\ ?(?:adresse|anschrift)\b|wo\ genau\ wohn|postleitzahl
|personalausweis|passnummer|ausweisnummer
|sozialversicherungsnummer|geburts(?:datum|tag)|kontaktdaten|(?:sie|dich)\ erreichen)
"""
_FRENCH = r"""
\b(?:(?:votre|ton)\ (?:nom|prénom)\b|nom\ (?:de\ famille|complet|d['’]utilisateur)|prénoms?\b|surnom\b
|comment\ vous\ appelez-vous|nom\ de\ (?:la\ personne|l['’](?:auteur|agresseur|enfant)|la\ victime)
|(?:adresse\ )?(?:e-?mail|électronique)|courriel|numéro\ de\ (?:téléphone|portable|passeport|sécurité\ sociale)
|(?:votre|ton)\ adresse\b|adresse\ postale|où\ exactement\ habitez|code\ postal|carte\ d['’]identité
|(?:date|jour)\ de\ naissance|coordonnées|vous\ (?:contacter|joindre))
"""
_SPANISH = r"""
\b(?:(?:su|tu)\ (?:nombre|apellido)\b|nombre\ (?:completo|y\ apellidos?|de\ usuario|de\ pila)|apellidos?\b|apodo\b
|cómo\ (?:se\ llama|te\ llamas)|nombre\ de\ (?:la\ persona|la\ víctima|el\ agresor|el\ niño)
|nombre\ del\ (?:agresor|autor|niño)
|correo\ electrónico|(?:número\ de\ )?teléfono\b|(?:su|tu)\ dirección\b|dirección\ postal|dónde\ vive\ exactamente
|código\ postal|pasaporte\b|documento\ de\ identidad|(?:fecha|día)\ de\ nacimiento|datos\ de\ contacto
|(?:contactar(?:le|te)|contactar\ con\ usted))
"""
_ARABIC = r"""
(?:اسمك|اسمكِ|اسمك\ الكامل|الاسم\ الكامل|اسم\ العائلة|اللقب|اسم\ المستخدم|اسم\ (?:الشخص|الجاني|الطفل|الضحية)
|بريدك\ الإلكتروني|البريد\ الإلكتروني|رقم\ (?:الهاتف|هاتفك|الجوال|جوالك|الجواز|الهوية)|عنوانك|عنوان\ (?:المنزل|السكن)
|الرمز\ البريدي|جواز\ السفر|بطاقة\ الهوية|الرقم\ الوطني|تاريخ\ (?:ميلادك|الميلاد|الولادة)|يوم\ ميلادك|بيانات\ الاتصال)
"""
IDENTIFYING_PHRASES = re.compile(
    "|".join((_ENGLISH, _SWEDISH, _FINNISH, _GERMAN, _FRENCH, _SPANISH, _ARABIC)), re.IGNORECASE | re.VERBOSE
)
"""Phrases in a label or a hint."""

NEGATING_PHRASES = re.compile(
    r"""\b(?:not|n['’]t|never|without|leave\ out|avoid|do\ we\ ask
    |inte|ej|aldrig|inga|utan|undvik|utelämna
    |älä|älkää|ei|emme|ilman|jätä\ pois|vältä
    |nicht|kein\w*|nie|ohne|vermeiden|lassen\ sie
    |pas|jamais|aucune?|sans|évitez|omettez
    |no(?=\s+\w)|nunca|ningún\w*|sin|evite|omita)\b
    |(?:^|\s)(?:لا|لن|بدون|دون|عدم|تجنب|تجنّب)\s""",
    re.IGNORECASE | re.VERBOSE,
)
"""Phrases of a sentence that asks to leave such things out, or says that nobody asks for them."""
SENTENCE_END = re.compile(r"[.!?؟;:\n]+")
