# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Recompute the hash chain of an exported audit trail: ``python verify.py`` in its folder."""

# pylint: disable=print-used - a program of its own

import json
import sys
from pathlib import Path

from chain import GENESIS, content_hash, link_hash

FOLDER = Path(__file__).resolve().parent


def rows(table: str) -> list[dict]:
    """The rows of one exported table."""
    with (FOLDER / f"{table}.jsonl").open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def content(row: dict) -> dict[str, object]:
    """What a row's own hash commits to."""
    return {
        "kind": row["kind"],
        "at": row["at"][:19].replace("T", " "),
        "summary": row["summary"] or "",
        "user": [row["user_ref"] or 0, row["user_name"] or ""],
        "company": [row["company_ref"] or 0, row["company_name"] or ""],
        "record": [row["res_model"] or "", row["res_ref"] or 0, row["res_name"] or ""],
        "payload": row["payload"] or "",
    }


def main() -> int:
    """Say whether the trail is unbroken; 1 when it is not."""
    [head] = rows("screening_chain")
    seq, link = head["base_seq"] or 0, head["base_hash"] or GENESIS
    for row in sorted(rows("screening_event"), key=lambda row: row["seq"] or sys.maxsize):
        own = content_hash(content(row))
        if own != row["content_hash"]:
            print(f"Event {row['id']} does not match its own hash.")
            return 1
        if row["seq"]:
            link = link_hash(link, own)
            if (row["seq"], row["chain_hash"]) != (seq + 1, link):
                print(f"The chain breaks at row {row['seq']} (event {row['id']}).")
                return 1
            seq += 1
    if (head["last_seq"] or 0, head["last_hash"] or GENESIS) != (seq, link):
        print("Rows at the end of the chain are missing.")
        return 1
    print(f"The audit trail is unbroken: {seq} rows. Head: {link}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
