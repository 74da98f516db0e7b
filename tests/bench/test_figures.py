"""The figures of the benchmark, on scores small enough to check by hand."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import figures  # noqa: E402 - the benchmark is no package
from cases import Negative, Positive  # noqa: E402
from parties import Listed  # noqa: E402
from task import Answer, Task  # noqa: E402

from engine import Facts, Name  # noqa: E402


def positive(category, split):
    return Positive(f"{category}{split}", category, "q", "", "EL", "n", "by hand", split)


class TestFigures(unittest.TestCase):
    def test_threshold_never_gives_more_alarms_than_asked_for(self):
        # 1,000 vendors of which 20 share one score: taking them all would be 25 alarms.
        answer = Answer("x", [90.0] * 5 + [80.0] * 20 + [0.0] * 975, steps={"own": 80})
        ten, three, own = figures.points(answer)
        self.assertEqual((ten.limit, ten.alarms), (80.0, 5.0))
        self.assertEqual((three.limit, three.alarms), (90.0, 0.0))
        self.assertEqual(own.alarms, 25.0, "a step counts from its own score on")

    def test_recall_by_group_and_split(self):
        cases = [positive("A", "dev"), positive("A", "dev"), positive("A", "held")]
        task = Task([], [], [], cases, [[], [], []], [])
        answer = Answer("x", positives=[70.0, 80.0, 90.0])
        found = figures.recalls(task, ["A", "A", "A"], answer, 70.0)
        self.assertEqual(found, {("A", "dev"): 0.5, ("A", "held"): 1.0})

    def test_native_script_counts_as_carried_only_in_that_script(self):
        listed = [Listed("EL", "Iks", Facts((Name("Iks"), Name("\u4efd\u5a01", "house"))))]
        queries = ("\u4e1c\u4efd", "\u0418\u043a\u0441")  # Han, then Cyrillic of nearby codes
        cases = [
            Positive(query, "native", query, "", "EL", "Iks", "by hand", "dev") for query in queries
        ]
        task = Task(listed, [], [], cases, [[0], [0]], [])
        groups = [figures.group_of(task, place) for place in (0, 1)]
        self.assertEqual(groups, ["native-known", "native-other"])

    def test_namesakes_hit(self):
        near = [Negative(str(place), "q", "", "n", "w", "dev") for place in range(4)]
        task = Task([], [], near, [], [], [])
        answer = Answer("x", negatives=[10.0, 71.0, 70.0, 99.0])
        self.assertEqual(figures.hit_share(task, answer, 70.0, "dev"), 0.5)

    def test_calibration_counts_each_score_in_one_band(self):
        near = [Negative(str(place), "q", "", "n", "w", "dev") for place in range(2)]
        cases = [positive("A", "dev"), positive("A", "dev"), positive("A", "held")]
        task = Task([], [], near, cases, [[], [], []], [])
        answer = Answer("x", [70.0, 0.0], [90.0, 0.0], [90.0, 89.0, 90.0])
        rows = figures.calibration(task, answer, [90.0, 70.0], "dev")
        self.assertEqual(rows, [(90.0, 1, 1, 0), (70.0, 1, 0, 1)])

    def test_f1_of_one_kind_only(self):
        pairs = [
            (True, "a", "b", True),
            (True, "a", "b", True),
            (True, "a", "b", False),
            (False, "a", "b", False),
        ]
        task = Task([], [], [], [], [], pairs)
        answer = Answer("x", pairs=[90.0, 10.0, 90.0, 90.0])
        self.assertEqual(figures.f1(task, answer, 50.0, True), 0.5)
        self.assertEqual(figures.f1(task, answer, 50.0, False), 0.0)
        self.assertEqual(figures.best_f1(task, answer, True), 0.8)


if __name__ == "__main__":
    unittest.main()
