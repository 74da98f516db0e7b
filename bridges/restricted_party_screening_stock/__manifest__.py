# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Restricted Party Screening: Inventory",
    "summary": "Hold receipts from restricted parties and goods sent to them, by policy",
    "version": "19.0.1.0.0",
    "author": "Restricted Party Screening contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Compliance",
    "depends": ["restricted_party_screening", "purchase_stock"],
    "auto_install": True,
    "data": [
        "data/screening_list_data.xml",
        "views/screening_policy_views.xml",
        "views/stock_picking_views.xml",
    ],
}
