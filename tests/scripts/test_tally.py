# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run that proves nothing must not look green."""

import unittest

from rps.odoo_log import Record
from rps.tally import Tally, judge

DEMO = Record("INFO", "odoo.modules.loading", "Module restricted_party_screening: loading demo")


def end(failed: int, ran: int) -> Record:
    text = f"{failed} failed, 0 error(s) of {ran} tests when loading database 'test'"
    return Record("INFO", "odoo.tests.result", text)


class JudgeTest(unittest.TestCase):
    def judge(self, *records: Record, code: int = 0, with_demo: bool = False) -> Tally:
        return judge(code, list(records), [], with_demo)

    def test_a_good_run(self):
        self.assertEqual(self.judge(end(0, 7)).line(), "7 passed, 0 failed, 0 skipped")

    def test_no_test_ran(self):
        self.assertEqual(self.judge(end(0, 0)).failed, 1)

    def test_the_run_broke_off(self):
        self.assertEqual(self.judge(code=1).failed, 1)

    def test_exit_code_alone_is_a_failure(self):
        self.assertEqual(self.judge(end(0, 7), code=3).failed, 1)

    def test_a_failed_test_is_counted_once(self):
        failure = Record("ERROR", "odoo.addons.restricted_party_screening.tests", "FAIL: T.test_a")
        tally = self.judge(failure, end(1, 7), code=1)
        self.assertEqual(tally.line(), "6 passed, 1 failed, 0 skipped")

    def test_a_skipped_tour_is_a_failure(self):
        skipped = Record(
            "INFO", "tests", "skipped TestTour.test_hold : Chrome executable not found"
        )
        self.assertEqual(self.judge(skipped, end(0, 2)).line(), "1 passed, 1 failed, 0 skipped")

    def test_absent_published_lists_excuse_a_skip(self):
        skipped = Record("INFO", "tests", "skipped TestCsl.test_whole : no ../shared/data here")
        self.assertEqual(self.judge(skipped, end(0, 2)).line(), "1 passed, 0 failed, 1 skipped")

    def test_our_warning_is_a_failure_and_is_shown(self):
        warning = Record("WARNING", "odoo.addons.restricted_party_screening.models.hit", "odd")
        tally = self.judge(warning, end(0, 7))
        self.assertEqual(tally.line(), "7 passed, 1 failed, 0 skipped")
        self.assertIn("odd", tally.remarks[0])

    def test_demo_data_must_have_been_loaded(self):
        self.assertEqual(self.judge(end(0, 7), with_demo=True).failed, 1)
        self.assertEqual(self.judge(DEMO, end(0, 7), with_demo=True).failed, 0)


class SumTest(unittest.TestCase):
    def test_sum_keeps_counts_and_remarks(self):
        total, one = Tally(passed=1), Tally(passed=2)
        one.fail("x")
        total.add(one)
        self.assertEqual(total.line(), "3 passed, 1 failed, 0 skipped")
        self.assertEqual(total.remarks, ["FAILED  x"])


if __name__ == "__main__":
    unittest.main()
