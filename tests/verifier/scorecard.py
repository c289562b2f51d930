#!/usr/bin/env python3
"""Recomputes a month's scorecard of departments.

    scorecard.py <card.json> <facts.ndjson> <gateway> <access vkey> <governance vkey>

Verifies both public logs from their entries, holds every fact against the leaf at its index, counts by the formula of
contracts/scorecard.md, and compares the result with the card, figure by figure. Shares no code with the gateway or with dx; standard
library only. Exit code 0: every figure is what the logs say. 1: one is not. 2: it could not be checked.
"""

import calendar
import json
import sys

sys.dont_write_bytecode = True  # Leave no cache beside the sources.
from leaves import Leaf, canonical  # noqa: E402
from notes import Key, decode, require  # noqa: E402
from verify_tlog import CANNOT_CHECK, Broken, Log, read_file, read_json, verify_log  # noqa: E402

FAULTS = {
    "provider-unavailable": "unavailable",
    "provider-timeout": "timedOut",
    "provider-schema-violation": "schemaFaults",
    "provider-subject-mismatch": "schemaFaults",
}
TOTALS = {"access.requested": "requested", "access.released": "released", "access.refused": "refused", "access.failed": "failed"}


class KeptLog(Log):
    """A log that keeps its entries while it is read from end to end."""

    def __init__(self, base):
        super().__init__(base)
        self.kept = {}

    def entries(self, index, width):
        entries = super().entries(index, width)
        self.kept.update(enumerate(entries, 256 * index))
        return entries


def share(part, whole):
    return None if whole == 0 else f"{part // whole}.{part % whole * 10000 // whole:04}"


class Department:
    def __init__(self):
        self.provider = dict.fromkeys(("asked", "released", "unavailable", "timedOut", "schemaFaults", "otherFailures"), 0)
        self.attempts = self.refused = self.answered = self.on_time = self.missed = 0
        self.refusals, self.findings = {}, {"found": 0, "justified": 0, "unjustified": 0}

    def card(self, member):
        p = self.provider
        parts = {
            "provider": {**p, "availability": share(p["released"], p["released"] + p["unavailable"] + p["timedOut"] + p["schemaFaults"])},
            "consumer": {
                "attempts": self.attempts,
                "refused": self.refused,
                "refusedShare": share(self.refused, self.attempts),
                "refusals": [{"code": code, "count": count} for code, count in sorted(self.refusals.items(), key=lambda r: r[0].encode("utf-16-be"))],
            },
            "agreements": {"answered": self.answered, "onTime": self.on_time, "onTimeShare": share(self.on_time, self.answered), "missedClocks": self.missed},
            "officials": self.findings,
        }
        return {"member": member, **{name: {k: v for k, v in part.items() if v is not None} for name, part in parts.items()}}


class Count:
    def __init__(self, period):
        year, month = map(int, period.split("-"))
        self.start = calendar.timegm((year, month, 1, 0, 0, 0)) * 1000
        self.end = calendar.timegm((year + month // 12, month % 12 + 1, 1, 0, 0, 0)) * 1000
        self.departments, self.late = {}, set()
        self.totals = dict.fromkeys(("requested", "released", "refused", "failed", "findings", "unopened"), 0)

    def department(self, member):
        return self.departments.setdefault(member, Department())

    def access(self, leaf, record):
        if not self.start <= leaf.time < self.end or leaf.kind not in TOTALS:
            return
        self.totals[TOTALS[leaf.kind]] += 1
        if record is None:
            self.totals["unopened"] += 1
            return
        provider = self.department(record["provider"])
        consumer = self.department(record["consumer"]) if "consumer" in record else None
        if leaf.kind == "access.requested":
            provider.provider["asked"] += 1
        elif leaf.kind == "access.released":
            provider.provider["released"] += 1
        elif leaf.kind == "access.failed":
            provider.provider[FAULTS.get(record["problem"], "otherFailures")] += 1
        if consumer and leaf.kind in ("access.requested", "access.refused"):
            consumer.attempts += "intent" not in record
            if leaf.kind == "access.refused":
                code = record["decision"]["problem"]
                consumer.refused += 1
                consumer.refusals[code] = consumer.refusals.get(code, 0) + 1

    def governance(self, leaf, record):
        within = self.start <= leaf.time < self.end
        if leaf.time >= self.end:
            return
        if leaf.kind == "agreement.escalated":
            if record["clock"].startswith("reply-"):
                self.late.add((record["id"], record["revision"], record["late"]))
            self.department(record["late"]).missed += within
        elif leaf.kind in ("agreement.approved", "agreement.refused") and within:
            department = self.department(record["member"])
            department.answered += 1
            department.on_time += (record["id"], record["revision"], record["member"]) not in self.late
        elif leaf.kind == "anomaly.found" and within:
            self.totals["findings"] += 1
            if record is None:
                self.totals["unopened"] += 1
            else:
                self.department(record["member"]).findings["found"] += 1
        elif leaf.kind == "anomaly.closed" and within and record is not None:
            if record["state"] in ("Justified", "Unjustified"):
                self.department(record["member"]).findings[record["state"].lower()] += 1


def read_facts(path):
    facts = {"access": {}, "governance": {}}
    for line in read_file(path).decode().splitlines():
        fact = json.loads(line)
        leaf = Leaf(decode(fact["leaf"]))
        require(leaf.opens(decode(fact["key"]), fact["record"]), f"fact {fact['index']} of {fact['log']} does not open its leaf")
        require(fact["index"] not in facts[fact["log"]], f"fact {fact['index']} of {fact['log']} twice")
        facts[fact["log"]][fact["index"]] = (decode(fact["leaf"]), fact["record"])
    return facts


def check(card_path, facts_path, gateway, access_vkey, governance_vkey):
    card, facts = read_json(card_path), read_facts(facts_path)
    count = Count(card["period"])
    for name, vkey in (("access", access_vkey), ("governance", governance_vkey)):
        log = KeptLog(f"{gateway.rstrip('/')}/log/{name}")
        newest = log.checkpoint(Key(vkey.strip()))
        verify_log(log, newest, [])
        for index in range(min(newest.size, card[name]["end"])):
            leaf, fact = Leaf(log.kept[index]), facts[name].get(index)
            if fact and fact[0] != log.kept[index]:
                raise Broken(f"fact {index} of {name} is not the entry that stands there")
            record = json.loads(leaf.body) if leaf.is_open else fact[1] if fact else None
            (count.access if name == "access" else count.governance)(leaf, record)
    members = sorted(count.departments, key=lambda member: member.encode("utf-16-be"))
    recomputed = {
        "formula": 1,
        "period": card["period"],
        "access": card["access"],
        "governance": card["governance"],
        "totals": count.totals,
        "departments": [count.departments[member].card(member) for member in members],
    }
    if canonical(recomputed) != canonical(card):
        raise Broken(f"the card is not what the logs say, which is {canonical(recomputed)}")
    return f"every figure of the {len(members)} departments in {card['period']} is what the logs say"


def main():
    if len(sys.argv) != 6:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        print(check(*sys.argv[1:]))
        return 0
    except Broken as fault:
        print(f"BROKEN: {fault}")
        return 1
    except CANNOT_CHECK as fault:
        print(f"cannot check: {fault}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
