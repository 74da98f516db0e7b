import unittest
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin

# The addon may be linked into the addons folder; the list files lie beside the checkout.
WHOLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "csl" / "csl_2022-04_whole.csv"
ROWS = 14160
HELD = (
    ("HIKVISION EUROPE B.V.", "NL"),
    ("Zhejiang Dahua Technology Co., Ltd.", "CN"),
    ("SENSETIME GROUP LTD", "HK"),
    ("Huawei Device USA Inc", "US"),
    ("Huawei Technologies Co Ltd", "CN"),
    ("Rosoboronexport OAO", "RU"),
)
NOT_HELD = (
    ("Acme Office Supplies GmbH", "DE"),
    ("Delta Electronics Inc", "TW"),
    ("Bosch Rexroth AG", "DE"),
    ("Shanghai Textile Machinery Co., Ltd.", "CN"),
)


@tagged("post_install", "-at_install")
@unittest.skipUnless(WHOLE.is_file(), "no ../shared/data here")
class TestWholeList(ScreeningMixin, TransactionCase):
    """The whole Consolidated Screening List of April 2022, and orders to vendors of note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.update = cls.import_list(WHOLE.read_bytes(), WHOLE.name)

    def test_every_row_is_in_or_named(self):
        update = self.update
        self.assertEqual(update.rows + update.problem_count + update.merged_count, ROWS)
        self.assertEqual(len(update.problem_ids), update.problem_count + update.merged_count)
        self.assertEqual(update.problem_count, 0)
        for problem in update.problem_ids:
            self.assertTrue(problem.row and problem.reason)

    def test_orders(self):
        for names, state in ((HELD, "to approve"), (NOT_HELD, "purchase")):
            for name, country in names:
                with self.subTest(name):
                    order = self.create_order(self.create_vendor(name, country))
                    order.button_confirm()
                    self.assertEqual(order.state, state, order.screening_message)
                    self.assertEqual(order.screening_state == "held", state == "to approve")
