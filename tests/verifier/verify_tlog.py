#!/usr/bin/env python3
"""An independent verifier of a C2SP transparency log: shares no code with the gateway and follows only the specifications.

    verify_tlog.py <base-url> <vkey> [--older <checkpoint-file> ...]

Reads checkpoint, tile/entries and hash tiles below the base URL (http, https or file), recomputes the root from the entries,
checks the checkpoint's signature, compares every hash tile byte for byte, and checks that the log extends each older checkpoint.
Prints one line. Exit code 0: everything holds. 1: something does not. 2: it could not be checked.

c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint, c2sp.org/signed-note, RFC 6962 §2.1. Python 3 standard library only.
"""

import argparse
import base64
import binascii
import hashlib
import itertools
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True  # Leave no cache beside the sources.
import ed25519  # noqa: E402

WIDTH = 256


class Broken(Exception):
    """The log does not hold what it promises."""


def sha256(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha256(b"\x01" + left + right)


def fold(hashes):
    """The root over 2^k hashes."""
    while len(hashes) > 1:
        hashes = [node(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def decode(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


class Key:
    def __init__(self, vkey):
        self.name, key_id, material = vkey.strip().split("+", 2)
        material = decode(material)
        self.id = sha256(self.name.encode() + b"\n" + material)[:4]
        if material[0] != 1 or len(material) != 33 or self.id.hex() != key_id:
            raise ValueError("not an Ed25519 verifier key")
        self.public_key = material[1:]


def open_checkpoint(note, key):
    """(size, root) of a checkpoint that the key signed."""
    try:
        text, signatures = note.decode("utf-8").rsplit("\n\n", 1)
        text += "\n"
        if any(c < " " and c != "\n" for c in note.decode("utf-8")) or not signatures.endswith("\n"):
            raise ValueError("not a note")
        signed = False
        for line in signatures[:-1].split("\n"):
            dash, name, signature = line.split(" ")
            signature = decode(signature)
            if dash != "\u2014":
                raise ValueError("not a signature line")
            if name == key.name and signature[:4] == key.id:
                if not ed25519.verify(key.public_key, text.encode(), signature[4:]):
                    raise ValueError("the signature does not verify")
                signed = True
        if not signed:
            raise ValueError("the key did not sign it")
        origin, size, root, end = text.split("\n")
        if origin != key.name or end != "" or not size.isascii() or not size.isdigit() or str(int(size)) != size:
            raise ValueError("not a checkpoint of this log")
        root = decode(root)
        if len(root) != 32:
            raise ValueError("a root has 32 bytes")
        return int(size), root
    except (ValueError, binascii.Error) as error:
        raise Broken(f"checkpoint: {error}") from error


def tile_path(level, index, width):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return f"tile/{level}/" + "/".join(groups) + ("" if width == WIDTH else f".p/{width}")


class Log:
    def __init__(self, base):
        self.base = base.rstrip("/") + "/"

    def read(self, path):
        """The bytes, or None when there is no such resource."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=60) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise
        except urllib.error.URLError as error:
            if isinstance(error.reason, FileNotFoundError):
                return None
            raise

    def tile(self, level, index, width):
        """(bytes, width they were served at); the full tile replaces a partial one that was dropped."""
        for served in dict.fromkeys((width, WIDTH)):
            data = self.read(tile_path(level, index, served))
            if data is not None:
                return data, served
        raise Broken(f"{tile_path(level, index, width)} is missing")

    def check_tile(self, level, index, hashes):
        data, served = self.tile(level, index, len(hashes))
        if len(data) != served * 32 or data[: len(hashes) * 32] != b"".join(hashes):
            raise Broken(f"{tile_path(level, index, len(hashes))} is not the tile that the entries make")

    def leaf_hashes(self, index, width):
        """Reads a bundle and checks its level 0 tile."""
        data, served = self.tile("entries", index, width)
        hashes, place = [], 0
        while place < len(data):
            length = int.from_bytes(data[place : place + 2], "big")
            entry = data[place + 2 : place + 2 + length]
            if place + 2 > len(data) or len(entry) != length:
                raise Broken(f"{tile_path('entries', index, width)} ends inside an entry")
            hashes.append(sha256(b"\x00" + entry))
            place += 2 + length
        if len(hashes) != served:
            raise Broken(f"{tile_path('entries', index, width)} holds {len(hashes)} entries")
        self.check_tile(0, index, hashes[:width])
        return hashes[:width]


class Tree:
    """Keeps the rightmost tile of every level; checks each higher tile when it is full."""

    def __init__(self, log):
        self.log = log
        self.levels = []
        self.counts = []

    def append(self, value, level=0):
        if level == len(self.levels):
            self.levels.append([])
            self.counts.append(0)
        tile = self.levels[level]
        tile.append(value)
        if len(tile) == WIDTH:
            if level > 0:
                self.log.check_tile(level, self.counts[level], tile)
            self.levels[level] = []
            self.counts[level] += 1
            self.append(fold(tile), level + 1)

    def check_partial_tiles(self):
        for level, tile in enumerate(self.levels):
            if level > 0 and tile:
                self.log.check_tile(level, self.counts[level], tile)

    def root(self):
        result = None
        for tile in self.levels:
            rest = len(tile)
            while rest:
                width = rest & -rest
                part = fold(tile[rest - width : rest])
                result = part if result is None else node(part, result)
                rest -= width
        return sha256(b"") if result is None else result


def verify(log, key, older):
    note = log.read("checkpoint")
    if note is None:
        raise Broken("there is no checkpoint")
    size, root = open_checkpoint(note, key)
    older = sorted(open_checkpoint(old, key) for old in older)
    if older and older[-1][0] > size:
        raise Broken(f"the log had {older[-1][0]} entries and has {size} now")

    tree, count = Tree(log), 0
    stops = {old_size: [r for s, r in older if s == old_size] for old_size, _ in older}
    stops.setdefault(size, []).append(root)

    def check_root():
        for expected in stops.get(count, []):
            if tree.root() != expected:
                raise Broken(f"the first {count} entries do not make the root signed for that size")

    check_root()
    bundles = ((index, min(WIDTH, size - index * WIDTH)) for index in range((size + WIDTH - 1) // WIDTH))
    with ThreadPoolExecutor(8) as pool:
        while ahead := [pool.submit(log.leaf_hashes, *bundle) for bundle in itertools.islice(bundles, 32)]:
            for future in ahead:
                for value in future.result():
                    tree.append(value)
                    count += 1
                    if count in stops:
                        check_root()
    tree.check_partial_tiles()
    return size, root


def main():
    parser = argparse.ArgumentParser(description="Verifies a C2SP transparency log.")
    parser.add_argument("base_url")
    parser.add_argument("vkey")
    parser.add_argument("--older", action="append", default=[], metavar="FILE", help="a checkpoint that the log has to extend")
    arguments = parser.parse_args()
    try:
        key = Key(arguments.vkey)
        older = []
        for file in arguments.older:
            with open(file, "rb") as stream:
                older.append(stream.read())
        size, root = verify(Log(arguments.base_url), key, older)
    except Broken as error:
        print(f"BROKEN: {error}")
        return 1
    except (OSError, ValueError) as error:
        print(f"cannot check: {error}", file=sys.stderr)
        return 2
    print(f"ok: {key.name} {size} {base64.b64encode(root).decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
