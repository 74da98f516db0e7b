# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

#: Guards that look at one list of the file, in the order in which they speak.
OF_A_LIST = ("shrink", "older", "canary", "lacking")


class ScreeningListUpdateGuarding(models.Model):
    """Looks for what speaks against a reading, once it is read."""

    _inherit = "screening.list.update"

    lacking = fields.Json(
        readonly=True, copy=False, help="What files of its set that were not given would say."
    )

    def _check_guards(self):
        """Write down what speaks against this reading."""
        found = [
            (code, line.list_id, getattr(self, f"_guard_{code}")(line))
            for line in self.line_ids
            for code in OF_A_LIST
        ]
        found.append(("unreadable", self.line_ids[:1].list_id, self._guard_unreadable()))
        found += [("source", record, self._say_missing(record)) for record in self._lost_lists()]
        reactions = self.env["screening.guard"]._get_reactions()
        values = self._accepted_guards()
        values += [
            {
                "list_id": record.id,
                "code": code,
                "message": message,
                "noted": reactions[code] == "note",
            }
            for code, record, message in found
            if message
        ]
        self.env["screening.list.update.guard"]._sealed().create(
            [dict(row, update_id=self.id) for row in values]
        )

    def _guard_shrink(self, line):
        """A list that loses many parties at once."""
        before = line.changed + line.removed + line.unchanged
        limit = line.list_id.max_shrink
        if not self.complete or line.removed * 100 <= before * limit:
            return ""
        return self.env._(
            "%(list)s would lose %(removed)s of its %(before)s parties (more than %(limit)s %%).",
            list=line.list_id.name,
            removed=line.removed,
            before=before,
            limit=limit,
        )

    def _guard_older(self, line):
        """An edition from before the one in force, by the date it states or the file it is."""
        applied = (
            self.env["screening.list.update.line"]
            .sudo()
            .search([("list_id", "=", line.list_id.id), ("update_id.state", "=", "applied")])
            .update_id
        )
        stated = self.stated_edition or ""
        known = max((update.stated_edition or "" for update in applied), default="")
        if stated and known and stated < known:
            return self.env._(
                "The file is of %(stated)s, %(list)s in force is of %(known)s.",
                stated=stated,
                list=line.list_id.name,
                known=known,
            )
        same = applied.filtered(lambda update: update.file_sha256 == self.file_sha256)[:1]
        moves = line.added or line.changed or line.removed
        if same and moves and same != line.list_id.update_id:
            return self.env._(
                "The file was applied to %(list)s on %(date)s already, and a later one since.",
                list=line.list_id.name,
                date=fields.Date.to_string(same.applied_at),
            )
        return ""

    def _guard_canary(self, line):
        """Names that must be on the list and that nothing would carry once this is applied."""
        missing = self._missing_canaries(line) if self.complete else []
        if not missing:
            return ""
        return self.env._(
            "Names that must be on %(list)s are not in the file: %(names)s.",
            list=line.list_id.name,
            names=", ".join(missing),
        )

    def _guard_lacking(self, line):
        """The main file of a set alone: parties would lose their aliases and addresses."""
        if not self.lacking:
            return ""
        [(losing,)] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM screening_party new"
                " JOIN screening_party old ON old.id = new.previous_id"
                " WHERE new.update_id = %s AND new.list_id = %s AND ("
                " jsonb_array_length(new.facts->'names') < jsonb_array_length(old.facts->'names')"
                " OR jsonb_array_length(new.facts->'addresses')"
                " < jsonb_array_length(old.facts->'addresses'))",
                self.id,
                line.list_id.id,
            )
        )
        if not losing:
            return ""
        return self.env._(
            "Files of the set were not given, so that %(count)s parties of %(list)s would lose"
            " aliases or addresses they have. Upload the others beside it: %(missing)s.",
            count=losing,
            list=line.list_id.name,
            missing=", ".join(self.lacking),
        )

    def _guard_unreadable(self):
        """More records that cannot be read than each of the lists tolerates."""
        total = self.rows + self.problem_count
        limit = min(self.line_ids.list_id.mapped("max_unreadable"))
        if self.problem_count * 100 <= total * limit:
            return ""
        return self.env._(
            "%(count)s of %(total)s records could not be read (more than %(limit)s %%).",
            count=self.problem_count,
            total=total,
            limit=limit,
        )

    def _say_missing(self, record):
        return self.env._(
            "The file has no party of %s, which came from such a file before.", record.name
        )

    def _lost_lists(self):
        """Lists that came in one file with those of this one before, and of which it says nothing.

        Only what shared a file: OFAC's SDN list and its others come in the same format, but each
        in a file of its own, and so do two lists of the company's own.
        """
        lists = self.line_ids.list_id
        if not self.complete:
            return lists.browse()
        siblings = (
            self.env["screening.list.update"]
            .sudo()
            .search(
                [
                    ("state", "=", "applied"),
                    ("format", "=", self.format),
                    ("line_ids.list_id", "in", lists.ids),
                ]
            )
            .line_ids.list_id
        )
        return (siblings - lists).filtered(
            lambda record: record.edition and record.update_id.format == self.format
        )

    def _missing_canaries(self, line):
        names = [name.strip() for name in (line.list_id.canaries or "").splitlines()]
        missing = []
        for name in filter(None, names):
            found = self.env.execute_query(
                SQL(
                    "SELECT 1 FROM screening_party_entry e"
                    " JOIN screening_party p ON p.id = e.party_id"
                    " WHERE p.list_id = %s AND e.text ILIKE %s"
                    " AND (p.update_id = %s OR (p.in_force AND NOT p.id = ANY(%s)))"
                    " AND e.kind IN ('primary', 'alias', 'former') LIMIT 1",
                    line.list_id.id,
                    f"%{name}%",
                    self.id,
                    line.closing_ids or [],
                )
            )
            if not found:
                missing.append(name)
        return missing
