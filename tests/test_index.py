# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from ..engine import Facts, MemoryStore, Name, index_sql, index_version
from ..engine.prepare import prepare
from ..models.screening_facts import facts_from_json
from ..models.screening_store import OdooStore
from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestIndex(ScreeningMixin, TransactionCase):
    """What is looked up is what is in force, through updates, roll-backs and new code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def rows(self, query, *values):
        return self.env.execute_query(SQL(query, *values))

    def postings(self, update_id=0):
        return self.rows(
            "SELECT bucket, unnest(postings) FROM screening_index WHERE update_id = %s"
            " ORDER BY 1, 2",
            update_id,
        )

    def check_index(self):
        """Compare with an index made of what is in force, from nothing."""
        kept = self.postings()
        with self.env.cr.savepoint(flush=False) as savepoint:
            self.env.cr.execute(index_sql.EMPTY)
            self.env.cr.execute(index_sql.PACK_ALL, {"place": 0})
            made = self.postings()
            savepoint.rollback()
        self.assertEqual(kept, made)
        self.assertTrue(kept)
        unsorted = self.rows(
            "SELECT bucket FROM screening_index WHERE postings = '{}'"
            " OR postings <> ARRAY(SELECT unnest(postings) ORDER BY 1)"
        )
        self.assertFalse(unsorted)

    def found(self, name):
        return [
            hit["listed_name"] for hit in self.env["screening.party"].screen([{"name": name}])[0]
        ]

    def test_follows_what_is_in_force(self):
        self.check_index()
        rows = [
            ("EL", "Newly Listed Gadgetry", {}),
            ("EL", "Dahua Technology", {"addresses": "Elsewhere, CN"}),
        ]
        update = self.import_list(csl_file(rows), apply=False)
        self.check_index()
        self.assertTrue(self.postings(update.id))
        self.assertFalse(self.found("Newly Listed Gadgetry"))
        self.apply_update(update)
        self.check_index()
        self.assertFalse(self.postings(update.id))
        self.assertTrue(self.found("Newly Listed Gadgetry"))
        self.assertFalse(self.found("Hikvision"))
        update.action_roll_back("a mistake")
        self.check_index()
        self.assertFalse(self.found("Newly Listed Gadgetry"))
        self.assertTrue(self.found("Hikvision"))

    def test_daughters_crowd_nobody_out(self):
        """Entries that share the name of the group are looked at, however many they are."""
        rows = [("EL", f"Quorbina Works {number}", {}) for number in range(120)]
        self.import_list(csl_file([*rows, ("SDN", "Quorbina", {})]))
        facts = Facts((Name("Quorbina"),), "organisation")
        self.assertEqual(len(OdooStore(self.env).candidates([prepare(facts)], 50)[0]), 121)
        self.assertEqual(self.found("Quorbina")[0], "Quorbina")

    def test_as_in_memory(self):
        """What is measured in memory is what is looked at in the database, and no more."""
        rows = [("EL", f"Quorbina Works {number}", {}) for number in range(60)]
        rows += [("EL", f"{word} Optics Trading", {}) for word in ("Amber", "Birch", "Cobalt")]
        self.import_list(self.entity_list + csl_file(rows).split(b"\n", 1)[1])
        parties = self.env["screening.party"].search([("in_force", "=", True)], order="id")
        in_memory = MemoryStore({party.id: facts_from_json(party.facts) for party in parties})
        names = (
            *("Quorbina", "Quorbina Works", "Xinjiang Amber Optics Works", "Hikvision"),
            "Quorbina Amberwick Birchfold Cobaltine Fjordheim Glacierson Harborlund Ivoryne",
            "No such thing",
        )
        queries = [prepare(Facts((Name(name),), "organisation")) for name in names]
        for limit in (1, 2, 7, 50):
            given = [
                [[(row.party_id, row.text, row.weight) for row in rows] for rows in found]
                for found in (
                    in_memory.candidates(queries, limit),
                    OdooStore(self.env).candidates(queries, limit),
                )
            ]
            self.assertEqual(*given)
            counts = set(map(len, given[0]))
            self.assertIn(limit, counts, "some are cut off")
            self.assertGreater(max(counts), limit, "some are not")

    def test_what_waits_and_goes_leaves_nothing(self):
        rows = [("EL", "Newly Listed Gadgetry", {})]
        update = self.import_list(csl_file(rows), apply=False)
        staged = self.postings(update.id)
        self.assertTrue(staged)
        update._forget_reading()
        self.assertFalse(self.postings(update.id))
        update._sealed().write({"state": "draft"})
        update.action_read()
        self.assertEqual(len(self.postings(update.id)), len(staged))
        number = update.id
        update.unlink()
        self.assertFalse(self.postings(number))
        self.check_index()

    def make_former_layout(self):
        """As another version left the database: other forms, no keys, other tables."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE screening_party_entry SET form = 'old', keys = NULL")
        self.env.cr.execute(index_sql.EMPTY)
        self.env.cr.execute("UPDATE screening_index_version SET version = 'old'")
        self.env.cr.execute("CREATE TABLE screening_entry_key (key int4, entry_id int4)")
        self.env.invalidate_all()

    def test_names_are_indexed_anew_for_new_code(self):
        update = self.import_list(csl_file([("EL", "Newly Listed Gadgetry", {})]), apply=False)
        entries = (
            "SELECT party_id, kind, text, form, keys FROM screening_party_entry ORDER BY 1,2,3,4"
        )
        before, postings, staged = self.rows(entries), self.postings(), self.postings(update.id)
        self.make_former_layout()
        self.env["screening.index"]._create_tables()
        self.assertEqual(self.rows(entries), before)
        self.assertEqual(len(self.postings()), len(postings))
        self.assertEqual(len(self.postings(update.id)), len(staged))
        self.check_index()
        self.assertEqual(
            self.rows("SELECT version FROM screening_index_version"), [(index_version(),)]
        )
        self.assertEqual(self.rows("SELECT to_regclass('screening_entry_key')"), [(None,)])
        self.env.invalidate_all()
        self.assertTrue(self.found("Hikvision"))
        outdated = self.env["screening.subject"].search(
            self.env["screening.subject"]._domain_outdated()
        )
        self.assertIn(self.held_vendor, outdated.partner_id)
        self.env["screening.subject"]._advance_unconcerned(0)
        self.assertIn(self.held_vendor, outdated.filtered(lambda s: s.stamp == 0).partner_id)
        self.assertEqual(self.held_vendor.screening_state, "review")

    def test_nothing_is_done_for_the_same_code(self):
        numbers = "SELECT id FROM screening_party_entry ORDER BY 1"
        before = self.rows(numbers)
        self.env["screening.index"]._create_tables()
        self.assertEqual(self.rows(numbers), before)

    def test_other_code_gets_no_answer(self):
        """Not even that nobody was found: the contact is not screened, so its orders are held."""
        self.env.cr.execute("UPDATE screening_index_version SET version = 'other'")
        with self.assertRaises(UserError):
            self.found("Hikvision")
        subjects = self.env["screening.subject"]
        with mute_logger(
            "odoo.addons.restricted_party_screening.models.screening_subject_background"
        ):
            _changed, failed = subjects._screen_each_safely(self.clean_vendor)
        self.assertEqual(failed, self.clean_vendor)
        self.assertEqual(self.clean_vendor.screening_state, "not_screened")
