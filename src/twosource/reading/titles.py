"""Words that tell what a name names: honorifics, titles, roles, and the common nouns that end names of organisations and places.

They are what a newsroom's style guide lists, not what any one story needs. Everything is in lower case and in the singular.
"""

from __future__ import annotations

from typing import Literal

Gender = Literal["female", "male"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Before a name and no part of it, with the gender that they tell.
HONORIFICS: dict[str, Gender | None] = {
    **dict.fromkeys("mr mister messrs sir lord sheikh shaikh sheik monsieur m. herr señor senor signor don imam mullah mr. rabbi "
                    "ayatollah emir sultan tsar king prince duke baron earl count emperor pope father brother "
                    "fr. maulana crown-prince".split(), "male"),
    **dict.fromkeys("mrs ms miss madam mme mrs. ms. mme. dame lady sheikha señora senora signora frau madame mademoiselle queen "
                    "princess duchess baroness countess empress sister mother tsarina".split(), "female"),
    **dict.fromkeys("dr dr. prof prof. rev rev. reverend hon hon. honourable honorable saint".split(), None),
}  # fmt: skip

#: Titles that stand before a name, alone or after other words of `MODIFIERS`.
TITLES = _words("""
    president vice-president premier prefect chancellor minister secretary undersecretary governor governor-general lieutenant-
    governor mayor senator congressman congresswoman representative assemblyman assemblywoman delegate lawmaker
    legislator deputy speaker whip leader chief chairman chairwoman chairperson chair director director-general manager
    executive ceo cfo coo founder co-founder head boss ambassador envoy consul diplomat commissioner ombudsman
    prosecutor attorney solicitor lawyer barrister judge justice magistrate general major colonel captain commander
    lieutenant sergeant corporal private admiral commodore marshal brigadier officer cadet detective inspector
    constable sheriff superintendent spokesman spokeswoman spokesperson professor lecturer doctor scientist researcher
    analyst expert economist historian seismologist epidemiologist journalist reporter correspondent editor columnist
    anchor presenter author writer novelist poet actor actress singer musician rapper filmmaker comedian model designer
    artist architect engineer pilot astronaut cosmonaut coach striker goalkeeper midfielder defender quarterback
    pitcher activist campaigner dissident politician councillor councilman councilwoman councilor alderman archbishop
    bishop cardinal pastor priest vicar deacon chaplain pope rabbi imam patriarch cleric ayatollah king queen prince
    princess emperor empress emir sultan sheikh duke duchess first-lady lady candidate nominee challenger incumbent
    hopeful rival republican democrat billionaire businessman businesswoman entrepreneur banker financier tycoon trader
    investor developer contractor farmer teacher principal student nurse surgeon coroner firefighter paramedic driver
    suspect defendant victim witness gunman attacker resident widow veteran whistleblower gov gov. sen sen. rep rep.
    reps. sens. gen gen. lt lt. col col. capt capt. cmdr cmdr. sgt sgt. maj maj. adm adm. pres pres. atty atty. cpl
    cpl. pvt pvt. det det. insp insp. supt supt. brig brig. pm mp mep
""")

#: Before a title and part of it: "Deputy Interior Minister", "former Foreign Secretary".
MODIFIERS = _words("""
    prime vice deputy former ex acting interim caretaker assistant associate senior junior chief executive first second
    third lead managing interior foreign defence defense finance justice health education trade economy energy
    environment agriculture culture information transport transportation labor labour home housing sports security
    communications development tourism oil petroleum industry planning press district state city county federal
    national supreme high attorney general inspector lieutenant major brigadier rear fleet air police fire army navy
    military intelligence opposition party parliamentary presidential congressional house senate majority minority
    cabinet crown grand permanent under special founding honorary regional provincial local municipal public police
    campaign staff sergeant petty warrant lance
""")

#: Roles that a woman, or a man, has by the word itself.
GENDERED: dict[str, Gender] = {
    **dict.fromkeys(
        "spokeswoman chairwoman congresswoman businesswoman policewoman saleswoman councilwoman assemblywoman woman girl lady mother"
        " daughter sister wife widow queen princess duchess empress baroness countess actress waitress hostess heroine aunt niece"
        " grandmother granddaughter girlfriend fiancée fiancee bride mom mum nun stepmother heiress goddess ballerina housewife"
        " schoolgirl midwife stewardess landlady mistress".split(),
        "female",
    ),
    **dict.fromkeys(
        "spokesman chairman congressman businessman policeman salesman councilman assemblyman man boy gentleman father son brother"
        " husband widower king prince duke emperor baron count waiter uncle nephew grandfather grandson boyfriend groom dad monk"
        " stepfather pope fisherman gunman fireman alderman schoolboy landlord cleric ayatollah imam archbishop bishop cardinal".split(),
        "male",
    ),
}  # fmt: skip

#: Other nouns for people, by which a description can mean a person.
PERSON_NOUNS = (
    TITLES
    | frozenset(GENDERED)
    | _words("""
    official aide adviser advisor counsel counselor counsellor secretary-general head member colleague friend neighbor
    neighbour parent child husband wife son daughter partner spouse cousin relative teenager youth adult pensioner
    retiree worker employee employer owner boss survivor patient prisoner inmate detainee hostage captive convict
    criminal thief killer murderer bomber militant rebel insurgent soldier troop sailor marine hijacker pirate
    terrorist protester demonstrator organizer organiser participant citizen national immigrant migrant refugee asylum-
    seeker politician statesman monarch ruler dictator strongman predecessor successor opponent critic supporter ally
    lawmaker parliamentarian jurist academic scholar graduate dropout blogger vlogger photographer cameraman producer
    host broadcaster player footballer cricketer golfer boxer swimmer runner athlete champion winner runner-up star
    celebrity idol legend veteran clerk cashier plumber carpenter electrician mechanic baker butcher chef cook waiter
    shopkeeper merchant accountant auditor consultant plaintiff complainant accused accuser informant spy agent guard
    bodyguard warden chief physician psychiatrist psychologist therapist chemist physicist biologist geologist
    meteorologist astronomer mathematician philosopher theologian linguist translator interpreter candidate lobbyist
    fundraiser donor philanthropist activist volunteer native person individual figure mogul magnate
""")
)

#: Ends, or heads with "of", the name of an organisation.
ORGANISATION_NOUNS = _words("""
    ministry department office agency bureau administration authority commission committee council board court tribunal
    parliament congress senate assembly house cabinet government party union league federation confederation
    association society institute institution academy university college school foundation trust fund bank group
    company corporation corp corp. inc inc. ltd ltd. llc plc gmbh co co. ag holdings industries enterprises partners
    systems technologies airlines airways motors press agency service services network channel television tv radio news
    times post journal gazette herald tribune guardian telegraph observer chronicle inquirer mirror express star army
    navy force forces guard guards corps command brigade battalion regiment police militia front movement brotherhood
    alliance coalition organization organisation club team united fc hospital clinic church synod museum library studio
    studios records pictures entertainment retreat boutique workshop store stores center centre headquarters crescent
    survey observatory laboratory laboratories laboratory exchange chamber registry secretariat directorate division
    unit embassy consulate mission legion lodge order watch international rights initiative campaign project programme
    program brigades cross
""")

#: Ends, or heads with "of", the name of a place.
PLACE_NOUNS = _words("""
    island islands isle isles peninsula archipelago province region district county state territory republic kingdom
    emirate governorate prefecture oblast canton municipality city town village hamlet borough suburb quarter square
    street avenue road boulevard lane highway bridge river lake sea ocean gulf bay strait straits channel canal coast
    cape harbour harbor port beach mountain mountains mount hill hills valley plain plateau desert forest jungle park
    garden gardens airport airfield station stadium arena hall theater theatre palace castle tower building plaza mall
    market mosque cathedral temple prison jail camp base border crossing heights springs falls creek basin delta reef
    glacier volcano dam reservoir pass gorge swamp monument memorial cemetery zoo hotel resort side world
""")

#: Open the name of a place, which is another than the one that it is named after: "Cape Tarn".
PLACE_OPENERS = _words("cape mount lake fort port gulf isle camp")

#: Lower-case heads that make a name with a bare one: "Tarn island", "the province of Tarn"; the same place as the bare name.
PLACE_HEADS = _words(
    "island province region district state governorate prefecture oblast city town village municipality emirate river"
)

#: An institution of the state, named by its land: "the Indian government", "Norway's army".
STATE_INSTITUTIONS = _words("""
    government parliament army navy military police cabinet congress senate judiciary presidency embassy consulate
""")

#: Heads of what a land's possessive names: "Norway's space agency", "Denmark's central bank".
LAND_BODIES = STATE_INSTITUTIONS | _words("""
    ministry agency center centre institute commission council court bank authority department bureau committee
    federation guard observatory regulator watchdog
""")

#: Behind a person's name and part of it, without a full stop.
SUFFIXES = _words("jr sr ii iii iv")

#: Before the name of a ship.
SHIP_PREFIXES = _words(
    "MV M/V MS MT MY SS RMS HMS HMCS HMAS INS USS USNS USCGC RV RRS FV SV ARA KRI KD BRP PNS JS ROKS TCG FS "
    "ITS HNLMS HDMS HMNZS ROCS BNS SLNS"
)

#: Capitalised in English, and no names: days, months, languages' own words, feasts, and words that a headline or a page capitalises.
NEVER = _words("""
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays mon tue tues wed thu thur thurs fri sat sun january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec jan. feb. mar. apr. aug. sept. sep. oct.
    nov. dec. am pm a.m. p.m. gmt utc est edt bst i i'm internet web website god bible koran quran christmas easter
    ramadan eid thanksgiving covid covid-19 ok okay tv dna aids hiv updated posted published photo photos picture
    pictures video image images caption credit copyright advertisement share read more see celsius fahrenheit richter
    gps sos rpg rpgs dvd dvds cctv atm pdf usb led suv suvs lgbt lgbtq cv id hq vip ngo ngos ied ieds pow pows also
    related breaking exclusive live update story comments subscribe newsletter click here by editor's note file
""")

#: Adjectives with a capital, which name nobody by themselves ("Western officials") but stand in names ("Western Australia").
ADJECTIVES = _words("""
    democratic republican western eastern northern southern naval marine islamic islamist muslim christian jewish
    catholic protestant orthodox sunni shiite shia european african asian arab arabic latin eurasian nordic baltic
    balkan caribbean mediterranean arctic
""")

#: Lower-case inside a name between capitalised parts.
PARTICLES = _words(
    "de del della di da do dos das du la le las los el al von van der den ter ten bin ibn bint ben abu y af av zu zur ul ur und e dal"
)
