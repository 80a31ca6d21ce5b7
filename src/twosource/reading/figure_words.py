"""The English words that figures are made of: qualifiers, units, currencies, nouns for people, words that make a number a label.

General lists, as a style guide or a reference grammar has them. Each maps a form to its meaning; other languages get lists of their own.
"""

from __future__ import annotations

from typing import Literal


def words(listed: str) -> frozenset[str]:
    """The words of a list, as written in this module: one after another, parted by white space."""
    return frozenset(listed.split())


Bound = Literal["about", "almost", "over", "least", "most", "under", "exact"]

#: What stands before a number, and the row of the spec's table it belongs to. "As many as n" and "as much as n" set a ceiling in
#: the mouth of whoever counts, as "up to" does, so they are read by that row.
_QUALIFIERS: dict[Bound, str] = {
    "about": """
        about, around, some, roughly, approximately, approx, circa, an estimated, estimated, an average of,
        in the region of, in the order of, on the order of, somewhere around, ~, ≈, estimated at about,
        estimated at around
    """,
    "almost": """
        nearly, almost, close to, nearing, approaching, just under, just below, just short of, just shy of,
        shy of, not quite, a little under, slightly under, slightly less than, a little less than, slightly
        fewer than, just less than
    """,
    "over": """
        more than, over, above, upwards of, upward of, in excess of, well over, well above, just over, just
        above, a little over, slightly over, slightly more than, a little more than, far more than, much
        more than, many more than, greater than, larger than, longer than, higher than, exceeding, exceeded,
        exceeds, topping, topped, tops, surpassing, surpassed, surpasses, older than, bigger than, >
    """,
    "least": """
        at least, no fewer than, no less than, not less than, not fewer than, a minimum of, at the very
        least, minimum of, ≥
    """,
    "most": """
        up to, at most, at the most, no more than, not more than, as many as, as much as, as high as, a
        maximum of, maximum of, at maximum, ≤
    """,
    "under": """
        less than, fewer than, under, below, well under, well below, lower than, smaller than, shorter than,
        younger than, <
    """,
}
QUALIFIERS: dict[tuple[str, ...], Bound] = {
    tuple(phrase.split()): bound for bound, listed in _QUALIFIERS.items() for phrase in listed.split(",")
}
#: Behind these "about" and "over" lead to a topic and do not qualify.
TOPICS = words(
    """
    anger argue argument book charge charges clash complain complained complaint complaints concern concerned concerns
    debate dispute disputes doubt doubts fears film hear heard information joke know knows knew lie lied message
    messages news outrage protest
    protests question questions quarrel report reports row say says said speak speaks spoke stories story talk talks talked tell tells think
    thought told worried worry write wrote
    """
)
#: What stands after a number and its noun's unit.
AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "least", ("or", "so"): "about", ("or", "less"): "most", ("or", "fewer"): "most", ("and", "more"): "least",
    ("or", "older"): "least", ("or", "above"): "least", ("plus",): "least", ("+",): "least",
}  # fmt: skip

PERCENT = frozenset({"%", "percent", "pct", "percentage"})

#: Form → (unit in the singular, what it measures, how many of the base unit it is).
TIME_UNITS: dict[str, str] = {
    form: unit
    for unit, forms in {
        "second": "second seconds sec secs", "minute": "minute minutes min mins", "hour": "hour hours hr hrs", "day": "day days",
        "night": "night nights", "week": "week weeks", "fortnight": "fortnight fortnights", "month": "month months",
        "year": "year years yr yrs", "decade": "decade decades", "century": "century centuries", "weekend": "weekend weekends",
    }.items()
    for form in forms.split()
}  # fmt: skip
_MEASURES: dict[str, str] = {
    "kilometre": "km kms kilometre kilometres kilometer kilometers", "metre": "m metre metres meter meters",
    "centimetre": "cm centimetre centimetres centimeter centimeters", "millimetre": "mm millimetre millimetres millimeter millimeters",
    "mile": "mile miles mi", "nautical mile": "nm", "foot": "foot feet ft", "inch": "inch inches", "yard": "yard yards yd",
    "tonne": "tonne tonnes", "ton": "ton tons", "kilogram": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
    "gram": "g gram grams gramme grammes", "milligram": "mg milligram milligrams", "pound": "lb lbs pound pounds",
    "ounce": "oz ounce ounces",
    "litre": "litre litres liter liters", "gallon": "gallon gallons", "barrel": "barrel barrels", "hectare": "ha hectare hectares",
    "acre": "acre acres", "knot": "knot knots", "mph": "mph", "km/h": "kph kmh", "megawatt": "mw megawatt megawatts",
    "gigawatt": "gw gigawatt gigawatts", "kilowatt": "kw kilowatt kilowatts", "degree": "degree degrees °", "volt": "volt volts",
    "decibel": "db decibel decibels", "calorie": "calorie calories", "light-year": "lightyear lightyears",
}  # fmt: skip
MEASURES: dict[str, str] = {form: unit for unit, forms in _MEASURES.items() for form in forms.split()}
#: Forms of a letter or two are units only right behind a number ("60km", "5 kg"), never before a full stop of their own.
SIZES: dict[str, tuple[str, float]] = {
    "kilometre": ("length", 1000.0), "metre": ("length", 1.0), "centimetre": ("length", 0.01), "millimetre": ("length", 0.001),
    "mile": ("length", 1609.344), "nautical mile": ("length", 1852.0), "foot": ("length", 0.3048), "inch": ("length", 0.0254),
    "yard": ("length", 0.9144), "tonne": ("mass", 1000.0), "ton": ("mass", 1000.0), "kilogram": ("mass", 1.0), "gram": ("mass", 0.001),
    "milligram": ("mass", 1e-6), "pound": ("mass", 0.45359237), "ounce": ("mass", 0.0283495), "litre": ("volume", 1.0),
    "gallon": ("volume", 3.785), "barrel": ("volume", 158.987), "square kilometre": ("area", 1e6), "square mile": ("area", 2.589988e6),
    "square metre": ("area", 1.0), "square foot": ("area", 0.092903), "hectare": ("area", 1e4), "acre": ("area", 4046.86),
    "mph": ("speed", 1.609344), "km/h": ("speed", 1.0), "knot": ("speed", 1.852), "second": ("time", 1.0), "minute": ("time", 60.0),
    "hour": ("time", 3600.0), "day": ("time", 86400.0), "night": ("time", 86400.0), "week": ("time", 604800.0),
    "fortnight": ("time", 1209600.0), "month": ("time", 2629800.0), "year": ("time", 31557600.0), "decade": ("time", 315576000.0),
    "century": ("time", 3155760000.0), "megawatt": ("power", 1e6), "gigawatt": ("power", 1e9), "kilowatt": ("power", 1e3),
}  # fmt: skip

#: Signs before a number, and words after it, with their ISO 4217 code; a bare "dollar" is the United States' where nothing says otherwise.
CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₴": "UAH",
    "₺": "TRY",
    "₩": "KRW",
    "₪": "ILS",
    "₦": "NGN",
}
CURRENCY_PREFIXES = {
    "us": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "hk": "HKD",
    "nz": "NZD",
    "s": "SGD",
    "r": "BRL",
}
CURRENCY_CODES = {
    code.lower(): code
    for code in words(
        """
        USD EUR GBP JPY CHF CAD AUD NZD CNY INR RUB UAH BYN PLN SEK NOK DKK CZK HUF TRY ZAR BRL MXN KRW SGD HKD
        ILS AED SAR NGN KES PKR
        """
    )
} | {"rs": "INR"}
CURRENCY_WORDS = {
    form: code
    for code, forms in {
        "USD": "dollar dollars bucks", "USD/100": "cent cents", "EUR": "euro euros", "GBP": "sterling",
        "JPY": "yen", "CHF": "francs franc", "CNY": "yuan renminbi",
        "INR": "rupee rupees", "RUB": "rouble roubles ruble rubles", "UAH": "hryvnia hryvnias",
        "PLN": "zloty zlotys", "SEK": "krona kronor",
        "NOK": "kroner krone", "MXN": "peso pesos", "ZAR": "rand", "TRY": "lira liras", "BRL": "reais",
        "KRW": "won", "ILS": "shekel shekels",
        "NGN": "naira", "AED": "dirham dirhams", "SAR": "riyal riyals", "IRR": "rial rials", "IQD": "dinar dinars", "CZK": "koruna",
    }.items()
    for form in forms.split()
}  # fmt: skip

#: Nouns that mean human beings. With the endings below: what any general word list of persons has.
PEOPLE = words(
    """
    actor adult adviser advisor agent aide ally applicant arrival artist assailant athlete attacker attorney author
    baby bidder body boy brother bystander candidate captive captor casualty celebrity child citizen civilian clergy
    client coach colleague combatant commander commuter companion consumer contractor convict cop corpse couple crew
    critic customer daughter dead deadliest defendant delegate demonstrator deputy diplomat director doctor donor
    driver elder elector engineer executive expert fan farmer fatality father female fighter firefighter fisher
    follower foreigner founder friend fugitive girl governor graduate guard guerrilla guest gunman head hiker
    hijacker homeless hostage human husband immigrant individual infant inhabitant injured inmate insurgent intern
    investigator investor invader jihadi journalist judge juror kid kidnapper killer labourer laborer landlord
    lawmaker lawyer leader learner lecturer listener looter lord lover mayor male man manager mariner marcher marine
    member mercenary merchant migrant militant miner minister minor missing monk mother mourner murderer national
    native neighbor neighbour newcomer nun nurse occupant offender officer official operative opponent organiser
    organizer orphan outsider owner parent parishioner parliamentarian partner passenger passer patient paramedic
    patron peer pedestrian people person personnel pilgrim pilot pirate player plaintiff plotter poet police
    politician poor porter president prisoner producer professor prosecutor protester protestor pupil qaeda rebel
    recruit relative reporter representative rescuer researcher reservist resident responder rider rioter robber
    sailor scholar scientist scout seafarer seaman senator senior separatist servant shooter shopper sibling sister
    smuggler sniper soldier solicitor son speaker spectator spouse spy staff staffer stranger striker student
    subscriber suffragette supporter survivor suspect swimmer taxpayer teacher teammate teen teenager tenant
    terrorist thief tourist trader trafficker traveller traveler troop trooper user veteran victim viewer villager
    visitor volunteer voter walker warrior wife winner witness woman worker worshipper worshiper writer wounded
    youngster youth
    """
)
PEOPLE_ENDINGS = (
    "ist",
    "ician",
    "man",
    "woman",
    "men",
    "women",
    "person",
    "arian",
    "keeper",
    "goer",
    "holder",
    "dweller",
    "sman",
    "eer",
    "maker",
)
NOT_PEOPLE = words(
    """
    list twist fist wrist mist grist tryst heist waist career beer deer pioneer-day steer veneer regimen specimen
    abdomen human-right cashmere checklist shortlist playlist blacklist wishlist magician-trick filmmaking
    """
)

#: Nouns in the singular before a number that make it a label: "Article 5", "flight 93", "room 101".
LABELS = words(
    """
    act amendment annex apartment appendix area article bed block book bus case category channel chapter class
    clause code column court day district division edition episode exhibit exit figure file flat flight floor form
    game gate gen generation grade group highway interstate issue item junction lane law level line lot mark
    matchday mission model motorway no number order page paragraph part phase pier pillar platform point policy
    proposition protocol question ranked record regulation resolution room round route row rule schedule season seat
    section sector security series serial session sheet size sol stage station step story subsection suite table
    taskforce team terminal tier title top track train type unit verse version volume ward week windows world year
    zone apollo boeing airbus nos num vol
    """
)
MONTHS = words(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec
    """
)
#: What makes two numbers joined by a hyphen a score or a vote.
CONTESTS = words(
    """
    beat beaten win wins won lose lost loss draw drew drawn defeat defeated lead led score scored scoreline vote
    voted votes ruling ruled decision victory tie tied thrash thrashed edge edged match game against set sets goal
    goals majority split
    """
)
#: Verbs of change: "rose from 20 to 30", "rose by 12 to 40" give a change and a level, or two levels, not a range.
CHANGES = words(
    """
    rise rises rose risen rising increase increases increased increasing grow grows grew grown growing expand
    expands expanded expanding climb climbs climbed climbing jump jumps jumped jumping soar soars soared surge
    surges surged swell swelled fall falls fell fallen falling drop drops dropped dropping decline declines declined
    declining decrease decreased decreases decreasing shrink shrank shrunk cut cuts cutting reduce reduces reduced
    reducing raise raises raised raising lower lowers lowered go goes went gone move moves moved moving slip slips
    slipped plunge plunged tumble tumbled slide slid up down revise revised revises upgrade upgraded downgrade
    downgraded change changes changed widen widened narrow narrowed double doubled bring brings brought
    """
)  # fmt: skip

#: Words of one family → the family's name: so that "killed", "died" and "death toll" meet. A small general thesaurus of news events.
FAMILIES: dict[str, str] = {
    word: family
    for family, words in {
        "kill": "kill die dead death fatality toll casualty perish slay murder massacre killing fatal corpse body bodies deadly claim",
        "injure": "injure wound hurt injury wounded injured maim injuring hospital hospitalise hospitalize treat",
        "arrest": "arrest detain hold custody detainee detention capture nab seize apprehend imprison jail round captive",
        "release": "release free discharge liberate",
        "shake": "magnitude quake earthquake temblor tremor shock richter strength force aftershock seism",
        "destroy": "destroy damage flatten wreck raze ruin level demolish destruction devastate",
        "evacuate": "evacuate flee displace evacuation displaced homeless shelter relocate",
        "vote": "vote ballot poll election win receive share",
        "rescue": "rescue save recover",
        "miss": "missing miss disappear unaccounted vanish untraced",
        "protest": "protest protester protestor demonstrate demonstrator rally march demonstration marcher",
        "attack": "attack raid assault strike ambush hijack",
        "live": "population inhabitant resident home live people populate dweller",
        "pay": "pay repay reimburse refund repayment spend cost worth price buy purchase",
        "sentence": "sentence prison jail-term term imprisonment penalty",
        "rule": "rule reign regime power",
        "age": "age aged old year-old",
    }.items()
    for word in words.split()
}
#: Nouns of one family, for people and things that are counted.
THINGS: dict[str, str] = {
    word: family
    for family, words in {
        "child": "child kid baby infant newborn toddler schoolchild pupil minor youngster",
        "officer": "officer police policeman policewoman cop",
        "demonstrator": "protester protestor demonstrator marcher",
        "soldier": "soldier troop trooper serviceman",
        "employee": "employee worker staff staffer",
        "migrant": "migrant refugee",
        "insurgent": "rebel militant insurgent guerrilla",
        "sailor": "sailor crew seaman mariner seafarer",
        "prisoner": "prisoner detainee inmate captive",
        "villager": "resident inhabitant local",
        "vessel": "vessel ship boat craft speedboat ferry dhow trawler tanker warship freighter skiff dinghy",
        "house": "house home dwelling building household apartment",
        "village": "village hamlet settlement community",
        "town": "town city municipality",
        "gun": "gun rifle weapon firearm pistol",
        "vehicle": "vehicle car truck lorry van bus",
        "aircraft": "aircraft plane helicopter jet airplane aeroplane",
        "country": "country nation state",
        "school": "school classroom college",
        "explosive": "explosive bomb grenade shell mine rocket missile",
    }.items()
    for word in words.split()
}
#: Words that say no more than "somebody" or "something" and tell no two figures apart.
LIGHT = words(
    """
    be have do get say tell make take give include become people person number total
    """
)
