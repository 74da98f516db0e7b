# Copyright 2026 Restricted Party Screening contributors
# License LGPL-3.0 or later
"""Sets up and runs everything a checkout needs; standard library only, so that it runs before anything is set up."""
