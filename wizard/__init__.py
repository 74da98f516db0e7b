# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    base_module_uninstall,
    base_partner_merge,
    mail_compose_message,
    screening_decision,
    screening_evidence_print,
    screening_exemption_checklist,
    screening_exemption_close,
    screening_exemption_request,
    screening_legal_hold_lift,
    screening_list_as_of,
    screening_list_update_reason,
    screening_purge,
    screening_try,
)
