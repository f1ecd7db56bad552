from kuule.languages.cldr.territories import territory_names


def test_territories_are_the_countries_of_iso_3166_and_kosovo():
    codes = set(territory_names("en"))
    assert len(codes) == 250
    assert {"SE", "PS", "TW", "XK"} <= codes
    assert codes & {"EU", "ZZ", "UN", "XA", "QO", "001"} == set()


def test_territories_in_each_language_have_the_same_codes():
    assert {tag: set(territory_names(tag)) == set(territory_names("en")) for tag in ("sv", "ar", "uk", "is")} == {
        "sv": True,
        "ar": True,
        "uk": True,
        "is": True,
    }


def test_territories_stand_in_the_alphabetical_order_of_the_language():
    swedish = list(territory_names("sv").values())
    assert swedish[0] == "Afghanistan"
    assert swedish[-3:] == ["Åland", "Österrike", "Östtimor"]
    german = list(territory_names("de").values())
    assert german.index("Ägypten") < german.index("Albanien")
    assert list(territory_names("es").values()).index("Níger") < list(territory_names("es").values()).index("Noruega")
