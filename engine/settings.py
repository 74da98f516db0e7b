# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Thresholds in one place."""

from __future__ import annotations

#: Grows when the same facts and lists may give another result.
MATCHER_VERSION = "6"

#: Score from which a match counts, by sensitivity step.
SENSITIVITIES = {"strict": 75, "standard": 68, "broad": 55}

#: Step at which hits are stored; a stricter one is a filter on reading.
MOST_SENSITIVE = min(SENSITIVITIES, key=lambda step: SENSITIVITIES[step])

#: Alarms per 1,000 clean vendors at each step: against the Entity List and the SDN organisations,
#: and against all lists together. Source: docs/benchmarks.md.
ALARMS_PER_1000 = {"strict": (0.5, 1.1), "standard": (1.8, 3.1), "broad": (7.3, 13.7)}

#: Score from which a match is strong; below it is possible.
LEVELS = {"strong": 90}

#: Entries looked at for one subject, those that share most of what its keys weigh.
CANDIDATES = 50
#: Who shares one part in so many of it is looked at beyond, up to so many times as many: a hundred
#: daughters of a group must not crowd out the parent, nor a common word the one that is meant.
SHARE, WIDER = 6, 8
