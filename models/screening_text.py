# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup


def text_to_html(text):
    """Return HTML that shows exactly the text: names and reasons come from files and people."""
    return Markup("<br/>").join((text or "").splitlines())
