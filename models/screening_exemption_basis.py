# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why an order may go on although a party is listed: the kinds of basis and what each must say."""

#: Key, label. Source: regulation of the lists (EAR part 750, §744.16; OFAC licences).
BASES = [
    ("bis_licence", "BIS licence"),
    ("ofac_specific", "OFAC specific licence"),
    ("ofac_general", "OFAC general licence"),
    ("other_licence", "Licence of another authority"),
    ("no_ear_item", "No item subject to the EAR leaves us"),
    ("outside_requirement", "Item outside the entry's licence requirement"),
    ("exception_allowed", "Licence exception expressly allowed by the entry"),
    ("temporary_general", "Temporary general licence or savings clause"),
    ("delisted", "Party delisted"),
]

_LICENCE = ("number", "authority", "issue_date", "expiry_date")

#: Fields a basis cannot do without when it is approved.
REQUIRED = {
    "bis_licence": _LICENCE,
    "ofac_specific": _LICENCE,
    # Published for everybody: what matters is why this order falls under it.
    "ofac_general": ("number", "justification"),
    "other_licence": _LICENCE,
    "no_ear_item": ("justification",),
    "outside_requirement": ("justification",),
    "exception_allowed": ("exception_code", "justification"),
    "temporary_general": ("number", "justification", "expiry_date"),
    "delisted": ("justification",),
}

#: The list whose entries themselves say which exceptions are left (§744.16(b)).
ENTITY_LIST = "EL"

#: What these bases ask for besides when a party stands on that list: normally they are not
#: available there, so the words of the entry that allow them are quoted.
REQUIRED_FOR_ENTITY_LIST = {
    "outside_requirement": ("entry_quotation",),
    "exception_allowed": ("entry_quotation",),
}

EXCEPTION_CODES = [
    (code, f"{code} (§{section})")
    for code, section in (
        ("LVS", "740.3"),
        ("GBS", "740.4"),
        ("TSR", "740.6"),
        ("APP", "740.7"),
        ("TMP", "740.9"),
        ("RPL", "740.10"),
        ("GOV", "740.11"),
        ("GFT", "740.12"),
        ("TSU", "740.13"),
        ("BAG", "740.14"),
        ("AVS", "740.15"),
        ("APR", "740.16"),
        ("ENC", "740.17"),
        ("AGR", "740.18"),
        ("STA", "740.20"),
    )
]
