#!/usr/bin/env python3
"""An independent verifier of C2SP transparency logs: shares no code with the gateway and follows contracts/log-format.md alone.

    verify_tlog.py <base-url> <vkey> [--older FILE ...] [--policy FILE]     the whole log, from its entries
    verify_tlog.py <base-url> <vkey> --since FILE [--policy FILE]           only that it extends a checkpoint, from its hash tiles
    verify_tlog.py <vkey> --receipt FILE [--policy FILE]                    one receipt, without any network

The base URL (http, https or file) is where checkpoint and tile/ lie. --older names checkpoints that the log has to extend. With a
policy (C2SP tlog-policy), the newest checkpoint needs the quorum's cosignatures too. A receipt is the gateway's JSON, or the answer
that holds it, whose record then has to be the one whose release was logged. Prints one line. Exit code 0: everything holds. 1: something does not. 2: it could not be checked.
Python 3 standard library only.
"""

import argparse
import base64
import http.client
import itertools
import json
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True  # Leave no cache beside the sources.
from leaves import Leaf, Unsupported, canonical  # noqa: E402
from notes import Key, Policy, Proof, open_checkpoint, decode, require  # noqa: E402
from trees import EMPTY_ROOT, WIDTH, extends, fold, leaf, node, sha256, tile_path  # noqa: E402


class Broken(Exception):
    """The log does not hold what it promises."""


# What keeps one from checking: files and servers that cannot be read, answers that are cut off, texts that are nested without end.
CANNOT_CHECK = (OSError, ValueError, http.client.HTTPException, RecursionError, Unsupported)


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

    def checkpoint(self, key):
        note = self.read("checkpoint")
        if note is None:
            raise Broken("there is no checkpoint")
        return opened(note, key)

    def tile(self, level, index, width):
        """(bytes, width they were served at); the full tile replaces a partial one that was dropped."""
        for served in dict.fromkeys((width, WIDTH)):
            data = self.read(tile_path(level, index, served))
            if data is not None:
                return data, served
        raise Broken(f"{tile_path(level, index, width)} is missing")

    def hashes(self, level, index, width):
        """The hashes of a tile, one after the other."""
        data, served = self.tile(level, index, width)
        if len(data) != served * 32:
            raise Broken(f"{tile_path(level, index, served)} has {len(data)} bytes")
        return [data[i : i + 32] for i in range(0, width * 32, 32)]

    def check_tile(self, level, index, hashes):
        if self.hashes(level, index, len(hashes)) != hashes:
            raise Broken(f"{tile_path(level, index, len(hashes))} is not the tile that the entries make")

    def entries(self, index, width):
        """The entries of a bundle, all that were served of it."""
        data, served = self.tile("entries", index, width)
        entries, place = [], 0
        while place < len(data):
            length = int.from_bytes(data[place : place + 2], "big")
            entry = data[place + 2 : place + 2 + length]
            if place + 2 > len(data) or len(entry) != length:
                raise Broken(f"{tile_path('entries', index, served)} ends inside an entry")
            entries.append(entry)
            place += 2 + length
        if len(entries) != served:
            raise Broken(f"{tile_path('entries', index, served)} holds {len(entries)} entries")
        return entries[:width]

    def leaf_hashes(self, index, width):
        """Reads a bundle and checks its level 0 tile."""
        hashes = [leaf(entry) for entry in self.entries(index, width)]
        self.check_tile(0, index, hashes)
        return hashes


class Tree:
    """Keeps the rightmost tile of every level; checks each higher tile when it is full."""

    def __init__(self, log):
        self.log, self.levels, self.counts = log, [], []

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
        return EMPTY_ROOT if result is None else result


def verify_log(log, newest, older):
    """Recomputes the log from its entries and holds every tile and every checkpoint against that."""
    tree, count = Tree(log), 0
    stops = {}
    for checkpoint in [newest, *older]:
        if checkpoint.size > newest.size:
            raise Broken(f"the log had {checkpoint.size} entries and has {newest.size} now")
        stops.setdefault(checkpoint.size, []).append(checkpoint.root)

    def check_root():
        if any(root != tree.root() for root in stops.get(count, [])):
            raise Broken(f"the first {count} entries do not make the root signed for that size")

    check_root()
    bundles = ((index, min(WIDTH, newest.size - index * WIDTH)) for index in range((newest.size + WIDTH - 1) // WIDTH))
    with ThreadPoolExecutor(8) as pool:
        while ahead := [pool.submit(log.leaf_hashes, *bundle) for bundle in itertools.islice(bundles, 32)]:
            for future in ahead:
                for value in future.result():
                    tree.append(value)
                    count += 1
                    if count in stops:
                        check_root()
    tree.check_partial_tiles()


def verify_growth(log, old, new):
    """Makes the consistency proof (RFC 6962 §2.1.2) from hash tiles, and checks it."""

    def subtree(first, end):
        """The root over the leaves from first up to end, where a subtree of the new tree begins at first."""
        size = end - first
        if size & (size - 1):
            half = 1 << (size.bit_length() - 1)
            return node(subtree(first, first + half), subtree(first + half, end))
        height = size.bit_length() - 1
        level, place = height // 8, first >> (height // 8 * 8)
        width = min(WIDTH, (new.size >> 8 * level) - place // WIDTH * WIDTH)
        hashes = log.hashes(level, place // WIDTH, width)
        return fold(hashes[place % WIDTH : place % WIDTH + (1 << height % 8)])

    def prove(first, end, known):
        if old.size == end:
            return [] if known else [subtree(first, end)]
        half = first + (1 << ((end - first - 1).bit_length() - 1))
        if old.size <= half:
            return [*prove(first, half, known), subtree(half, end)]
        return [*prove(half, end, False), subtree(first, half)]

    if old.size > new.size:
        raise Broken(f"the log had {old.size} entries and has {new.size} now")
    proof = prove(0, new.size, True) if 0 < old.size < new.size else []
    if not extends(old.size, new.size, old.root, new.root, proof):
        raise Broken(f"the log of {new.size} entries does not extend the log that had {old.size}")


def verify_receipt(document, key):
    """Checks leaf, opening and proof of a receipt, and an answer's record where it is in one; returns the checkpoint it holds at."""
    try:
        is_answer = "receipt" in document
        receipt = document["receipt"] if is_answer else document
        entry, proof = decode(receipt["leaf"]), Proof(receipt["proof"].encode())
        parsed, opening = Leaf(entry), receipt.get("opening")
        require(opening is None or parsed.opens(decode(opening["key"]), opening["record"]), "the leaf does not commit to this record")
        if is_answer and "record" in document:
            require(parsed.kind == "access.released" and opening is not None, "the record of this answer is vouched for by nothing")
            digest = base64.b64encode(sha256(canonical(document["record"]).encode())).decode()
            require(opening["record"].get("digest") == digest, "the record of this answer is not the one whose release was logged")
        require(receipt["log"] == key.name and receipt["index"] == proof.index, "log or index are not those of the proof")
        return proof.verifies(leaf(entry), key)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Broken(f"receipt: {error}") from error


def opened(note, key):
    try:
        return open_checkpoint(note, key)
    except ValueError as error:
        raise Broken(f"checkpoint: {error}") from error


def require_quorum(policy, key, checkpoint):
    if policy.logs and all((known.name, known.public_key) != (key.name, key.public_key) for known in policy.logs):
        raise Broken("the policy does not know this log")
    cosigners = policy.cosigners(checkpoint.note)
    if not policy.is_met(cosigners):
        raise Broken(f"cosigned by {len(cosigners)} of the policy's witnesses, which are too few or the wrong ones")


def read_file(path):
    with open(path, "rb") as stream:
        return stream.read()


def read_json(path):
    """Of two members with one name, readers differ over which they take: such a text is refused."""

    def once(members):
        require(len(dict(members)) == len(members), "a member twice")
        return dict(members)

    return json.loads(read_file(path), object_pairs_hook=once)


def check(arguments):
    key = Key(arguments.vkey.strip())
    policy = Policy(read_file(arguments.policy)) if arguments.policy else None
    if arguments.receipt:
        checkpoint = verify_receipt(read_json(arguments.receipt), key)
    else:
        log = Log(arguments.base_url)
        checkpoint = log.checkpoint(key)
        if arguments.since:
            verify_growth(log, opened(read_file(arguments.since), key), checkpoint)
        else:
            verify_log(log, checkpoint, [opened(read_file(file), key) for file in arguments.older])
    if policy:
        require_quorum(policy, key, checkpoint)
    return checkpoint


def main():
    parser = argparse.ArgumentParser(description="Verifies a C2SP transparency log, its growth, or a receipt.")
    parser.add_argument("base_url", nargs="?", help="where the log's checkpoint and tiles lie; not with --receipt")
    parser.add_argument("vkey", help="the log's verifier key")
    parser.add_argument("--older", action="append", default=[], metavar="FILE", help="a checkpoint that the log has to extend")
    parser.add_argument("--since", metavar="FILE", help="check only that the log extends this checkpoint")
    parser.add_argument("--receipt", metavar="FILE", help="check this receipt instead of a log")
    parser.add_argument("--policy", metavar="FILE", help="a tlog-policy whose quorum has to have cosigned")
    arguments = parser.parse_args()
    if (arguments.base_url is None) != bool(arguments.receipt) or (arguments.since and arguments.older):
        parser.error("give a base URL or --receipt, and at most one of --since and --older")
    try:
        checkpoint = check(arguments)
    except Broken as error:
        print(f"BROKEN: {error}")
        return 1
    except CANNOT_CHECK as error:
        print(f"cannot check: {error}", file=sys.stderr)
        return 2
    print(f"ok: {checkpoint.origin} {checkpoint.size} {base64.b64encode(checkpoint.root).decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
