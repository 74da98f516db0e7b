import json
import logging

from odoo.tests import HttpCase, tagged

from .common import ScreeningMixin
from .keyboard import KeyboardMixin

_logger = logging.getLogger(__name__)

REASON = "other firm"
TITLE = "document.querySelector('.o_form_view h2 [name=partner_id]')?.innerText"
NO_DIALOG = "!document.querySelector('.modal')"
LISTED = (
    "Zhejiang Dahua Technology",
    "SenseTime",
    "Yitu Technologies",
    "Megvii Technology",
    "Xiamen Meiya Pico Information",
    "Yixin Science and Technology",
    "IFLYTEK",
    "Urumqi Municipal Public Security Bureau",
    "Kashgar Prefecture Public Security Bureau",
)


@tagged("post_install", "-at_install")
class TestKeyboard(KeyboardMixin, ScreeningMixin, HttpCase):
    """Ten hits in a row without a mouse, in a real browser with real keys."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("supplier_rank", ">", 0)]).name = "Vendor of the demo"
        cls.set_up_screening()
        cls.cases = cls.env["screening.case"]
        for case in cls.cases.search(cls.cases._domain_waiting()):
            if case.partner_id != cls.held_vendor:
                case.hit_ids.with_user(cls.compliance).action_set_not_same("out of the way")
        for name in LISTED:
            cls.create_vendor(name, "CN")

    def test_ten_in_a_row(self):
        """From the open queue to the tenth decision: no click, and how many keys."""
        waiting = self.cases.search(self.cases._domain_waiting())
        self.assertEqual(len(waiting), 10)
        decided = []

        def work(keys):
            keys.wait_for("document.querySelectorAll('.o_data_row').length == 10")
            keys.press("Alt+G")
            shown = None
            for _turn in range(10):
                keys.wait_for(f"{TITLE} && {TITLE} != {json.dumps(shown)} && {NO_DIALOG}")
                shown = keys.ask(TITLE)
                keys.press("Alt+D")
                keys.wait_for("document.activeElement?.closest('.modal [name=reason]')")
                keys.type(REASON)
                keys.press("Alt+Q")
                decided.append(shown)
            keys.wait_for("document.querySelector('.o_view_nocontent_smiling_face')")
            self.assertEqual((keys.shortcuts, keys.letters), (21, 10 * len(REASON)))
            _logger.info(
                "ten decisions from the queue: 0 clicks, %s shortcuts, %s letters of reasons",
                keys.shortcuts,
                keys.letters,
            )

        self.with_keyboard("/odoo/screening-cases", "rps_compliance", work)
        self.env.invalidate_all()
        self.assertEqual(len(set(decided)), 10)
        self.assertEqual(set(waiting.mapped("state")), {"not_same"})
        self.assertEqual(set(waiting.hit_id.mapped("reason")), {REASON})
        self.assertFalse(self.cases.search(self.cases._domain_waiting()))
