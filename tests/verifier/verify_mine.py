#!/usr/bin/env python3
"""Verifies what a person was told about the uses of their data.

    verify_mine.py <token.json> <list.json> <gateway> <VRF key> <access vkey> <governance vkey>

The two files are what /v1/me/token and /v1/me/accesses answered; the keys come from somebody the person trusts. Checks that the token
belongs to the person (ECVRF-P256-SHA256-TAI, RFC 9381), that every entry shown is what its leaf commits to, and that the list is
complete: it recomputes both public logs from their entries up to the newest signed checkpoint, and the leaves that carry the tag of
this token, whatever their month, are the ones shown, and no others. Neither sizes nor months are taken from the list. Shares no code
with the gateway; standard library only. Exit code 0: everything holds. 1: something does not. 2: it could not be checked.
"""

import base64
import hashlib
import sys

sys.dont_write_bytecode = True  # Leave no cache beside the sources.
from leaves import Leaf  # noqa: E402
from notes import Key, decode, require  # noqa: E402
from verify_tlog import CANNOT_CHECK, Broken, Log, read_json, verify_log  # noqa: E402

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
A = P - 3
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
Q = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], P - 2, P)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], P - 2, P)
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def times(k, p):
    result = None
    while k:
        if k & 1:
            result = add(result, p)
        p, k = add(p, p), k >> 1
    return result


def to_bytes(p):
    return bytes([2 + (p[1] & 1)]) + p[0].to_bytes(32, "big")


def to_point(data):
    x = int.from_bytes(data[1:], "big")
    y2 = (x * x * x + A * x + B) % P
    y = pow(y2, (P + 1) // 4, P)
    if len(data) != 33 or data[0] not in (2, 3) or x >= P or y * y % P != y2:
        return None
    return x, y if y & 1 == data[0] & 1 else P - y


def vrf_output(public, alpha, proof):
    """RFC 9381 §5.3; None when the proof does not hold."""
    if len(proof) != 81:
        return None
    gamma, c, s = to_point(proof[:33]), int.from_bytes(proof[33:49], "big"), int.from_bytes(proof[49:], "big")
    if gamma is None or s >= Q:
        return None
    h = next(point for i in range(256) if (point := to_point(b"\2" + hashlib.sha256(b"\1\1" + public + alpha + bytes([i, 0])).digest())))
    u = add(times(s, G), times(Q - c, to_point(public)))
    v = add(times(s, h), times(Q - c, gamma))
    challenge = hashlib.sha256(b"\1\2" + public + b"".join(map(to_bytes, (h, gamma, u, v))) + b"\0").digest()[:16]
    return hashlib.sha256(b"\1\3" + to_bytes(gamma) + b"\0").digest() if int.from_bytes(challenge, "big") == c else None


class TaggedLog(Log):
    """A log that keeps, while it is read from end to end, the leaves with the tags of a token."""

    def __init__(self, base, token):
        super().__init__(base)
        self.token, self.found = token, {}

    def entries(self, index, width):
        entries = super().entries(index, width)
        for place, entry in enumerate(entries, 256 * index):
            try:
                tagged = Leaf(entry).is_tagged(self.token)
            except ValueError as fault:
                raise Broken(f"entry {place}: {fault}") from fault
            if tagged:
                self.found[place] = entry
        return entries


def check_token(token, vrf_key):
    """The subject token, which the key and the person's number force."""
    scheme, value = (token["subject"][part].encode() for part in ("scheme", "value"))
    subject = len(scheme).to_bytes(2, "big") + scheme + len(value).to_bytes(2, "big") + value
    s = decode(token["token"])
    require(vrf_output(vrf_key, subject + decode(token["nonce"]), decode(token["proof"])) == s, "the token is not this person's")
    for tag in token["tags"]:
        require(hashlib.sha256(b"dx-tag" + s + tag["month"].encode()).digest() == decode(tag["tag"]), f"the tag of {tag['month']} does not follow from the token")
    return s


def check_entry(entry):
    """Whether it opens; raises when it opens to something else than is shown."""
    leaf, opening = Leaf(decode(entry["leaf"])), entry["opening"]
    require(opening is None or leaf.opens(decode(opening["key"]), opening["record"]), f"entry {entry['index']} of {entry['log']} is not what was logged")
    return opening is not None


def check(token_file, list_file, gateway, vrf_key, *vkeys):
    token, shown, vrf_key = read_json(token_file), read_json(list_file), base64.b64decode(vrf_key)
    keys = dict(zip(("access", "governance"), (Key(vkey.strip()) for vkey in vkeys)))
    require(to_point(vrf_key), "not a key of the VRF")
    try:
        s = check_token(token, vrf_key)
        opened = sum(check_entry(entry) for entry in shown["entries"])
        listed = {(entry["log"], entry["index"]): decode(entry["leaf"]) for entry in shown["entries"]}
        require(len(listed) == len(shown["entries"]), "an entry is listed twice")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        raise Broken(f"what was shown: {fault!r}") from fault

    public = {}
    for name, key in keys.items():
        log = TaggedLog(f"{gateway.rstrip('/')}/log/{name}", s)
        verify_log(log, log.checkpoint(key), [])
        public.update({(key.name, place): entry for place, entry in log.found.items()})

    if public != listed:
        missing = sorted(public.keys() - listed.keys())
        raise Broken(f"the logs hold {len(public)} entries with these tags, and {len(listed)} were shown. Not shown: {missing}; what is newer than the list, a new list has to show")
    return f"{len(listed)} entries, complete; {opened} of them say what they mean"


def main():
    if len(sys.argv) != 7:
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
