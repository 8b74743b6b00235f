"""Names, streets and places from which invented people are drawn; no entry is about a real person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """First and last names that go together; a last name is (prefix, name)."""

    weight: int
    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[tuple[str, str], ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _last(text: str) -> tuple[tuple[str, str], ...]:
    """`van der|Berg Bakker` is two last names, the first with a prefix; `_` stands for a space."""
    pairs = (word.rpartition("|") for word in text.split())
    return tuple((prefix.replace("_", " "), name.replace("_", " ")) for prefix, _, name in pairs)


NAMES = (
    Names(
        72,
        _words(
            "Anna Emma Julia Sophie Lotte Sanne Femke Marieke Ingrid Annelies Hanneke Wilma Petra Esther "
            "Lisa Fleur Iris Noor Roos Eva Linda Monique Saskia Mirjam Karin Tess Britt Maaike Janneke"
        ),
        _words(
            "Daan Sem Lucas Tim Bram Jeroen Martijn Pieter Johan Willem Hendrik Sander Ruben Thijs Koen "
            "Joost Maarten Erik Marcel Dennis Stefan Bas Niels Wouter Jasper Gerard Cornelis Rob Frank Hugo"
        ),
        _last(
            "de|Jong Jansen de|Vries van_den|Berg Bakker van|Dijk Visser Smit Meijer de|Boer Mulder de|Groot "
            "Bos Vos Peters Hendriks van|Leeuwen Dekker Brouwer de|Wit Dijkstra Smits van_der|Meer Kok "
            "van_der|Linden Jacobs de|Haan Vermeulen van_den|Heuvel van_der|Veen van_den|Broek de|Bruijn "
            "van_der|Heijden Schouten van|Beek Willems van|Vliet Hoekstra Maas Verhoeven Koster van|Dam "
            "Prins Blom Huisman Peeters de|Jonge Kuipers van|Veen Post Kuiper Veenstra Kramer van_'t|Hof "
            "ter|Horst op_den|Kelder van_de|Ven Jonker Timmermans Groen Gerritsen Bosman Wolters Sanders"
        ),
    ),
    Names(
        7,
        _words("Fatma Elif Zeynep Ayse Emine Merve Hatice Esra Büşra Derya"),
        _words("Mehmet Mustafa Ahmet Ali Emre Burak Murat Hasan Yusuf Serkan"),
        _last("Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Arslan Doğan Koç Kılıç Aslan Polat"),
    ),
    Names(
        7,
        _words("Fatima Khadija Samira Naima Yasmina Hafsa Salma Karima Ikram Loubna"),
        _words("Mohamed Youssef Rachid Hamza Bilal Said Karim Omar Ilyas Soufiane"),
        _last("el|Idrissi Bouzid Amrani ben|Ali el|Khattabi Haddad Benali Ouali Azzouzi Bakkali el|Mansouri"),
    ),
    Names(
        6,
        _words("Shanti Anjali Indra Priya Naomi Chantal Soraya Joyce Radjni Melissa"),
        _words("Rajesh Dinesh Clyde Winston Ashwin Romano Ricardo Vishal Orlando Humphrey"),
        _last(
            "Ramdin Bhagwandin Kartosen Jagroep Sewnath Pinas Wijdenbosch Mangroo Kalpoe Tjon_A_Kiet Esajas"
        ),
    ),
    Names(
        5,
        _words("Katarzyna Agnieszka Magdalena Joanna Ewa Zofia Natalia Monika"),
        _words("Piotr Krzysztof Tomasz Paweł Marcin Łukasz Jakub Andrzej"),
        _last("Nowak Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Mazur Krawczyk"),
    ),
    Names(
        3,
        _words("Mei Linh Sofia Elena Ngozi Hana Chiara Amira"),
        _words("Wei Minh Marco Andrei Kwame Karim Luca Tariq"),
        _last("Chen Nguyen Rossi Popescu Mensah da|Silva Kovács Hoxha O'Brien Müller Fernández"),
    ),
)

CITIES = (
    ("Utrecht", 3511),
    ("Amersfoort", 3811),
    ("Zwolle", 8011),
    ("Arnhem", 6811),
    ("Nijmegen", 6511),
    ("Eindhoven", 5611),
    ("Tilburg", 5011),
    ("Breda", 4811),
    ("Den Haag", 2511),
    ("Rotterdam", 3011),
    ("Almere", 1311),
    ("Haarlem", 2011),
    ("Groningen", 9711),
    ("Leeuwarden", 8911),
    ("Enschede", 7511),
    ("'s-Hertogenbosch", 5211),
)
"""A place and its first postal code; ours stay within forty of it."""

STREETS = _words(
    "Wolkenlaan Zilverpad Morgensterweg Kompasstraat Vuurtorenlaan Reigerspad Windwijzerstraat Klokkenveld "
    "Zonnedauwlaan Sterrenwacht Papaverpad Kaardebolstraat Regenboogplein Loodsmanweg Ganzenveld Wilgenhof "
    "Havikskruid Spiegelgracht Weversgaarde Kievitsbloem"
)

FEMALE_SHARE = 46
"""Women among a hundred employees."""
