# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from .screening_retention_end import Ends


class ScreeningRetentionRecords(models.AbstractModel):
    """Finds licence exemptions, decisions and editions whose period is over."""

    _inherit = "screening.retention"

    def _find_due_records(self, rules, due):
        ends = Ends(self.env)
        due.exemptions = self._find_exemptions(rules, ends)
        due.decisions = self._find_decisions(rules)
        due.hits = self._find_hits(rules, ends)

    def _find_exemptions(self, rules, ends):
        """All versions of a licence exemption stay or go together."""
        model = self.env["screening.exemption"]
        old = model.search([("create_date", "<", rules.before), ("state", "!=", "draft")])
        found, seen = model.browse(), model.browse()
        for record in old:
            if record in seen:
                continue
            family = record._get_versions()
            seen |= family
            lasts = [ends.of_record(version._name, version.id) for version in family]
            if None in lasts:
                continue
            hits = family.hit_ids
            if rules.may_go(
                min(family.mapped("create_date")),
                max(lasts),
                set(hits.list_id.mapped("code")),
                set((family.partner_id | hits.partner_id).ids),
                {(hit.list_id.code, hit.party_uid) for hit in hits},
            ):
                found |= family
        return found

    def _find_decisions(self, rules):
        """Steps of the decision log, but those of a decision that still stands."""
        steps = self.env["screening.decision.log"].search([("at", "<", rules.before)])
        return steps.filtered(
            lambda step: (
                step.hit_id.state in (False, "closed")
                and rules.may_go(
                    step.at,
                    step.at,
                    {step.list_id.code},
                    {step.partner_ref},
                    {(step.list_id.code, step.hit_id.party_uid)} if step.hit_id else None,
                )
            )
        )

    def _find_hits(self, rules, ends):
        """Closed hits that no licence exemption speaks of."""
        closed = self.env["screening.hit"].search(
            [("state", "=", "closed"), ("write_date", "<", rules.before)]
        )
        return closed.filtered(
            lambda hit: (
                not hit.exemption_ids
                and rules.may_go(
                    hit.create_date,
                    ends.of_record(hit._name, hit.id),
                    {hit.list_id.code},
                    {hit.partner_id.id},
                    {(hit.list_id.code, hit.party_uid)},
                )
            )
        )

    def _find_due_editions(self, rules, due):
        """The first editions of each list, up to one that stays.

        A legal hold keeps all editions that were in force in its period, whoever it is about: what
        a check did not find is proven by the whole list.
        """
        ends = Ends(self.env)
        for record in self._get_lists():
            edition = max(record.kept_from, 1)
            while edition < record.edition:
                last = ends.of_edition(record, edition)
                first = ends.of_edition(record, edition - 1) or fields.Datetime.to_datetime(
                    "1970-01-01"
                )
                if not last or not rules.may_go(first, last, {record.code}):
                    break
                edition += 1
            if edition > max(record.kept_from, 1):
                due.editions[record] = edition

    def _delete_records(self, due):
        """Delete what was found; :return: what is said of it in the audit trail."""
        said = {
            "exemptions": due.exemptions.mapped("name"),
            "decisions": len(due.decisions),
            "hits": len(due.hits),
            "editions": {record.code: kept for record, kept in due.editions.items()},
        }
        files = due.exemptions._sealed().attachment_ids
        for records in (
            due.exemptions.use_ids,
            due.exemptions.tick_ids,
            due.exemptions,
            due.decisions,
            due.hits,
        ):
            records._sealed().unlink()
        for file in files.exists():
            # The same letter may be the document of another record, which stays.
            if file.res_model in (False, "screening.exemption") and not file._screening_kept_by():
                file.unlink()
        for record, kept in due.editions.items():
            self._delete_editions(record, kept)
        return said

    def _delete_editions(self, record, kept):
        """Delete what only editions before ``kept`` said, and the files they came in."""
        self.env.flush_all()
        # A row that a hit shows stays as long as the hit.
        self.env.cr.execute(
            SQL(
                "DELETE FROM screening_party p WHERE p.list_id = %s AND p.edition_to > 0"
                " AND p.edition_to <= %s"
                " AND NOT EXISTS (SELECT FROM screening_hit h WHERE h.party_id = p.id)",
                record.id,
                kept,
            )
        )
        self.env.invalidate_all()
        record._sealed().write({"kept_from": kept})
        lines = self.env["screening.list.update.line"].search(
            [("list_id", "=", record.id), ("edition", ">", 0), ("edition", "<", kept)]
        )
        for update in lines.update_id:
            if all(line.edition < line.list_id.kept_from for line in update.line_ids):
                update._forget_file()
