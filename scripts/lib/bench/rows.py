"""Makes rows of customers that look like those of real spreadsheets and that Purser finds nothing wrong with."""

import random
from typing import NamedTuple

COLUMNS = (
    "externalId companyName domain organizationRegistrationNumber email firstName middleName lastName culture language "
    "addressLine1 addressLine2 addressLine3 city district state region postalCode country phoneNumber "
    "associatedPartnerId"
).split()

# The same seed gives the same rows, whatever the machine.
SEED = 20261122


class Place(NamedTuple):
    """A city, and how its addresses and phone numbers look: a # is any digit, an @ one of some letters."""

    country: str
    culture: str
    language: str
    city: str
    state: str
    postal_code: str
    street: str
    phone_number: str


PLACES = [
    Place("US", "en-US", "en", "Seattle", "WA", "9810#", "{n} Pike Street", "+1 206 622 ####"),
    Place("US", "en-US", "en", "Austin", "TX", "7870#", "{n} Congress Avenue", "+1 512 476 ####"),
    Place("US", "en-US", "en", "Boston", "MA", "0211#", "{n} Beacon Street", "+1 617 523 ####"),
    Place("GB", "en-GB", "en", "London", "", "EC1A #@@", "{n} Goswell Road", "+44 20 7946 ####"),
    Place("GB", "en-GB", "en", "Manchester", "", "M1 #@@", "{n} Oldham Street", "+44 161 496 ####"),
    Place("DE", "de-DE", "de", "München", "", "8033#", "Nymphenburger Straße {n}", "+49 89 2180 ####"),
    Place("DE", "de-DE", "de", "Berlin", "", "1011#", "Chausseestraße {n}", "+49 30 2093 ####"),
    Place("FR", "fr-FR", "fr", "Lyon", "", "6900#", "{n}, rue de la République", "+33 4 72 10 ## ##"),
    Place("NL", "nl-NL", "nl", "Utrecht", "", "351# @@", "Oudegracht {n}", "+31 30 231 ####"),
    Place("CA", "en-CA", "en", "Toronto", "ON", "M5V #A#", "{n} Spadina Avenue", "+1 416 392 ####"),
    Place("AU", "en-AU", "en", "Sydney", "NSW", "200#", "{n} Kent Street", "+61 2 9265 ####"),
    Place("NZ", "en-NZ", "en", "Auckland", "", "101#", "{n} Queen Street", "+64 9 379 ####"),
    Place("CH", "fr-CH", "fr", "Genève", "", "120#", "Rue du Rhône {n}", "+41 22 418 ## ##"),
]
FIRST_NAMES = "Ruth Khadija Anna Jürgen Zoë Miguel Ingrid Noah Amélie Femke Oliver Søren Priya Tomás Mei Lukas".split()
LAST_NAMES = "Gillespie Okafor Müller Castañeda Dubois Visser Nakamura O'Brien Weiß Laurent Singh Novak".split()
TRADES = "Bakery Optics Logistics Printworks Furniture Robotics Nursery Brewing Textiles Marine Dental Freight".split()
NAMES = "Kestrel Alder Brightwater Juniper Harrow Solstice Café Marigold Nordlicht Rivière Granite Tidewater".split()
FORMS = ["Ltd", "GmbH", "SARL", "& Sons", "Group", "Co., Ltd."]
LETTERS = "ABDEFGHJLNPQ"


def rows(count):
    """Yields so many rows, each a list of cells in the columns' order."""
    chance = random.Random(SEED)
    pick, below = chance.choice, chance.randrange
    for number in range(1, count + 1):
        place = pick(PLACES)
        name, trade, first, last = pick(NAMES), pick(TRADES), pick(FIRST_NAMES), pick(LAST_NAMES)
        prefix = f"{trade.lower()}{_letters(number)}"
        yield [
            f"crm-{number:07}",
            f"{name} {trade} {number} {pick(FORMS)}",
            f"{prefix}.onmicrosoft.com",
            "",
            f"office@{prefix}.example.com",
            first,
            "Marie" if below(10) == 0 else "",
            last,
            place.culture,
            place.language,
            place.street.format(n=1 + below(240)),
            f"Suite {1 + below(90)}" if below(4) == 0 else "",
            "",
            place.city,
            "",
            place.state,
            "",
            _filled(place.postal_code, below),
            place.country,
            _filled(place.phone_number, below),
            f"{4_000_000 + below(2_999_999)}" if below(5) == 0 else "",
        ]


def _letters(number):
    """A number in letters, so that no domain is told apart by digits alone."""
    text = ""
    while number:
        number, digit = divmod(number, 26)
        text += chr(97 + digit)
    return text


def _filled(pattern, below):
    """A pattern with its digits and letters filled in."""
    if "@" in pattern:
        pattern = "".join(LETTERS[below(len(LETTERS))] if sign == "@" else sign for sign in pattern)
    count = pattern.count("#")
    digits = f"{below(10 ** count):0{count}}"
    parts = pattern.split("#")
    return "".join(part + digit for part, digit in zip(parts, digits)) + parts[-1]
