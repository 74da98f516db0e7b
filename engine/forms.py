# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Legal forms of companies: taken off wherever they cannot be part of what a firm is called."""

from __future__ import annotations

from .words import PARTICLES

#: Folded, dots joined. Taken off at the ends of a name; the longer ones everywhere.
_LEGAL_FORMS_TEXT = """
    co company companies corp corporation inc incorporated ltd limited llc llp lp plc pte pty pvt
    coltd ltdco ltd1 lda ltee cie
    gmbh ag kg kgaa ohg ug ev eg se mbh gesmbh gbr aktiengesellschaft gesellschaft
    sa sas sarl sasu srl spa snc sl slu sc scs sca sapa sicav
    nv bv bvba sprl cv vof ab as asa aps oy oyj ks kft rt zrt nyrt bt doo dd dno ad ood eood ead
    sro spol zoo sp spzoo ltda eireli sab sapi rl kk gk yk
    oao ooo zao pao ao tov tzov pjsc ojsc cjsc jsc pat prat vat tdv fgup gup mup fgbu fku
    fze fzco fzc fz fzllc dmcc wll bsc saog saoc sal est
    sac saa saic eirl cia tnhh kht too mchj shpk
    ou uab sia ehf hf tbk pt bhd sdn berhad jv sirketi sti anonim aktsiyadorlik shirkat sherkat
    """
_LEGAL_FORMS = frozenset(_LEGAL_FORMS_TEXT.split())

#: Those that may also stand before a name: "Da Hua" must not lose a syllable.
_BEFORE = frozenset(form for form in _LEGAL_FORMS if len(form) > 2) | {"ao", "pt"}

#: Forms of several words, taken off wherever they stand.
_PHRASES = tuple(
    tuple("company" if word == "co" else word for word in line.split())
    for line in """
    public joint stock company
    open joint stock company
    closed joint stock company
    private joint stock company
    joint stock company
    public joint stock
    private joint stock
    open joint stock
    closed joint stock
    joint stock
    limited liability partnership
    limited liability company
    limited liability
    public limited company
    private limited company
    private limited
    public company limited
    pvt ltd
    pte ltd
    pty ltd
    co ltd
    company limited
    limited company
    limited partnership
    ltd sti
    limited sirketi
    anonim sirketi
    a s
    s a
    s r l
    s de r l
    de r l de c v
    s a de c v
    sa de cv
    s de rl de cv
    de rl de cv
    sociedad anonima
    sociedad limitada
    sociedad de responsabilidad limitada
    societe anonyme
    societe a responsabilite limitee
    societa per azioni
    naamloze vennootschap
    besloten vennootschap
    gesellschaft mit beschrankter haftung
    gesellschaft m b h
    haftungsbeschrankt
    federal state unitary enterprise
    federal state enterprise
    state unitary enterprise
    unitary enterprise
    sp z o o
    z o o
    sp zoo
    sp z oo
    spol s r o
    s r o
    d o o
    sdn bhd
    perusahaan terbatas
    reszvenytarsasag mukodo
    mukodo reszvenytarsasag
    korlatolt felelossegu tarsasag
    sabiedriba ar ierobezotu atbildibu
    drustvo s ogranicenom odgovornoscu
    drustvo sa ogranicenom odgovornoscu
    d o o za trgovinu i usluge
    doo za trgovinu i usluge
    za trgovinu i usluge
    za usluge
    spolka z ograniczona odpowiedzialnoscia
    spolka z o o
    spolka akcyjna
    spolecnost s rucenim omezenym
    akciova spolecnost
    uzdaroji akcine bendrove
    akcine bendrove
    akciju sabiedriba
    monoprosopi anonymi etaireia
    anonymi etaireia
    anonimi eteria
    cooperatief u a
    cooperatief ua
    spolka cywilna
    wspolnik spolki cywilnej
    spolka jawna
    spolka komandytowa
    anonymos etairia
    etaireia periorismenis efthynis
    akcionarsko drustvo
    dionicko drustvo
    delniska druzba
    druzba z omejeno odgovornostjo
    akcionerno druzhestvo
    druzhestvo s ogranichena otgovornost
    shoqeri aksionare
    shoqeri me pergjegjesi te kufizuar
    societate pe actiuni
    societate cu raspundere limitata
    societatea cu raspundere limitata
    societatea pe actiuni
    za proizvodnju trgovinu i usluge
    za proizvodnju promet i usluge
    za proizvodnju i trgovinu
    za proizvodnju i promet
    za proizvodnju i usluge
    za proizvodnju
    za trgovinu
    sociedad anonima cerrada
    sociedad anonima abierta
    sociedad anonima de capital variable
    sociedad por acciones simplificada
    sociedad por acciones
    de responsabilidad limitada
    de capital variable
    sociedade anonima
    sociedade limitada
    compania anonima
    compania limitada
    societe par actions simplifiee
    a responsabilita limitata
    a responsabilite limitee
    commanditaire vennootschap
    vennootschap onder firma
    sendirian berhad
    perseroan terbatas
    kabushiki kaisha
    godo kaisha
    yugen kaisha
    jusik hoesa
    chusik hoesa
    yuhan hoesa
    cong ty trach nhiem huu han
    cong ty tnhh
    cong ty co phan
    trach nhiem huu han
    mahdud mesuliyyetli cemiyyeti
    mas uliyati cheklangan jamiyat
    masuliyati cheklangan jamiyat
    zhauapkershiligi shekteuli seriktestigi
    sherkat sahami khass
    sherkat sahami khas
    sherkate sahami khas
    sahami khass
    sahami khas
    sahami am
    ba masouliyat mahdoud
    masouliyat mahdoud
    federalnoe gosudarstvennoe unitarnoe predpriyatie
    gosudarstvennoe unitarnoe predpriyatie
    publicly traded company
    obshchestvo s ogranichennoi otvetstvennostyu
    obshchestvo s ogranichennoy otvetstvennostyu
    tovarystvo z obmezhenoyu vidpovidalnistyu
    """.strip().splitlines()
)
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(_PHRASES, key=lambda words: (-len(words), words)):
    _BY_FIRST.setdefault(_phrase[0], []).append(_phrase)

#: Beginnings of Russian and Ukrainian words for a legal form, in any case ending and spelling.
_STEMS = (
    "obshchestv", "obschestv", "obshestv", "ogranichen", "otvetstven", "aktsioner", 
    "akcioner", "otkrytoe", "otkrytoye", "otkrytogo", "zakrytoe", "zakrytoye", "publichnoe",
    "publichnoye", "reszvenytarsasag", "zartkoruen", "nyilvanosan", "felelossegu", "atbildib",
    "ierobezot", "odgovornosc", "ograniczon", "odpowiedzialnosc", "ogranicenom", "ograniceno",
    "omezenym", "rucenim", "aktiebolag", "osakeyhtio", "aktieselskab", "anpartsselskab",
    "aksjeselskap", "aktsiaselts", "osauhing", "jointstock",
    "tovarystvo", "vidpovidalnist", "obmezhen",
)  # fmt: skip
#: Written forms that stick to the word before them.
_TAILS = ("company", "limited", "corporation", "coltd", "companyltd", "companylimited")


def is_form(word: str) -> bool:
    """Whether a word is a legal form and nothing else."""
    return word in _LEGAL_FORMS


def without_forms(words: list[str]) -> list[str]:
    """The words that say what a firm is called; empty if there are only legal forms.

    Adding a legal form at an end of a name never changes the result.
    """
    words = ["company" if word == "co" else word for word in words]
    kept = [part for word in _without_phrases(words) for part in _unstick(word)]
    kept = [word for word in kept if not word.startswith(_STEMS)]
    start, end = 0, len(kept)
    while end > start and (kept[end - 1] in _LEGAL_FORMS or kept[end - 1] in PARTICLES):
        end -= 1
    while start < end and (kept[start] in _BEFORE or kept[start] == "the"):
        start += 1
    return [
        word
        for place, word in enumerate(kept[start:end])
        if not (word in _LEGAL_FORMS and len(word) > 3) or (not place and end - start == 1)
    ]


def _without_phrases(words: list[str]) -> list[str]:
    kept: list[str] = []
    place = 0
    while place < len(words):
        for phrase in _BY_FIRST.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                place += len(phrase)
                break
        else:
            kept.append(words[place])
            place += 1
    return kept


def _unstick(word: str) -> list[str]:
    for tail in _TAILS:
        if word.endswith(tail) and len(word) - len(tail) >= 4:
            return [word[: -len(tail)]]
    return [word]
