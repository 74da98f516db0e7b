# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The program with which Odoo makes PDFs: a demo without it works, but sends no RFQ.

Tests run without it too: what is said then is tested instead of the PDF.
"""

import shutil

from . import apt
from .say import Stop, say

PROGRAM = "wkhtmltopdf"


def offer() -> None:
    """Install the program where we may; say what is missing without it where we may not."""
    if shutil.which(PROGRAM):
        return
    reason = f"install {PROGRAM}"
    if apt.may_install():
        try:
            apt.install(PROGRAM, PROGRAM)
            return
        except Stop as stop:
            reason = str(stop)
    say(f"  Without {PROGRAM} Odoo makes no PDF, so “Send RFQ” does not open: {reason}.")
