# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What counts as a change, and what became of an edition."""

import itertools
import unittest
from dataclasses import replace

from lists import (
    EditionDiff,
    ListDelta,
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    changed_fields,
    content_hash,
)
from lists.content import normalised

PARTY = ListedParty(
    list_code="EL",
    uid="invented",
    row=7,
    names=(ListedName("Invented Co., Ltd."), ListedName("IC", "alias"), ListedName("Inv", "weak")),
    countries=("CN", "HK"),
    addresses=(ListedAddress("1 Xi'an Road", "CN"), ListedAddress("2 Street", "HK")),
    identifiers=(ListedIdentifier("Tax ID No.", "123", "CN"),),
    programs=("A", "B"),
    license_requirement="For all items subject to the EAR. (See §744.11 of the EAR)",
    license_policy="Presumption of denial.",
    citation="84 FR 54002; 85 FR 44159",
    start_date="2019-10-09",
)


class ContentTest(unittest.TestCase):
    def test_what_is_no_change(self):
        for what, variant in (
            ("row, key, list, page", {"row": 9, "uid": "x", "list_code": "UN", "source_url": "x"}),
            ("full stop", {"license_policy": "Presumption of denial"}),
            ("blank at the end", {"license_policy": "Presumption of denial. "}),
            ("case of a text", {"license_policy": "Presumption of Denial"}),
            (
                "blank after the section sign",
                {
                    "license_requirement": "For all items subject to the EAR.  "
                    "(See § 744.11 of the EAR)."
                },
            ),
            ("blanks in the citation", {"citation": "84  FR 54002, 85 FR 44159"}),
            ("order of aliases", {"names": (PARTY.names[0], PARTY.names[2], PARTY.names[1])}),
            ("order of addresses", {"addresses": PARTY.addresses[::-1]}),
            ("order of programs", {"programs": ("B", "A")}),
            (
                "kind of apostrophe",
                {"addresses": (ListedAddress("1 Xi’an  Road,", "CN"), PARTY.addresses[1])},
            ),
        ):
            with self.subTest(what):
                self.assertEqual(content_hash(replace(PARTY, **variant)), content_hash(PARTY))
                self.assertEqual(changed_fields(PARTY, replace(PARTY, **variant)), ())

    def test_what_is_a_change(self):
        for field, value in (
            ("names", (ListedName("Invented Company"), *PARTY.names[1:])),
            ("names", (PARTY.names[1], PARTY.names[0], PARTY.names[2])),
            ("names", PARTY.names[:2]),
            ("names", (*PARTY.names[:2], ListedName("Inv", "alias"))),
            ("party_type", "person"),
            ("countries", ("CN",)),
            ("addresses", PARTY.addresses[:1]),
            ("identifiers", ()),
            ("programs", ("A",)),
            ("license_requirement", "For items on the CCL"),
            ("license_policy", "Policy of denial."),
            ("citation", "84 FR 54002; 85 FR 44159; 86 FR 1"),
            ("start_date", "2019-10-10"),
            ("end_date", "2029-10-09"),
            ("birth_dates", ("1968",)),
            ("birth_places", ("Nowhere",)),
            ("remarks", "More"),
        ):
            with self.subTest(field=field, value=value):
                changed = replace(PARTY, **{field: value})
                self.assertNotEqual(content_hash(changed), content_hash(PARTY))
                self.assertEqual([c.field for c in changed_fields(PARTY, changed)], [field])

    def test_hash_is_stable(self):
        """Editions in a database are compared with this: a new rule needs a new version."""
        self.assertEqual(content_hash(PARTY), "1:7115f1d71d203ee30f2785989de724cb")

    def test_hash_is_that_of_the_party_asked_for(self):
        """Though the last one is remembered: in turn, and for one that is equal to it."""
        changed = replace(PARTY, remarks="More")
        hashes = [content_hash(party) for party in (PARTY, PARTY, changed, changed, PARTY)]
        self.assertEqual(hashes[0], content_hash(replace(PARTY)))
        self.assertEqual([found == hashes[0] for found in hashes], [True, True, False, False, True])
        self.assertEqual(hashes[2], hashes[3])

    def test_plain_text_counts_as_any_text(self):
        """Plain ASCII is compared by a shorter way; a no-break space behind it takes the longer."""
        pieces = ("a", "B", " ", "\n", "\x1f", ".", ",", "'", "`", "_", "-", "4")
        for text in map("".join, itertools.product(pieces, repeat=3)):
            # One is compared by its words, the other as it is spelled.
            plain, other = (
                normalised(replace(PARTY, remarks=form, birth_places=(form,)))
                for form in (text, text + "\xa0")
            )
            self.assertEqual(plain, other, repr(text))

    def test_change_is_told_for_people(self):
        changed = replace(PARTY, addresses=(*PARTY.addresses, ListedAddress("3 Lane")))
        (change,) = changed_fields(PARTY, changed)
        self.assertEqual(change.old, "1 Xi'an Road, CN; 2 Street, HK")
        self.assertEqual(change.new, "1 Xi'an Road, CN; 2 Street, HK; 3 Lane")


class EditionTest(unittest.TestCase):
    def parties(self, *uids, code="EL"):
        return [replace(PARTY, uid=uid, list_code=code) for uid in uids]

    def setUp(self):
        digest = content_hash(PARTY)
        self.old = {"EL": {"a": digest, "b": digest, "c": "1:other"}, "UN": {"u": digest}}

    def test_by_list(self):
        diff = EditionDiff(self.old)
        self.assertEqual(
            [diff.see(p) for p in self.parties("a", "c", "d")], ["unchanged", "changed", "added"]
        )
        self.assertEqual(
            diff.finish(), {"EL": ListDelta(["d"], ["c"], ["b"], 1)}, "the UN is not spoken of"
        )

    def test_a_file_that_only_adds_removes_nothing(self):
        diff = EditionDiff(self.old)
        diff.see(self.parties("d")[0])
        self.assertEqual(diff.finish(complete=False)["EL"].removed, [])

    def test_new_list(self):
        diff = EditionDiff({})
        diff.see(self.parties("x", code="EU")[0])
        self.assertEqual(diff.finish(), {"EU": ListDelta(["x"])})

    def test_old_edition_is_left_alone(self):
        diff = EditionDiff(self.old)
        diff.see(self.parties("a")[0])
        self.assertIn("a", self.old["EL"])
