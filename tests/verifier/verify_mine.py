#!/usr/bin/env python3
"""Verifies what a person was told about the uses of their data: verify_mine.py <token.json> <list.json> <gateway> <vrf key>.

Checks that the token belongs to the person (ECVRF-P256-SHA256-TAI, RFC 9381), that the tags follow from the token, that every entry
shown is what its leaf commits to, and that the list is complete: the entries of both public logs that carry these tags are the ones
shown, and no others. Shares no code with the gateway; standard library only.
"""

import base64
import hashlib
import hmac
import json
import sys
import urllib.request

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
    gamma, c, s = to_point(proof[:33]), int.from_bytes(proof[33:49], "big"), int.from_bytes(proof[49:], "big")
    if len(proof) != 81 or gamma is None or s >= Q:
        return None
    h = next(point for i in range(256) if (point := to_point(b"\2" + hashlib.sha256(b"\1\1" + public + alpha + bytes([i, 0])).digest())))
    u = add(times(s, G), times(Q - c, to_point(public)))
    v = add(times(s, h), times(Q - c, gamma))
    challenge = hashlib.sha256(b"\1\2" + public + b"".join(map(to_bytes, (h, gamma, u, v))) + b"\0").digest()[:16]
    return hashlib.sha256(b"\1\3" + to_bytes(gamma) + b"\0").digest() if int.from_bytes(challenge, "big") == c else None


def entries(gateway, log, size):
    for n in range((size + 255) // 256):
        width = min(256, size - 256 * n)
        name = f"{n % 1000:03}"
        while n >= 1000:
            n //= 1000
            name = f"x{n % 1000:03}/" + name
        data = urllib.request.urlopen(f"{gateway}/log/{log}/tile/entries/{name}" + ("" if width == 256 else f".p/{width}")).read()
        while data:
            length = int.from_bytes(data[:2], "big")
            yield data[2 : 2 + length]
            data = data[2 + length :]


def main():
    token, shown = (json.load(open(name)) for name in sys.argv[1:3])
    gateway, vrf_key = sys.argv[3].rstrip("/"), base64.b64decode(sys.argv[4])
    scheme, value = (token["subject"][part].encode() for part in ("scheme", "value"))
    subject = len(scheme).to_bytes(2, "big") + scheme + len(value).to_bytes(2, "big") + value
    s = base64.b64decode(token["token"])
    assert vrf_output(vrf_key, subject + base64.b64decode(token["nonce"]), base64.b64decode(token["proof"])) == s, "the token is not this person's"

    tags = {hashlib.sha256(b"dx-tag" + s + tag["month"].encode()).digest() for tag in token["tags"]}
    assert tags == {base64.b64decode(tag["tag"]) for tag in token["tags"]}, "a tag does not follow from the token"

    for entry in shown["entries"]:
        record = json.dumps(entry["opening"]["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        commitment = hmac.digest(base64.b64decode(entry["opening"]["key"]), record, "sha256")
        assert base64.b64decode(entry["leaf"]).endswith(commitment), f"entry {entry['index']} of {entry['log']} is not what was logged"

    # A leaf ends in tag and commitment, each behind the two bytes of its length.
    public = [
        (log, index, base64.b64encode(leaf).decode())
        for log, size in (("access", shown["accessSize"]), ("governance", shown["governanceSize"]))
        for index, leaf in enumerate(entries(gateway, log, size))
        if leaf[-66:-34] in tags
    ]
    listed = [(entry["log"].rsplit("/", 1)[1], entry["index"], entry["leaf"]) for entry in shown["entries"]]
    assert sorted(public) == sorted(listed), f"the logs hold {len(public)} entries with these tags, and {len(listed)} were shown"
    print(f"{len(listed)} entries, complete")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, ValueError, KeyError, TypeError) as fault:
        sys.exit(f"does not verify: {fault!r}")
