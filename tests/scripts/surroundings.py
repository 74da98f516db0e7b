# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A cache folder and an environment for one test."""

import os
import tempfile
import unittest
from pathlib import Path


class Surroundings(unittest.TestCase):
    """Each test gets a cache of its own, and the environment back as it was."""

    def setUp(self):
        before = dict(os.environ)
        self.addCleanup(os.environ.update, before)
        self.addCleanup(os.environ.clear)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        os.environ["RPS_CACHE"] = str(self.folder / "cache")
