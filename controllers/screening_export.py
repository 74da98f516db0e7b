# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Screening's lists in spreadsheets hold no formulas: strangers wrote the names in them.

Odoo's own CSV looks for the most usual beginnings of a formula only, and its XLSX writes text that
begins like a formula as one. Exports of other models stay as Odoo makes them.
"""

import json

from odoo.http import request

from odoo.addons.web.controllers import export

from ..lists.spreadsheet import harmless


def _is_ours():
    return json.loads(request.params["data"])["model"].startswith("screening.")


class _TextMixin:
    """Writes text as text, whatever it begins with."""

    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class _TextXlsxWriter(_TextMixin, export.ExportXlsxWriter):
    pass


class _TextGroupXlsxWriter(_TextMixin, export.GroupExportXlsxWriter):
    pass


class ScreeningCSVExport(export.CSVExport):
    """CSV in which no cell begins like a formula."""

    def from_data(self, fields, columns_headers, rows):
        if _is_ours():
            rows = [
                [harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
            ]
        return super().from_data(fields, columns_headers, rows)


class ScreeningExcelExport(export.ExcelExport):
    """XLSX in which all text is text, in rows and in the titles of groups."""

    def from_data(self, fields, columns_headers, rows):
        if not _is_ours():
            return super().from_data(fields, columns_headers, rows)
        with _TextXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        if not _is_ours():
            return super().from_group_data(fields, columns_headers, groups)
        with _TextGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value
