# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The hash chain: equal content, equal hash; any change, another."""

import unittest

from engine import chain


class TestChain(unittest.TestCase):
    """What one row commits to and what binds it."""

    def test_canonical(self) -> None:
        """The order of keys does not count."""
        self.assertEqual(chain.canonical({"b": 1, "a": "ü"}), '{"a":"ü","b":1}')

    def test_links(self) -> None:
        """Content and what went before both count."""
        first = chain.link_hash(chain.GENESIS, chain.content_hash({"a": 1}))
        self.assertEqual(first, chain.link_hash(chain.GENESIS, chain.content_hash({"a": 1})))
        self.assertNotEqual(first, chain.link_hash(chain.GENESIS, chain.content_hash({"a": 2})))
        self.assertNotEqual(first, chain.link_hash(first, chain.content_hash({"a": 1})))
        self.assertTrue(first.startswith("$1$"))


if __name__ == "__main__":
    unittest.main()
