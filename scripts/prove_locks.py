# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes the locks out, one by one, and shows that the tests of races notice.

Run by ``make prove-locks``, as prove_gate.py does with the gate.
"""

import sys

from gate_pieces import Piece
from prove_gate import prove
from rps.commands import guarded
from rps.paths import MODULE

CLASSES = ("TestRaces", "TestRacesMeeting", "TestRacesOfRows")
TAGS = ",".join(f"rps_races/{MODULE}:{name}" for name in CLASSES)
LOCKS = (
    Piece(
        "that an approval holds its parties still",
        "models/purchase_order_refresh.py",
        "            subjects._hold_still(self._screening_partners())\n",
        "            pass\n",
    ),
    Piece(
        "that an order which nobody sees yet is met at its parties",
        "models/purchase_order_refresh.py",
        "            subjects._meet(self._screening_partners())\n",
        "            subjects._hold_still(self._screening_partners())\n",
    ),
    Piece(
        "that a bill holds its parties still",
        "models/screening_flight.py",
        '            self.env["screening.subject"].sudo()._hold_still(partners)\n',
        "",
    ),
    Piece(
        "that who finds a hit looks once more for orders it could not see",
        "models/purchase_order_refresh.py",
        '            self.env["screening.subject"]._look_again_at(partners)\n',
        "",
    ),
    Piece(
        "that who moves a contact looks once more",
        "models/res_partner.py",
        '                self.env["screening.subject"]._look_again_at(self, any_state=True)\n',
        "",
    ),
    Piece(
        "that a decision is met at the contact",
        "models/screening_hit_decision.py",
        '        self.env["screening.subject"].sudo()._meet(self.sudo().partner_id)\n'
        "        until = ",
        "        until = ",
    ),
    Piece(
        "that a decision taken back is met at the contact",
        "models/screening_hit_decision.py",
        '        self.env["screening.subject"].sudo()._meet(self.sudo().partner_id)\n'
        "        decided = self.filtered",
        "        decided = self.filtered",
    ),
    Piece(
        "that a contact which gets another parent is met",
        "models/res_partner.py",
        '            self.env["screening.subject"].sudo()._meet(self)\n',
        "",
    ),
    Piece(
        "that updates lock all lists",
        "models/screening_list_update_applying.py",
        "SELECT id FROM screening_list ORDER BY id FOR UPDATE",
        "SELECT id FROM screening_list ORDER BY id",
    ),
    Piece(
        "that one sealer locks the head of the trail",
        "models/screening_event.py",
        "        head = try_lock_rows(self._get_head())\n",
        "        head = self._get_head()\n",
    ),
)


def main(_arguments: list[str]) -> int:
    """Take the locks out."""
    return prove(LOCKS, "races", TAGS)


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
