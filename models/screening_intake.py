# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes the parties of one file in as rows not yet in force, and says what would change."""

from collections import defaultdict
from dataclasses import dataclass, field

from .. import engine, lists
from ..engine import Address, Facts, Identifier, Name
from ..lists.countries import country_code
from .screening_party_writer import PartyWriter

BATCH = 500


@dataclass
class ListCount:
    """What one file would do to one list.

    :ivar closing: rows it would end, those that ``gone`` holds (removed) and those it changes
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    closing: list = field(default_factory=list)
    gone: list = field(default_factory=list)


def facts_from_listed(party):
    """What of a listed party is compared, our own unofficial aliases included."""
    names = [Name(name.text, name.kind) for name in party.names]
    names += engine.house_names(party.list_code, names)
    return Facts(
        names=tuple(names),
        party_type=party.party_type,
        countries=party.countries,
        identifiers=tuple(
            Identifier(item.kind, item.number, item.country) for item in party.identifiers
        ),
        addresses=tuple(
            Address(_without_country(item.text, item.country), item.country)
            for item in party.addresses
        ),
    )


def _without_country(text, country):
    """An address without the written-out country at its end, which some feeds add."""
    head, _comma, tail = text.rpartition(",")
    return head.rstrip() if head and country and country_code(tail.strip(" .")) == country else text


class Intake:
    """One pass over a file.

    :param update: the screening.list.update the rows belong to
    :param lists_by_code: screening.list by code, those the file may speak of
    :param progress: called with the number of parties read so far, batch by batch
    """

    def __init__(self, update, lists_by_code, progress=lambda count: None):
        self._update = update
        self._cr = update.env.cr
        self._writer = PartyWriter(update)
        self._progress = progress
        self._lists = lists_by_code
        self._in_force = defaultdict(dict)
        self._pending = []
        self.counts = defaultdict(ListCount)
        self.problems = []

    def take(self, reading):
        """Read all items; raises what the reader raises."""
        for number, item in enumerate(reading, start=1):
            if number % BATCH == 0:
                self._tell()
            if isinstance(item, lists.Unreadable):
                self.problems.append(("unreadable", item.row, item.reason, item.excerpt))
            elif not item.list_code and "" not in self._lists:
                raise lists.ListFormatError(
                    self._update.env._(
                        "The file is a list of your own: choose under “Own List” which one it is"
                        " for."
                    )
                )
            elif item.list_code not in self._lists:
                reason = self._update.env._("there is no list with the code “%s”", item.list_code)
                self.problems.append(("unreadable", item.row, reason, ""))
            else:
                self._take_party(item)
        self._write_pending()
        self._writer.stage()
        for row, into in reading.summary.merged:
            reason = self._update.env._("it says again what row %s says", into)
            self.problems.append(("merged", row, reason, ""))
        if reading.complete:
            self._count_removed()

    def _known(self, record):
        if record not in self._in_force:
            self._cr.execute(
                "SELECT uid, id, content_hash FROM screening_party WHERE list_id = %s AND in_force",
                [record.id],
            )
            self._in_force[record] = {
                uid: (row, hashed) for uid, row, hashed in self._cr.fetchall()
            }
        return self._in_force[record]

    def _take_party(self, party):
        record = self._lists[party.list_code]
        count = self.counts[record]
        content = lists.content_hash(party)
        row, known_content = self._known(record).pop(party.uid, (None, None))
        if known_content == content:
            count.unchanged += 1
            return
        if row:
            count.changed += 1
            count.closing.append(row)
        else:
            count.added += 1
        self._pending.append((_content(record, party, content), facts_from_listed(party), row))
        if len(self._pending) >= BATCH:
            self._write_pending()

    def _count_removed(self):
        for record, count in self.counts.items():
            count.gone = [row for row, _content in self._known(record).values()]
            count.removed = len(count.gone)
            count.closing += count.gone

    def _write_pending(self):
        batch, self._pending = self._pending, []
        if batch:
            self._writer.write_parties(batch)
            self._tell()

    def _tell(self):
        self._progress(sum(c.added + c.changed + c.unchanged for c in self.counts.values()))


def _content(record, party, content_hash):
    """Values of :data:`CONTENT_COLUMNS`."""
    return (
        record.id,
        party.uid,
        party.names[0].text if party.names else party.addresses[0].text,
        party.party_type or None,
        list(party.countries),
        content_hash,
        ", ".join(party.programs) or None,
        party.license_requirement or None,
        party.license_policy or None,
        party.citation or None,
        party.start_date or None,
        party.end_date or None,
        party.remarks or None,
        party.source_url or None,
    )
