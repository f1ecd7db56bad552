"""Endings of host names, for texts in which a dot alone does not tell a host from two sentences or an abbreviation.

Country codes are those of CLDR; the others were taken down from the root zone as people know it in 2026. A host with an
ending that is not here is still found where it is written in small letters.
"""

from __future__ import annotations

import unicodedata

from kuule.languages.cldr.territories import territory_names

_GENERIC = """
    academy agency app art asia band bar best bio biz blog care cc center chat church city click cloud club co
    codes coffee com community company contact cool coop design dev digital directory earth edu education email
    energy eu events example exchange expert family fans fashion film fit foundation fun fund fyi gallery games gift
    global gov group guide guru health help host hotel house info ink institute int international invalid jobs kids
    land law legal life link live llc local localhost love ltd market media men mil mobi moe museum name net network
    news ngo ninja one ong onion online org page party partners photo photos pics place plus press pro pub quest
    radio red report rest review reviews rocks run sale school science services sexy shop show site social software
    solutions space store stream studio support systems team tech technology tel test tips today tools top tours town
    toys trade training travel tube tv university uno vip watch web website wiki win women work works world wtf xxx xyz
    yoga zone cat su ac uk
"""
_OTHER_SCRIPTS = """
    рф укр срб бел мон мкд бг қаз ею рус онлайн сайт орг ком нет дети католик ελ ευ հայ გე ישראל קום
    مصر السعودية امارات الجزائر المغرب تونس فلسطين سورية سوريا سودان عمان قطر الاردن عراق ایران ايران پاکستان بھارت
    بازار شبكة موقع همراه كوم عرب البحرين موريتانيا مليسيا اتصالات ابوظبي
    भारत भारतम् नेट कॉम संगठन বাংলা ভারত ভাৰত ભારત ਭਾਰਤ இந்தியா இலங்கை சிங்கப்பூர் భారత్ ಭಾರತ ഭാരതം ලංකා ଭାରତ ລາວ ไทย คอม
    中国 中國 香港 台灣 台湾 新加坡 澳門 澳门 公司
    网络 網路 网址 网站 中文网 在线 商城 组织机构 机构 公益 政务 我爱你 移动 信息 手机
    한국 닷컴 닷넷 みんな コム ネット ストア
"""


def strip_marks(text: str) -> str:
    """Letters without the signs above, below and around them, as `\\w` knows letters."""
    return "".join(letter for letter in text if not unicodedata.category(letter).startswith("M"))


GENERIC_DOMAINS = frozenset(_GENERIC.split())
COUNTRY_DOMAINS = frozenset(code.lower() for code in territory_names("en"))
TOP_LEVEL_DOMAINS = GENERIC_DOMAINS | COUNTRY_DOMAINS | frozenset(strip_marks(name) for name in _OTHER_SCRIPTS.split())
