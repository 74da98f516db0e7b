# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    screening_sealed,
    screening_chain,
    screening_event,
    screening_list,
    screening_list_update,
    screening_party,
    screening_matcher,
    screening_subject,
    screening_hit,
    screening_policy,
    screening_wording,
    screening_gate,
    screening_exemption,
    screening_exemption_cover,
    screening_hold,
    res_partner,
    purchase_order,
    purchase_order_screening,
    mail_compose_message,
)
