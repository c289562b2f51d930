#!/usr/bin/env python3
"""Verifies a COSE receipt (RFC 9942) of a log: verify_cose.py <receipt.cose> <leaf.bin> <vkey>.

Decodes the CBOR by hand and shares no code with the gateway; standard library only.
"""

import base64
import hashlib
import sys

import ed25519


def decode(data, at=0):
    """One CBOR item and where it ends: integers, strings, arrays, maps, tags and null, in definite lengths."""
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if info < 24:
        value = info
    elif info <= 27:
        size = 1 << (info - 24)
        value, at = int.from_bytes(data[at : at + size], "big"), at + size
    else:
        raise ValueError("indefinite length")
    if major == 0:
        return value, at
    if major == 1:
        return -1 - value, at
    if major in (2, 3):
        text = data[at : at + value]
        if len(text) != value:
            raise ValueError("cut off")
        return (text if major == 2 else text.decode()), at + value
    if major == 4:
        items = []
        for _ in range(value):
            item, at = decode(data, at)
            items.append(item)
        return items, at
    if major == 5:
        entries = {}
        for _ in range(value):
            key, at = decode(data, at)
            entries[key], at = decode(data, at)
        return entries, at
    if major == 6:
        item, at = decode(data, at)
        return (value, item), at
    if info == 22:
        return None, at
    raise ValueError("unexpected item")


def whole(data):
    item, end = decode(data)
    if end != len(data):
        raise ValueError("trailing bytes")
    return item


def byte_string(data):
    length = len(data)
    head = bytes([0x40 + length]) if length < 24 else b"\x58" + bytes([length]) if length < 256 else b"\x59" + length.to_bytes(2, "big")
    return head + data


def root_of(index, size, leaf, path):
    """RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        raise ValueError("no such index in the tree")
    node, last, current = index, size - 1, hashlib.sha256(b"\0" + leaf).digest()
    for sibling in path:
        if last == 0:
            raise ValueError("the path is too long")
        if node & 1 or node == last:
            current = hashlib.sha256(b"\1" + sibling + current).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            current = hashlib.sha256(b"\1" + current + sibling).digest()
        node, last = node >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return current


def main():
    receipt, leaf = (open(name, "rb").read() for name in sys.argv[1:3])
    name, key_id, material = sys.argv[3].strip().split("+", 2)
    tag, (protected, unprotected, payload, signature) = whole(receipt)
    header = whole(protected)
    assert tag == 18, "not a COSE_Sign1"
    assert header[1] == -8 and header[395] == 1, "not EdDSA over RFC9162_SHA256"
    assert header[4].hex() == key_id and header[15][1] == name, "another log's"
    assert payload is None, "the payload is to be detached"
    (proof,) = unprotected[396][-1]
    size, index, path = whole(proof)
    assert path, "a path has at least one hash"
    root = root_of(index, size, leaf, path)
    signed = b"\x84\x6aSignature1" + byte_string(protected) + b"\x40" + byte_string(root)
    assert ed25519.verify(base64.b64decode(material)[1:], signed, signature), "the signature is not the log's"
    print(f"entry {index} of {name}, at size {size}")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, ValueError, KeyError, IndexError, TypeError) as fault:
        sys.exit(f"does not verify: {fault!r}")
