# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo.http import Controller, content_disposition, request, route


class ScreeningEvidenceController(Controller):
    """Evidence as a file for other programs."""

    @route("/screening/evidence/<int:number>", type="http", auth="user", readonly=False)
    def download(self, number):
        """JSON of what a user asked for in the form; only who asked, and may see it, gets it."""
        wizard = request.env["screening.evidence.print"].browse(number)
        wizard.check_access("read")
        if not wizard.exists():  # 0 is nobody's, and no rule refuses it
            raise request.not_found()
        body = json.dumps(wizard._collect(), indent=2, ensure_ascii=False, sort_keys=True)
        return request.make_response(
            body,
            headers=[
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"{wizard._filename()}.json")),
            ],
        )
