# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words that weigh next to nothing."""

from __future__ import annotations

_PARTICLES_TEXT = """
    and of the for a an in at by to de la le les et y und der die das do da di del dos das van von
    al el ul bin im ve und i named after
    """
PARTICLES = frozenset(_PARTICLES_TEXT.split())

#: Kinds of places: one says "Kashi", the other "Kashi Prefecture".
_ADMINISTRATIVE_TEXT = """
    city town province provincial prefecture county region regional district municipal municipality
    autonomous oblast krai rayon
    """
ADMINISTRATIVE = frozenset(_ADMINISTRATIVE_TEXT.split())
