# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every way to an approved order, or to one that is carried out, as users try them."""
