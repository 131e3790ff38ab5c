"""In which region each municipality of Finland is, so that whoever says the one has said the other. Pure."""

from functools import cache

from rihma.actors.regions import Region

# By their Finnish names; one that people call by two stands with both.
BY_REGION = {
    Region.UUSIMAA: """Askola, Espoo, Hanko, Helsinki, Hyvinkää, Inkoo, Järvenpää, Karkkila, Kauniainen, Kerava,
        Kirkkonummi, Lapinjärvi, Lohja, Loviisa, Myrskylä, Mäntsälä, Nurmijärvi, Pornainen, Porvoo, Pukkila, Raasepori,
        Sipoo, Siuntio, Tuusula, Vantaa, Vihti""",
    Region.VARSINAIS_SUOMI: """Aura, Kaarina, Kemiönsaari, Koski Tl, Kustavi, Laitila, Lieto, Loimaa, Marttila, Masku,
        Mynämäki, Naantali, Nousiainen, Oripää, Paimio, Parainen, Pyhäranta, Pöytyä, Raisio, Rusko, Salo, Sauvo, Somero,
        Taivassalo, Turku, Uusikaupunki, Vehmaa""",
    Region.SATAKUNTA: """Eura, Eurajoki, Harjavalta, Huittinen, Jämijärvi, Kankaanpää, Karvia, Kokemäki, Merikarvia,
        Nakkila, Pomarkku, Pori, Rauma, Siikainen, Säkylä, Ulvila""",
    Region.KANTA_HAME: """Forssa, Hattula, Hausjärvi, Humppila, Hämeenlinna, Janakkala, Jokioinen, Loppi, Riihimäki,
        Tammela, Ypäjä""",
    Region.PIRKANMAA: """Akaa, Hämeenkyrö, Ikaalinen, Juupajoki, Kangasala, Kihniö, Kuhmoinen, Lempäälä,
        Mänttä-Vilppula, Nokia, Orivesi, Parkano, Pirkkala, Punkalaidun, Pälkäne, Ruovesi, Sastamala, Tampere, Urjala,
        Valkeakoski, Vesilahti, Virrat, Ylöjärvi""",
    Region.PAIJAT_HAME: """Asikkala, Hartola, Heinola, Hollola, Iitti, Kärkölä, Lahti, Orimattila, Padasjoki, Sysmä""",
    Region.KYMENLAAKSO: """Hamina, Kotka, Kouvola, Miehikkälä, Pyhtää, Virolahti""",
    Region.ETELA_KARJALA: """Imatra, Lappeenranta, Lemi, Luumäki, Parikkala, Rautjärvi, Ruokolahti, Savitaipale,
        Taipalsaari""",
    Region.ETELA_SAVO: """Enonkoski, Hirvensalmi, Juva, Kangasniemi, Mikkeli, Mäntyharju, Pertunmaa, Pieksämäki,
        Puumala, Rantasalmi, Savonlinna, Sulkava""",
    Region.POHJOIS_SAVO: """Iisalmi, Joroinen, Kaavi, Keitele, Kiuruvesi, Kuopio, Lapinlahti, Leppävirta, Pielavesi,
        Rautalampi, Rautavaara, Siilinjärvi, Sonkajärvi, Suonenjoki, Tervo, Tuusniemi, Varkaus, Vesanto, Vieremä""",
    Region.POHJOIS_KARJALA: """Heinävesi, Ilomantsi, Joensuu, Juuka, Kitee, Kontiolahti, Lieksa, Liperi, Nurmes,
        Outokumpu, Polvijärvi, Rääkkylä, Tohmajärvi""",
    Region.KESKI_SUOMI: """Hankasalmi, Joutsa, Jyväskylä, Jämsä, Kannonkoski, Karstula, Keuruu, Kinnula, Kivijärvi,
        Konnevesi, Kyyjärvi, Laukaa, Luhanka, Multia, Muurame, Petäjävesi, Pihtipudas, Saarijärvi, Toivakka, Uurainen,
        Viitasaari, Äänekoski""",
    Region.ETELA_POHJANMAA: """Alajärvi, Alavus, Evijärvi, Ilmajoki, Isojoki, Isokyrö, Karijoki, Kauhajoki, Kauhava,
        Kuortane, Kurikka, Lappajärvi, Lapua, Seinäjoki, Soini, Teuva, Vimpeli, Ähtäri""",
    Region.POHJANMAA: """Kaskinen, Korsnäs, Kristiinankaupunki, Kruunupyy, Laihia, Luoto, Maalahti, Mustasaari, Närpiö,
        Pedersören kunta, Pedersöre, Pietarsaari, Uusikaarlepyy, Vaasa, Vöyri""",
    Region.KESKI_POHJANMAA: """Halsua, Kannus, Kaustinen, Kokkola, Lestijärvi, Perho, Toholampi, Veteli""",
    Region.POHJOIS_POHJANMAA: """Alavieska, Haapajärvi, Haapavesi, Hailuoto, Ii, Kalajoki, Kempele, Kuusamo,
        Kärsämäki, Liminka, Lumijoki, Merijärvi, Muhos, Nivala, Oulainen, Oulu, Pudasjärvi, Pyhäjoki, Pyhäjärvi,
        Pyhäntä, Raahe, Reisjärvi, Sievi, Siikajoki, Siikalatva, Taivalkoski, Tyrnävä, Utajärvi, Vaala, Ylivieska""",
    Region.KAINUU: """Hyrynsalmi, Kajaani, Kuhmo, Paltamo, Puolanka, Ristijärvi, Sotkamo, Suomussalmi""",
    Region.LAPPI: """Enontekiö, Inari, Kemi, Kemijärvi, Keminmaa, Kittilä, Kolari, Muonio, Pelkosenniemi, Pello, Posio,
        Ranua, Rovaniemi, Salla, Savukoski, Simo, Sodankylä, Tervola, Tornio, Utsjoki, Ylitornio""",
    Region.AHVENANMAA: """Brändö, Eckerö, Finström, Föglö, Geta, Hammarland, Jomala, Kumlinge, Kökar, Lemland,
        Lumparland, Maarianhamina, Saltvik, Sottunga, Sund, Vårdö""",
}


def named(said: str) -> str:
    """The municipality as it is written, however it was: a post office of this name stands in capitals."""
    return _names().get(said.casefold().strip(), ("", ""))[0]


def region_of(municipality: str) -> str:
    return _names().get(municipality.casefold().strip(), ("", ""))[1]


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {
        name.casefold(): (name, region.value)
        for region, names in BY_REGION.items()
        for name in (" ".join(one.split()) for one in names.split(","))
    }
