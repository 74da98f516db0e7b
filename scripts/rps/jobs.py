# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is tested and shown: which modules lie under the addon, and which tests run on top."""

from dataclasses import dataclass

from .bases import Base
from .paths import MODULE

PURCHASE = Base("purchase", ("purchase", "rpc"), demo=False)
EVERYTHING = Base("everything", ("purchase_stock", "purchase_requisition", "rpc"), demo=True)


@dataclass(frozen=True)
class Job:
    """One installation of addons on a copy of a base database, and the tests that run on it."""

    name: str
    base: Base
    addons: tuple[str, ...] = (MODULE,)
    tags: str = f"/{MODULE}"


# The first proves that the addon needs neither Inventory nor demo data, the second that it holds
# receipts back where there is Inventory, and that its own demo data loads.
# Races are committed for good, so they have a database of their own.
JOBS = (
    Job("purchase", PURCHASE, tags=f"/{MODULE},-rps_inventory"),
    Job("everything", EVERYTHING),
    Job("races", PURCHASE, tags="rps_races"),
)
DEMO = Job("demo", EVERYTHING)
