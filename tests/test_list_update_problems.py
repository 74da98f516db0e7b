import csv
import io

from odoo.tests import HttpCase, tagged

from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestListUpdateProblems(ScreeningMixin, HttpCase):
    """Records that cannot be read are named, and can be taken away as a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def test_download(self):
        rows = [
            ("EL", "", {"addresses": '=HYPERLINK("http://127.0.0.1/x", "click")'}),
            ("EL", "Good Party", {}),
            ("EL", "Good Party", {}),
        ]
        data = csl_file(rows) + b'=1+1,"x"\n' + self.entity_list.split(b"\n", 1)[1]
        update = self.import_list(data, "list of today.csv", apply=False)
        self.assertEqual((update.problem_count, update.merged_count), (2, 1))
        self.authenticate(self.list_admin.login, self.list_admin.login)
        action = update.action_download_problems()
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("list of today_not_taken.csv", answer.headers["Content-Disposition"])
        self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
        table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        self.assertEqual(table[0], ["Row", "Kind", "Reason", "Text"])
        self.assertEqual([row[0] for row in table[1:]], ["2", "4", "5"])
        for row in table[1:]:
            self.assertTrue(row[2], "each says why")
            for cell in row:
                self.assertFalse(cell.startswith(("=", "+", "-", "@")), cell)

    def test_who_may(self):
        update = self.import_list(csl_file([("EL", "", {}), ("EL", "Good", {})]), apply=False)
        url = update.action_download_problems()["url"]
        self.authenticate(self.buyer.login, self.buyer.login)
        self.assertNotEqual(self.url_open(url).status_code, 200)

    def test_none(self):
        update = self.import_list(self.entity_list, apply=False)
        self.assertFalse(update.problem_file)
