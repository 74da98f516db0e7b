# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Restricted Party Screening",
    "summary": "Screen vendors and purchase orders against restricted-party lists, "
    "hold orders to listed parties, release them on a recorded licence exemption",
    "version": "19.0.1.0.0",
    "author": "Restricted Party Screening contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Compliance",
    "application": True,
    "depends": ["purchase"],
    "external_dependencies": {"python": ["rapidfuzz", "lxml"]},
    "data": [
        # Security
        "security/restricted_party_screening_groups.xml",
        "security/ir.model.access.csv",
        "security/restricted_party_screening_rules.xml",
        # Data
        "data/screening_list_data.xml",
        "data/screening_chain_data.xml",
        "data/screening_sensitivity_data.xml",
        "data/ir_sequence_data.xml",
        "data/mail_activity_type_data.xml",
        "data/ir_cron_data.xml",
        "data/screening_source_data.xml",
        # Wizards
        "wizard/screening_exemption_request_views.xml",
        "wizard/screening_decision_views.xml",
        "wizard/screening_exemption_close_views.xml",
        "wizard/screening_try_views.xml",
        "wizard/screening_list_update_reason_views.xml",
        # Views
        "views/screening_hit_views.xml",
        "views/screening_exemption_views.xml",
        "views/screening_hold_views.xml",
        "views/screening_list_views.xml",
        "views/screening_list_update_views.xml",
        "views/screening_source_views.xml",
        "views/screening_party_views.xml",
        "views/screening_policy_views.xml",
        "views/screening_sensitivity_views.xml",
        "views/screening_event_views.xml",
        "views/purchase_order_views.xml",
        "views/purchase_order_compliance_views.xml",
        "views/account_views.xml",
        "views/res_partner_views.xml",
        "views/mail_compose_message_views.xml",
        "views/restricted_party_screening_menus.xml",
    ],
    "demo": [
        "demo/res_users_demo.xml",
        "demo/screening_list_demo.xml",
        "demo/res_partner_demo.xml",
        "demo/purchase_order_demo.xml",
    ],
    "assets": {
        "web.assets_tests": ["restricted_party_screening/static/tests/tours/*.js"],
    },
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
