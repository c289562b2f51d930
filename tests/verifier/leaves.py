"""Leaves of the region's logs, and what opens them. What is malformed raises ValueError. Standard library only."""

import hmac
import json
import re
import sys
import time

sys.dont_write_bytecode = True  # Leave no cache beside the sources.
from notes import require  # noqa: E402
from trees import sha256  # noqa: E402

OPEN = {
    "region", "member", "key", "purpose", "dataset", "notice", "agreement", "matter", "witness", "erasure", "log", "monitoring", "scorecard",
    "proposal", "quorum", "calendar", "dispute",
}
YEAR_10000 = 253402300800000  # milliseconds
UNSIGNED, BYTES, TEXT, ARRAY = 0, 2, 3, 4  # CBOR's major types


class Unsupported(Exception):
    """Something that has a meaning, and none of this program's: it cannot be checked here."""


class Leaf:
    """[1, kind, time, tag, body] in deterministic CBOR (RFC 8949 §4.2.1), and nothing else."""

    def __init__(self, data):
        require(len(data) <= 65535, "a leaf is too long")
        self._rest = data
        require(self._head(ARRAY) == 5 and self._head(UNSIGNED) == 1, "not a leaf of version 1")
        self.kind = self._string(TEXT).decode("ascii")
        self.time = self._head(UNSIGNED)
        self.tag, self.body = self._string(BYTES), self._string(BYTES)
        require(not self._rest, "bytes after the leaf")
        require(re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+", self.kind) and len(self.kind) <= 64, "not a kind")
        require(self.time < YEAR_10000, "not a time")
        self.is_open = self.kind.split(".")[0] in OPEN
        require(not self.tag and self.body if self.is_open else len(self.tag) == len(self.body) == 32, "open where it is sealed, or sealed where it is open")

    def _take(self, count):
        require(count <= len(self._rest), "a leaf ends too early")
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def _head(self, major):
        first = self._take(1)[0]
        value, least = first & 31, 0
        require(first >> 5 == major and value < 28, "another type, or an indefinite length")
        if value >= 24:
            least = {24: 24, 25: 2**8, 26: 2**16, 27: 2**32}[value]
            value = int.from_bytes(self._take(1 << value - 24), "big")
        require(value >= least, "a number that is not in its shortest form")
        return value

    def _string(self, major):
        return self._take(self._head(major))

    def is_tagged(self, token):
        """Whether it is about the person whose subject token this is."""
        month = time.strftime("%Y%m", time.gmtime(self.time // 1000))
        label = b"dx-veiled-tag" if self.kind.startswith("restriction.") else b"dx-tag"
        return self.tag == sha256(label + token + month.encode())

    def opens(self, key, record):
        """Whether a sealed leaf commits to this record, which is given as parsed JSON, under this opening key."""
        require(len(key) == 32, "an opening key has 32 bytes")
        commitment = hmac.digest(key, canonical(record).encode(), "sha256")
        repeats = not self.kind.startswith("access.") or (record.get("kind"), record.get("time")) == (self.kind, self.time)
        return not self.is_open and self.body == commitment and repeats


def canonical(value):
    """RFC 8785, for all that our records hold: fractions, which it has to write as ECMAScript does, are not among it."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(item)}" for name, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, float) or isinstance(value, int) and abs(value) > 2**53:
        raise Unsupported("a number with a fraction, or beyond 2^53")
    return json.dumps(value, ensure_ascii=False)
