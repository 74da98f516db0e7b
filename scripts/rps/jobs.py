# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is tested and shown: which modules lie under the addon, and which tests run on top."""

from dataclasses import dataclass

from .bases import Base
from .paths import MODULE

PURCHASE = Base("purchase", ("purchase", "rpc"), demo=False)
EVERYTHING = Base("everything", ("purchase_stock", "purchase_requisition", "rpc"), demo=True)
#: Modules of Odoo's that make, change or confirm purchase orders and may be installed beside us.
SIBLINGS = (
    "base_automation",
    "mrp_subcontracting_purchase",
    "project_purchase",
    "purchase_edi_ubl_bis3",
    "purchase_mrp",
    "purchase_product_matrix",
    "purchase_repair",
    "purchase_requisition",
    "purchase_requisition_stock",
    "purchase_stock",
    "sale_purchase",
    "sale_purchase_stock",
    "stock_dropshipping",
)
TOGETHER = Base("siblings", (*SIBLINGS, "rpc"), demo=False)


@dataclass(frozen=True)
class Job:
    """One installation of addons on a copy of a base database, and the tests that run on it."""

    name: str
    base: Base
    addons: tuple[str, ...] = (MODULE,)
    tags: str = f"/{MODULE}"


#: The glue for Inventory; Odoo installs it by itself where there is purchase_stock.
BRIDGE = f"{MODULE}_stock"

# The first proves that the addon needs neither Inventory nor demo data, the second that it holds
# receipts back where there is Inventory, and that its own demo data loads. The
# third asks the doors that sibling modules add, and the main doors again with all of them there.
# Races are committed for good, so they have a database of their own.
JOBS = (
    Job("purchase", PURCHASE, tags=f"/{MODULE},-rps_inventory,-rps_sibling"),
    Job("everything", EVERYTHING, tags=f"/{MODULE},/{BRIDGE},-rps_sibling"),
    Job("siblings", TOGETHER, tags="rps_sibling,rps_doors"),
    Job("races", PURCHASE, tags="rps_races"),
)
# `make siblings`: each of them alone beside the addon, as some customer has it.
ALONE = tuple(
    Job(f"with-{name}", PURCHASE, (MODULE, name), f"rps_with_{name},rps_doors") for name in SIBLINGS
)
DEMO = Job("demo", EVERYTHING)
