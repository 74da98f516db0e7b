# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib.util

from odoo.modules.module import get_manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.parse_version import parse_version

from .common import ScreeningMixin

MODULE = "restricted_party_screening"
VERSION = "19.0.1.1.0"


@tagged("post_install", "-at_install")
class TestUpgrade(ScreeningMixin, TransactionCase):
    """What an older database needs is done when the addon is upgraded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def upgrade(self, script):
        """Run a migration script as Odoo does."""
        path = file_path(f"{MODULE}/migrations/{VERSION}/{script}.py")
        spec = importlib.util.spec_from_file_location("migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_hits_get_their_cases(self):
        """A database from before there were cases has them before anybody is screened again."""
        names = ("state", "level", "score", "effect", "hit_count", "risk")
        case = self.env["screening.case"].search([("partner_id", "=", self.held_vendor.id)])
        [before] = case.read(names, load=None)
        self.env.cr.execute("DELETE FROM screening_case")
        self.env.invalidate_all()
        self.upgrade("post-make_cases")
        case = self.env["screening.case"].search([("partner_id", "=", self.held_vendor.id)])
        [after] = case.read(names, load=None)
        self.assertEqual({**after, "id": 0}, {**before, "id": 0})

    def test_lists_of_the_bis_keep_for_five_years(self):
        """Where nobody set the period. A chosen one stays, even if it is the general one."""
        ref = "restricted_party_screening.screening_list_%s"
        entity, denied, military, unverified, blocked = (
            self.env.ref(ref % code) for code in ("el", "dpl", "meu", "uvl", "sdn")
        )
        lists = entity | denied | military | unverified | blocked
        self.assertEqual(lists.mapped("retention_years"), [5, 5, 5, 5, 10], "a new database")
        military.with_user(self.manager).retention_years = 7
        unverified.with_user(self.manager).retention_years = 10
        self.env.flush_all()
        self.env.cr.execute("UPDATE screening_list SET retention_years = 10 WHERE code != 'MEU'")
        self.env.invalidate_all()
        events = self.env["screening.event"]
        before = events.search_count([("kind", "=", "policy")])
        self.upgrade("post-retention_years")
        self.assertEqual(lists.mapped("retention_years"), [5, 5, 7, 10, 10])
        said = events.search([("kind", "=", "policy")], limit=2)
        self.assertEqual(set(said.mapped("res_ref")), {entity.id, denied.id})
        self.assertEqual(events.search_count([("kind", "=", "policy")]), before + 2)

    def test_scripts_are_run(self):
        """Odoo runs scripts up to the manifest's version."""
        version = get_manifest(MODULE)["version"]
        self.assertGreaterEqual(parse_version(version), parse_version(VERSION))
