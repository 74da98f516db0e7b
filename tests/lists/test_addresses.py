# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses give their country as far as it can be told; dates give ISO or nothing."""

import unittest

from lists.addresses import read_address, read_addresses
from lists.countries import country_code
from lists.dates import iso_date


class AddressTest(unittest.TestCase):
    def check(self, text, expected, country):
        found = read_address(text)
        self.assertEqual((found.text, found.country), (expected, country))

    def test_code_at_the_end_is_taken_off(self):
        self.check("1 Street, Kabul, AF", "1 Street, Kabul", "AF")

    def test_country_in_words_stays(self):
        for text, country in (
            ("1 Street, Hong Kong", "HK"),
            ("1 Street, Beijing, China 100081", "CN"),
            ("1 Street, Dubai, U.A.E.", "AE"),
            ("1 Street, Beijing 100081 China", "CN"),
            ("52/1, Simferopol, Crimea, 95000", "UA"),
            ("Geologicheskaya str. 2, Crimea (Occupied), 98107", "UA"),
        ):
            with self.subTest(text):
                self.check(text, text, country)

    def test_american_address_without_country(self):
        self.check(
            "605 TRAIL LAKE DRIVE, RICHARDSON, TX, 75081",
            "605 TRAIL LAKE DRIVE, RICHARDSON, TX, 75081",
            "US",
        )
        self.check(
            "399 MAPLEWOOD AVENUE, PORTSMOUTH, NH, 3801",
            "399 MAPLEWOOD AVENUE, PORTSMOUTH, NH, 3801",
            "US",
        )

    def test_congo_is_told_by_its_towns(self):
        self.check("Avenue 1, Goma, CG", "Avenue 1, Goma", "CD")
        self.check("Avenue 1, Brazzaville, CG", "Avenue 1, Brazzaville", "CG")

    def test_antilles_are_told_by_the_island(self):
        self.check("1 Street, Willemstad, AN", "1 Street, Willemstad", "CW")

    def test_unknown_country(self):
        self.check("c/o X, S.A. DE C.V.", "c/o X, S.A. DE C.V.", "")

    def test_country_alone_is_no_address(self):
        addresses, countries = read_addresses(
            "SY; undetermined; 1 Street,, Minsk, BY; and 2 Street, RU"
        )
        self.assertEqual([a.text for a in addresses], ["1 Street, Minsk", "2 Street"])
        self.assertEqual(countries, {"SY", "BY", "RU"})


class CountryTest(unittest.TestCase):
    def test_spellings(self):
        for text, code in (
            ("CHINA, PEOPLE'S REPUBLIC OF", "CN"),
            ("Korea, North", "KP"),
            ("Democratic People's Republic of Korea", "KP"),
            ("Congo, Democratic Republic of the", "CD"),
            ("Congo, Republic of the", "CG"),
            ("Türkiye", "TR"),
            ("Cote d Ivoire", "CI"),
            ("gb", "GB"),
            ("UK", "GB"),
            ("Region: Gaza", "PS"),
            ("Virgin Islands, British", "VG"),
            ("Dominica", "DM"),
            ("Dominican Republic", "DO"),
            ("Niger", "NE"),
            ("Atlantis", ""),
            ("ZZ", ""),
            ("", ""),
        ):
            with self.subTest(text):
                self.assertEqual(country_code(text), code)


class DateTest(unittest.TestCase):
    def test_forms(self):
        for text, iso in (
            ("2019-10-09", "2019-10-09"),
            ("2026-08-05T16:47:04+02:00", "2026-08-05"),
            ("10/9/2019", "2019-10-09"),
            ("84 FR 54004, 10/9/19.", "2019-10-09"),
            ("64 FR 28909, 5/28/99", "1999-05-28"),
            ("June 21, 2022", "2022-06-21"),
            ("09 Oct 2019", "2019-10-09"),
            ("31/31/2019", ""),
            ("2019-02-30", ""),
            ("soon", ""),
        ):
            with self.subTest(text):
                self.assertEqual(iso_date(text), iso)

    def test_day_first(self):
        self.assertEqual(iso_date("04/08/2026", day_first=True), "2026-08-04")
