# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    purchase_order,
    screening_list,
    screening_policy,
    stock_move,
    stock_move_line,
    stock_picking,
)
