# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sets up and runs everything a checkout needs.

Standard library only: it runs before anything is installed.
"""
