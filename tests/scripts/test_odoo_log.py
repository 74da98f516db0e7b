# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's log is the only witness of skipped tours, unloaded demo data and our own warnings."""

import unittest

from rps.odoo_log import complaints, failures, read, tests

INFO = "2026-11-23 08:53:21,453 12156 INFO test {}: {}"


def line(level: str, logger: str, text: str) -> str:
    return INFO.replace("INFO", level).format(logger, text)


OUR_TESTS = "odoo.addons.restricted_party_screening.tests.test_gate"
FAILURE = line("ERROR", OUR_TESTS, "FAIL: TestGate.test_write\nTraceback ...\nAssertionError: 1")
END = line("INFO", "odoo.tests.result", "{} when loading database 'test' ")


class ReadTest(unittest.TestCase):
    def test_a_traceback_belongs_to_the_line_before_it(self):
        records = read([*FAILURE.split("\n"), line("INFO", "odoo", "next")])
        self.assertEqual([record.level for record in records], ["ERROR", "INFO"])
        self.assertIn("AssertionError: 1", records[0].text)

    def test_output_before_the_log_is_kept(self):
        self.assertEqual(read(["Running as user 'root'"])[0].text, "Running as user 'root'")


class VerdictTest(unittest.TestCase):
    def test_counts(self):
        run = tests(
            read(
                [
                    line("INFO", OUR_TESTS, "Starting TestGate.test_write ..."),
                    *FAILURE.split("\n"),
                    line("INFO", OUR_TESTS, "skipped TestTour.test_hold : Chrome not found"),
                    END.format("1 failed, 0 error(s) of 5 tests"),
                ]
            )
        )
        self.assertEqual((run.ran, run.passed), (5, 3))
        self.assertEqual(run.failed, {"TestGate.test_write": "FAIL: TestGate.test_write"})
        self.assertEqual(run.skipped, {"TestTour.test_hold": "Chrome not found"})

    def test_failed_subtests_are_one_failed_test(self):
        run = tests(
            read(
                [
                    line("ERROR", OUR_TESTS, "FAIL: Subtest TestGate.test_all (user='buyer')"),
                    line("ERROR", OUR_TESTS, "FAIL: Subtest TestGate.test_all (user='manager')"),
                    END.format("2 failed, 0 error(s) of 3 tests"),
                ]
            )
        )
        self.assertEqual((run.passed, len(run.failed)), (2, 1))

    def test_a_class_that_cannot_be_set_up_takes_none_of_the_tests_that_ran(self):
        run = tests(
            read(
                [
                    line("ERROR", OUR_TESTS, "ERROR: setUpClass (odoo.addons.x.tests.test_a.A)"),
                    line("ERROR", OUR_TESTS, "ERROR: setUpClass (odoo.addons.x.tests.test_a.B)"),
                    END.format("0 failed, 2 error(s) of 3 tests"),
                ]
            )
        )
        self.assertEqual((run.passed, len(run.failed)), (3, 2))

    def test_a_log_that_breaks_off_has_no_count(self):
        self.assertIsNone(tests(read([line("INFO", OUR_TESTS, "Starting x ...")])).ran)


class FailuresTest(unittest.TestCase):
    def test_reasons_come_with_their_tracebacks(self):
        broken = line("CRITICAL", "odoo.modules.module", "Couldn't load module x\nImportError: y")
        warning = line("WARNING", OUR_TESTS, "odd")
        lines = [*FAILURE.split("\n"), warning, *broken.split("\n")]
        self.assertEqual(
            [record.text.split("\n")[-1] for record in failures(read(lines))],
            ["AssertionError: 1", "ImportError: y"],
        )


class ComplaintsTest(unittest.TestCase):
    def complaints(self, *lines: str, without_us: tuple[str, ...] = ()) -> list[str]:
        records = read("\n".join(lines).split("\n"))
        return [record.text for record in complaints(records, read(without_us))]

    def test_named_by_logger_message_or_traceback(self):
        ours = [
            line("WARNING", "odoo.addons.restricted_party_screening.models.hit", "odd"),
            line(
                "WARNING", "odoo.modules.loading", "Module restricted_party_screening demo failed"
            ),
            line("ERROR", "odoo.http", "boom\n  File '/a/restricted_party_screening/models/x.py'"),
            line("WARNING", "odoo.http", "Traceback:\n File '/a/restricted_party_screening/b.py'"),
        ]
        self.assertEqual(len(self.complaints(*ours)), 4)

    def test_others_warnings_are_theirs(self):
        self.assertEqual(
            self.complaints(
                line("WARNING", "odoo.service.db", "Unable to create PostgreSQL extensions"),
                line("INFO", "odoo.addons.restricted_party_screening", "all is well"),
            ),
            [],
        )

    def test_failed_tests_are_not_counted_twice(self):
        tally = "Module restricted_party_screening: 1 failures, 0 errors of 9 tests"
        self.assertEqual(self.complaints(FAILURE, line("ERROR", "odoo.modules.loading", tally)), [])

    def test_what_loading_says_only_with_us_is_ours_though_it_names_nobody(self):
        said = line("WARNING", "odoo.orm.model_classes", "attribute '_sql_constraints' ignored")
        self.assertEqual(len(self.complaints(said)), 1)
        self.assertEqual(self.complaints(said, without_us=(said,)), [])

    def test_a_refusal_told_to_a_caller_is_no_complaint(self):
        told = "“P1” is held. Ask the group restricted_party_screening.group_compliance"
        self.assertEqual(self.complaints(line("WARNING", "odoo.http", told)), [])

    def test_the_same_complaint_counts_once(self):
        said = [
            line("WARNING", "odoo.addons.restricted_party_screening.models.hit", f"odd {number}")
            for number in (1, 2)
        ]
        self.assertEqual(len(self.complaints(*said)), 1)

    def test_numbers_do_not_make_a_warning_new(self):
        before = line("WARNING", "odoo.registry", "slow: 12.5 s")
        now = line("WARNING", "odoo.registry", "slow: 11 s")
        self.assertEqual(self.complaints(now, without_us=(before,)), [])

    def test_a_state_folder_named_like_the_addon_is_not_the_addon(self):
        where = "/cache/checkouts/restricted_party_screening-1a2b3c4d/odoo"
        self.assertEqual(self.complaints(line("WARNING", "odoo.tools", f"cannot read {where}")), [])


if __name__ == "__main__":
    unittest.main()
