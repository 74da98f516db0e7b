# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the templates for a list of one's own, CSV and XLSX, from what their reader says.

``make odoo`` set up the interpreter: ``PYTHONPATH=. python scripts/make_templates.py``
"""

import csv
import datetime
import io
from pathlib import Path

import xlsxwriter

import lists

FOLDER = Path(__file__).resolve().parents[1] / "static" / "templates"


def workbook(rows: list[list[str]]) -> bytes:
    """Return the rows as a workbook: everything is text, so that no number loses its zeros."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2026, 1, 1)})
        sheet = book.add_worksheet("List")
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet.set_column(0, len(rows[0]) - 1, 22, text)
        sheet.freeze_panes(1, 1)
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell, text if number else head)
    return data.getvalue()


def main() -> None:
    """Write both files."""
    template = lists.template()
    (FOLDER / "own_list.csv").write_bytes(b"\xef\xbb\xbf" + template.encode())
    rows = list(csv.reader(io.StringIO(template)))
    (FOLDER / "own_list.xlsx").write_bytes(workbook(rows))


if __name__ == "__main__":
    main()
