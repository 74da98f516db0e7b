import re

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

from .. import lists
from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestListUpdateFeeds(ScreeningMixin, TransactionCase):
    """The same list from CSV and then from XML: said in the preview, and decisions stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def data(self, name):
        with file_open(f"restricted_party_screening/tests/data/lists/{name}", "rb") as stream:
            return stream.read()

    def csv_set(self):
        """Party 101 as OFAC's CSV files say it."""
        rows = {
            name: [line for line in self.data(name).splitlines(True) if line.startswith(b"101,")]
            for name in ("sdn.csv", "add.csv", "alt.csv")
        }
        rows["alt.csv"] = [line for line in rows["alt.csv"] if b'"fka"' in line]
        return lists.pack([(name, b"".join(found)) for name, found in rows.items()])

    def xml(self):
        """Party 101 as OFAC's XML says it."""
        text = self.data("sdn.xml").decode()
        text = text.replace("<Record_Count>2<", "<Record_Count>1<")
        second = r"<sdnEntry>\s*<uid>102</uid>.*?</sdnEntry>"
        return re.sub(second, "", text, flags=re.S).encode()

    def test_from_csv_to_xml_and_back(self):
        self.import_list(self.csv_set(), "sdn.zip")
        vendor = self.create_vendor("Fictitious Holding Co.", "CU")
        hit = vendor.screening_hit_ids
        self.assertEqual(hit.list_id.code, "SDN")
        hit.with_user(self.compliance).action_set_not_same("another firm")
        for data, format_code, before in (
            (self.xml(), "ofac_sdn_xml", "OFAC CSV files"),
            (self.csv_set(), "ofac_csv", "OFAC SDN.XML"),
        ):
            update = self.import_list(data, apply=False)
            self.assertEqual((update.format, update.line_ids.removed), (format_code, 0))
            self.assertIn(f"came from another feed before: {before}", update.notes)
            self.assertNotIn("3_reopen", update.effect_ids.mapped("kind"))
            self.apply_update(update)
            self.screen_waiting()
            self.assertEqual(hit.state, "not_same", "it is not asked again")

    def test_other_facts_are_asked_again(self):
        """Equal feeds are not asked for: equal facts are."""
        self.import_list(self.csv_set(), "sdn.zip")
        hit = self.create_vendor("Fictitious Holding Co.", "CU").screening_hit_ids
        hit.with_user(self.compliance).action_set_not_same("another firm")
        other = self.xml().replace(b"1 Invented Road", b"9 Other Avenue")
        update = self.import_list(other, apply=False)
        self.assertIn("3_reopen", update.effect_ids.mapped("kind"))
