# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Between Odoo's records and the engine's facts; nothing is decided here."""

from ..engine import Address, Facts, Identifier, Name

#: Fields of a contact whose change asks for a fresh screening.
PARTNER_FACT_FIELDS = (
    "name",
    "is_company",
    "parent_id",
    "commercial_company_name",
    "company_name",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "vat",
    "company_registry",
)

#: Longer than any name; what is longer takes ever more time (bench/abuse.py).
MAX_NAME = 10_000


def one_line(*parts):
    """Address parts on one line, empty ones left out."""
    return ", ".join(part.strip() for part in parts if part and part.strip())


def address_of(partner):
    """The address of a contact on one line."""
    return one_line(
        partner.street, partner.street2, partner.city, partner.state_id.name, partner.zip
    )


def facts_from_partner(partner):
    """What of a contact is compared."""
    names = []
    for text in (partner.name, partner.company_name if not partner.parent_id else ""):
        text = (text or "").strip()[:MAX_NAME]
        if text and text not in names:
            names.append(text)
    country = partner.country_id.code or ""
    identifiers = [
        Identifier(kind, number.strip(), country)
        for kind, number in (("VAT", partner.vat), ("Registry", partner.company_registry))
        if number and number.strip()
    ]
    text = address_of(partner)
    return Facts(
        names=tuple(Name(text) for text in names),
        party_type="organisation" if partner.is_company else "",
        countries=(country,) if country else (),
        identifiers=tuple(identifiers),
        addresses=(Address(text[:MAX_NAME], country),) if text else (),
    )


def facts_from_typed(env, typed):
    """Facts of a party given over the API.

    :return: (facts, problem); problem is a sentence when the input cannot be taken
    """
    if not isinstance(typed, dict):
        return None, env._("it must be an object with at least a name.")
    values = {}
    for key in ("name", "country", "address", "vat", "type"):
        value = typed.get(key) or ""
        if not isinstance(value, str):
            return None, env._("“%s” must be text.", key)
        values[key] = value.replace("\0", "").strip()
        if any("\ud800" <= char <= "\udfff" for char in value):
            return None, env._("“%s” holds half a character; send it as UTF-8.", key)
        if len(value) > MAX_NAME:
            # Nor would what is kept of it in the audit trail have an end.
            return None, env._(
                "“%(field)s” has more than %(limit)s characters.", field=key, limit=MAX_NAME
            )
    unknown = sorted(str(key) for key in typed.keys() - values.keys())
    if unknown:
        return None, env._("unknown field “%s”.", unknown[0])
    if not values["name"] and not values["address"] and not values["vat"]:
        return None, env._("give a name, an address or a number.")
    country = values["country"].upper()
    if country and (len(country) != 2 or not country.isascii() or not country.isalpha()):
        return None, env._("“%s” is not a two-letter country code.", values["country"])
    if values["type"] not in ("", "organisation", "person", "vessel"):
        return None, env._("type is organisation, person, vessel or empty.")
    facts = Facts(
        names=(Name(values["name"]),) if values["name"] else (),
        party_type=values["type"],
        countries=(country,) if country else (),
        identifiers=(Identifier("VAT", values["vat"][:200], country),) if values["vat"] else (),
        addresses=(Address(values["address"], country),) if values["address"] else (),
    )
    return facts, ""


def facts_to_json(facts):
    return {
        "names": [[name.text, name.kind] for name in facts.names],
        "type": facts.party_type,
        "countries": list(facts.countries),
        "identifiers": [[item.kind, item.number, item.country] for item in facts.identifiers],
        "addresses": [{"text": item.text, "country": item.country} for item in facts.addresses],
    }


def facts_from_json(value):
    value = value or {}
    return Facts(
        names=tuple(Name(text, kind) for text, kind in value.get("names", [])),
        party_type=value.get("type") or "",
        countries=tuple(value.get("countries", [])),
        identifiers=tuple(Identifier(*item) for item in value.get("identifiers", [])),
        addresses=tuple(
            Address(item["text"], item.get("country", "")) for item in value.get("addresses", [])
        ),
    )
