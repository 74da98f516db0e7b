# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..models.screening_input import expect_one


class ScreeningTry(models.TransientModel):
    """Type a name and see what the lists in force say; recorded as such."""

    _name = "screening.try"
    _description = "Try a Name"

    name = fields.Char()
    country_id = fields.Many2one("res.country")
    kind = fields.Selection(
        [("organisation", "Organisation"), ("person", "Person"), ("vessel", "Vessel")],
        help="A company is not compared with names of people as people are. Empty: either may be.",
    )
    address = fields.Char(
        help="Compared with addresses that are listed for themselves. That a named party lives"
        " there is no match.",
    )
    vat = fields.Char(string="Tax ID or Other Number")
    nothing_found = fields.Char(readonly=True)
    line_ids = fields.One2many("screening.try.line", "try_id", readonly=True)

    def action_screen(self):
        expect_one(self)
        if not (self.name or self.address or self.vat):
            raise UserError(self.env._("Type a name, an address or a number."))
        typed = {
            "name": self.name or "",
            "country": self.country_id.code or "",
            "address": self.address or "",
            "vat": self.vat or "",
            "type": self.kind or "",
        }
        [hits] = self.env["screening.party"].screen([typed])
        self.line_ids.unlink()
        self.env["screening.try.line"].create(
            [
                {
                    "try_id": self.id,
                    "party_id": hit["party_id"],
                    "matched_name": hit["matched_name"],
                    "score": hit["score"],
                    "level": hit["level"],
                    "explanation": hit["explanation"],
                }
                for hit in hits
            ]
        )
        lists = self.env["screening.list"]._get_loaded()
        self.nothing_found = not hits and self.env["screening.wording"]._nothing_found(lists)
        return True


class ScreeningTryLine(models.TransientModel):
    _name = "screening.try.line"
    _description = "Result of a Tried Name"
    _order = "score desc, id"

    try_id = fields.Many2one("screening.try", required=True, ondelete="cascade")
    party_id = fields.Many2one(
        "screening.party", string="Listed Party", required=True, ondelete="cascade"
    )
    list_id = fields.Many2one(related="party_id.list_id")
    matched_name = fields.Char(string="Spelling That Matched")
    score = fields.Integer()
    level = fields.Selection([("strong", "Strong"), ("possible", "Possible")])
    explanation = fields.Text()
