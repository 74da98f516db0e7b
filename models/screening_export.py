# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
import tempfile
import zipfile

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, file_open

MODULE = "restricted_party_screening"
#: Rows in memory at a time.
FETCH = 2000
#: What the evidence points to, without what is nobody's business.
NAMED = {
    "res_company": ("id", "name"),
    "res_users": ("id", "login", "partner_id"),
    "res_partner": ("id", "name", "parent_id", "country_id", "vat"),
    "purchase_order": ("id", "name", "partner_id", "state", "date_approve", "company_id"),
}
#: Beside the rows, so that the chain can be verified without Odoo.
PROGRAMS = {"chain.py": "engine/chain.py", "verify.py": "report/verify_export.py"}


class ScreeningExport(models.AbstractModel):
    """All evidence in one file that needs no Odoo to be read; uninstalling leaves it behind."""

    _name = "screening.export"
    _description = "Export of All Evidence"

    @api.model
    def action_export(self):
        """Make the file now and offer it.

        :raises AccessError: for who is neither compliance manager nor administrator
        """
        user = self.env.user
        if not (user.has_group(f"{MODULE}.group_compliance_manager") or user._is_system()):
            raise AccessError(
                self.env._("Compliance managers and administrators export all evidence.")
            )
        attachment = self.sudo()._keep()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    @api.model
    def _keep(self):
        """Store the file as an attachment of nobody: its maker and administrators may read it."""
        self.env.flush_all()
        self.env["screening.event"]._seal_all()
        self.env.flush_all()
        with tempfile.TemporaryFile() as stream:
            self._write(stream)
            stream.seek(0)
            return self.env["ir.attachment"].create(
                {
                    "name": f"screening-evidence-{fields.Datetime.now():%Y-%m-%d-%H%M%S}.zip",
                    "raw": stream.read(),
                    "mimetype": "application/zip",
                    "description": self.env._(
                        "Restricted party screening: audit trail, decisions, licence exemptions,"
                        " orders held, lists and listed parties. README.txt inside says more."
                    ),
                }
            )

    @api.model
    def _write(self, stream):
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("README.txt", self._readme())
            for name, place in PROGRAMS.items():
                with file_open(f"{MODULE}/{place}", "rb") as program:
                    archive.writestr(name, program.read())
            for table in self._tables():
                self._write_rows(archive, table, SQL("*"))
            for table, columns in NAMED.items():
                self._write_rows(archive, table, SQL(", ").join(map(SQL.identifier, columns)))
            self._write_documents(archive)

    @api.model
    def _readme(self):
        return self.env._(
            "All evidence of restricted party screening, %(moment)s UTC.\n\n"
            "Each .jsonl file is one table, a row a line, as JSON. screening_event is the audit"
            " trail; res_users, res_partner, res_company and purchase_order say whom numbers mean."
            " documents/ holds what was attached.\n\n"
            "`python verify.py` in this folder recomputes the hash chain of the trail; it needs"
            " nothing but Python.\n",
            moment=fields.Datetime.to_string(fields.Datetime.now()),
        )

    @api.model
    def _own_models(self):
        return [
            self.env[name]
            for name, model in sorted(self.env.registry.items())
            if name.startswith("screening.") and model._auto and not model._abstract
            if not model._transient
        ]

    @api.model
    def _tables(self):
        """Tables of this addon's records and of what links them."""
        tables = set()
        for model in self._own_models():
            tables.add(model._table)
            for field in model._fields.values():
                if field.type == "many2many" and field.store:
                    tables.add(field.relation)
        return sorted(tables)

    @api.model
    def _write_rows(self, archive, table, columns):
        cr = self.env.cr
        query = SQL("SELECT row_to_json(t)::text FROM (SELECT %s FROM %s) t", columns,
                    SQL.identifier(table))  # fmt: skip
        cr.execute(SQL("DECLARE screening_export NO SCROLL CURSOR FOR %s", query))
        try:
            with archive.open(f"{table}.jsonl", "w") as out:
                while True:
                    cr.execute("FETCH %s FROM screening_export", [FETCH])
                    rows = cr.fetchall()
                    out.writelines(f"{text}\n".encode() for (text,) in rows)
                    if len(rows) < FETCH:
                        return
        finally:
            cr.execute("CLOSE screening_export")

    @api.model
    def _write_documents(self, archive):
        names = [model._name for model in self._own_models()]
        attachments = self.env["ir.attachment"].sudo()
        # Fields kept as attachments are found only when one asks for them.
        for attachment in attachments.search(
            [
                ("res_model", "in", names),
                "|",
                ("res_field", "=", False),
                ("res_field", "!=", False),
            ],
            order="id",
        ):
            name = re.sub(r"[^\w.-]", "_", attachment.name or "")[-80:]
            place = f"{attachment.res_model}-{attachment.res_id}/{attachment.id}-{name}"
            archive.writestr(f"documents/{place}", attachment.raw or b"")
