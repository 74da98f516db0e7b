# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .screening_facts import facts_from_typed

MAX_TYPED = 1000
CHANGE_FIELDS = (
    "name",
    "programs",
    "license_requirement",
    "license_policy",
    "citation",
    "start_date",
    "end_date",
    "remarks",
)


def _shown(item):
    """One name, address, number or country of stored facts, as text."""
    if isinstance(item, dict):
        return ", ".join(filter(None, (item.get("text"), item.get("country"))))
    return item if isinstance(item, str) else " ".join(map(str, filter(None, item)))


class ScreeningParty(models.Model):
    """One listed party as one range of editions says it. A change is a new row."""

    _name = "screening.party"
    _inherit = "screening.sealed"
    _description = "Listed Party"
    _order = "name, id"
    _rec_names_search = ["name", "entry_ids.text"]

    list_id = fields.Many2one("screening.list", required=True, readonly=True, index=True)
    uid = fields.Char(string="Key in the List", required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    party_type = fields.Selection(
        [
            ("organisation", "Organisation"),
            ("person", "Person"),
            ("vessel", "Vessel"),
            ("aircraft", "Aircraft"),
            ("address", "Address only"),
        ],
        readonly=True,
    )
    in_force = fields.Boolean(readonly=True)
    edition_from = fields.Integer(
        readonly=True, help="First edition that says it so; 0 until applied."
    )
    edition_to = fields.Integer(
        readonly=True, help="First edition that no longer says it so; 0 while in force."
    )
    update_id = fields.Many2one(
        "screening.list.update", readonly=True, index=True, string="Came With"
    )
    previous_id = fields.Many2one(
        "screening.party",
        string="Said Before",
        readonly=True,
        index="btree_not_null",
        help="The row of an earlier edition that this one takes the place of.",
    )
    change_text = fields.Text(compute="_compute_change_text", string="What Changed")
    entry_ids = fields.One2many("screening.party.entry", "party_id", string="Names")
    countries = fields.Json(string="Country Codes", readonly=True)
    country_codes = fields.Char(compute="_compute_texts", string="Countries")
    address_text = fields.Text(compute="_compute_texts", string="Addresses")
    facts = fields.Json(readonly=True)
    content_hash = fields.Char(readonly=True)
    fingerprint = fields.Char(readonly=True)
    programs = fields.Char(readonly=True)
    license_requirement = fields.Text(string="Licence Requirement", readonly=True)
    license_policy = fields.Text(string="Licence Review Policy", readonly=True)
    citation = fields.Char(readonly=True)
    start_date = fields.Char(string="Listed On", readonly=True)
    end_date = fields.Char(string="Listed Until", readonly=True)
    remarks = fields.Text(readonly=True)
    source_url = fields.Char(string="Source", readonly=True)

    _key_idx = models.Index("(list_id, uid)")
    _in_force_uniq = models.UniqueIndex("(list_id, uid) WHERE in_force")

    def _compute_texts(self):
        for party in self:
            facts = party.facts or {}
            party.country_codes = ", ".join(party.countries or [])
            party.address_text = "\n".join(
                address["text"] for address in facts.get("addresses", []) if address.get("text")
            )

    def _compute_change_text(self):
        for party in self:
            party.change_text = "\n".join(party._get_changes()) or False

    def _get_changes(self):
        """What this row says otherwise than the one before it, field by field."""
        before = self.previous_id
        if not before:
            return []
        changes = []
        for label, key in (
            (self.env._("Names"), "names"),
            (self.env._("Addresses"), "addresses"),
            (self.env._("Numbers"), "identifiers"),
            (self.env._("Countries"), "countries"),
        ):
            old = {_shown(item) for item in (before.facts or {}).get(key, [])}
            new = {_shown(item) for item in (self.facts or {}).get(key, [])}
            parts = [f"+ {text}" for text in sorted(new - old)]
            parts += [f"− {text}" for text in sorted(old - new)]
            if parts:
                changes.append(f"{label}: {'; '.join(parts)}")
        for name in CHANGE_FIELDS:
            if (self[name] or "") != (before[name] or ""):
                label = self._fields[name]._description_string(self.env)
                changes.append(f"{label}: {before[name] or '-'} → {self[name] or '-'}")
        return changes

    @api.model
    def screen(self, parties):
        """Screen typed parties against the lists in force; nothing is stored on any contact.

        :param parties: list of dicts with ``name`` and, when known, ``country`` (ISO alpha-2 code),
            ``address``, ``vat``, ``type`` (organisation, person, vessel); at most 1,000
        :return: for each party the ranked hits, best first: dicts with ``list``, ``list_name``,
            ``party_id``, ``listed_name``, ``matched_name``, ``score`` (0-100), ``level``
            (``strong``, ``possible``), ``explanation`` and ``evidence``
        :raises UserError: when the input is not such a list, or no list is loaded: an empty answer
            would look like no match
        :raises AccessError: when the user has no right to screening
        """
        if not self.env.user.has_group("restricted_party_screening.group_user"):
            raise AccessError(self.env._("You need the right to use restricted party screening."))
        if not isinstance(parties, list) or len(parties) > MAX_TYPED:
            raise UserError(self.env._("Give a list of at most %s parties.", MAX_TYPED))
        subjects = []
        for number, typed in enumerate(parties, start=1):
            facts, problem = facts_from_typed(self.env, typed)
            if problem:
                raise UserError(
                    self.env._("Party %(number)s: %(problem)s", number=number, problem=problem)
                )
            subjects.append(facts)
        loaded = self.env["screening.list"]._get_loaded()
        if not loaded:
            raise UserError(self.env._("Not screened: no list is loaded."))
        results = self.env["screening.matcher"]._screen_typed(subjects)
        self.env["screening.event"]._log_event(
            "try_check",
            self.browse(),
            self.env._(
                "%(count)s typed, %(hits)s with hits",
                count=len(parties),
                hits=sum(map(bool, results)),
            ),
            {
                "typed": parties,
                "hits": [
                    [(hit["list"], hit["listed_name"], hit["score"]) for hit in hits]
                    for hits in results
                ],
                "settings": self.env["screening.matcher"]._get_settings(),
                "editions": loaded._get_editions(),
            },
            self.env.company,
        )
        return results


class ScreeningPartyEntry(models.Model):
    """One name, number or address of a listed party, as the look-up holds it."""

    _name = "screening.party.entry"
    _inherit = "screening.sealed"
    _description = "Name of a Listed Party"
    _log_access = False
    _rec_name = "text"

    party_id = fields.Many2one(
        "screening.party", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("primary", "Name"),
            ("alias", "Also known as"),
            ("weak", "Weak alias"),
            ("former", "Formerly"),
            ("house", "House alias (unofficial)"),
            ("identifier", "Number"),
            ("address", "Address"),
        ],
        required=True,
        readonly=True,
    )
    text = fields.Char(required=True, readonly=True)
    form = fields.Char(readonly=True)

    def init(self):
        """The look-up's own tables: packed rows of numbers, so they are not models."""
        self.env["screening.index"]._create_tables()
