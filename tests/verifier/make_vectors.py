#!/usr/bin/env python3
"""Makes the known answers under contracts/vectors for trees, tiles, notes, proofs, witnesses and policies.

    make_vectors.py [<folder of vectors>]

Trees are hashed as RFC 6962 §2.1 writes it down, recursively and slowly; signatures are made by ed25519.py. Nothing is taken from the
gateway, so the files are a second opinion about it. Running it again gives the same bytes. Before a file is written, notes.py and
trees.py, which the verifier uses, have to agree with every case in it; leaves.py has to agree with those in leaf/, which are not made
here. Python 3 standard library only.
"""

import base64
import functools
import json
import pathlib
import sys

sys.dont_write_bytecode = True  # Leave no cache beside the sources.
import trees  # noqa: E402
from leaves import Leaf, canonical  # noqa: E402
from note_vectors import checkpoints, cosignatures, cosigned_receipt, proofs, refused  # noqa: E402
from witness_vectors import add_checkpoints, policies, sequences  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
EVERY_SIZE = range(21)
SOME_SIZES = (31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1000, 65535, 65536, 65537, 70000, 200000)
HUGE_SIZES = (10**9, 10**11, 2**48 + 2**40 + 1, 2**56, 2**62 + 12345, 2**63 - 1)
TILED_SIZES = (0, 1, 255, 256, 257, 600, 65536, 70000, 200000)


def text(data):
    return base64.b64encode(data).decode()


def entry(i):
    """Leaf i of the counting log."""
    return i.to_bytes(8, "big")


class CountingLog:
    """MTH, PATH and PROOF of RFC 6962 §2.1 over the leaves 0, 1, 2, … Subtrees are hashed once."""

    @functools.lru_cache(maxsize=None)
    def root(self, first, end):
        if end - first < 2:
            return trees.leaf(entry(first)) if end > first else trees.EMPTY_ROOT
        half = first + split(end - first)
        return trees.node(self.root(first, half), self.root(half, end))


class UniformLog:
    """A log whose entries are all alike: a subtree's hash follows from its size, so trees can have any."""

    def root(self, first, end):
        return self._root(end - first)

    @functools.lru_cache(maxsize=None)
    def _root(self, size):
        if size < 2:
            return trees.leaf(b"alike") if size else trees.EMPTY_ROOT
        half = split(size)
        return trees.node(self._root(half), self._root(size - half))


def split(size):
    """The largest power of two smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)


def path(log, index, first, end):
    if end - first == 1:
        return []
    half = first + split(end - first)
    if index < half:
        return [*path(log, index, first, half), log.root(half, end)]
    return [*path(log, index, half, end), log.root(first, half)]


def consistency(log, old, first, end, known=True):
    if old == end:
        return [] if known else [log.root(first, end)]
    half = first + split(end - first)
    if old <= half:
        return [*consistency(log, old, first, half, known), log.root(half, end)]
    return [*consistency(log, old, half, end, False), log.root(first, half)]


def inclusion_case(log, index, size):
    hashes = path(log, index, 0, size)
    assert trees.includes(index, size, log.root(index, index + 1), hashes, log.root(0, size))
    return {"index": str(index), "size": str(size), "leafHash": text(log.root(index, index + 1)), "root": text(log.root(0, size)),
            "proof": [text(value) for value in hashes]}


def consistency_case(log, old, new):
    hashes = consistency(log, old, 0, new) if 0 < old < new else []
    assert trees.extends(old, new, log.root(0, old), log.root(0, new), hashes)
    return {"oldSize": str(old), "newSize": str(new), "oldRoot": text(log.root(0, old)), "newRoot": text(log.root(0, new)),
            "proof": [text(value) for value in hashes]}


def tree_files(log, uniform):
    sizes = [*EVERY_SIZE, *SOME_SIZES]
    yield "tree/roots.json", "Roots of the counting log: entry i is i in 8 bytes, most significant first.", {
        "roots": [{"size": str(size), "root": text(log.root(0, size))} for size in sizes]}
    pairs = [(index, size) for size in range(1, 10) for index in range(size)]
    pairs += [(index, size) for size in (256, 257, 1000, 70000) for index in sorted({0, 255, size // 2, size - 2, size - 1})]
    yield "tree/inclusion.json", "Inclusion proofs in the counting log, all of them valid.", {
        "proofs": [inclusion_case(log, index, size) for index, size in pairs]}
    pairs = [(old, new) for new in range(10) for old in range(new + 1)]
    pairs += [(old, new) for new in (256, 257, 1000, 70000) for old in sorted({0, 1, 255, 256, new // 2, new - 1, new} & set(range(new + 1)))]
    yield "tree/consistency.json", "Consistency proofs between sizes of the counting log, all of them valid.", {
        "proofs": [consistency_case(log, old, new) for old, new in pairs]}
    yield "tree/uniform.json", "The same for a log whose entries are all the five bytes of `alike`, at sizes that nobody can hash one by one.", {
        "roots": [{"size": str(size), "root": text(uniform.root(0, size))} for size in HUGE_SIZES],
        "inclusion": [inclusion_case(uniform, index, size) for size in HUGE_SIZES for index in (0, size // 3, size - 1)],
        "consistency": [consistency_case(uniform, old, size) for size in HUGE_SIZES for old in (1, size // 3, size - 1)]}


def resources(log, size):
    """Every tile and bundle of the counting log at a size, as (path, bytes)."""
    level = 0
    while size >> 8 * level:
        count, span = size >> 8 * level, 1 << 8 * level
        for index in range((count + 255) // 256):
            places = range(index * 256, min(count, index * 256 + 256))
            name = trees.tile_path(level, index, len(places))
            yield name, b"".join(log.root(place * span, (place + 1) * span) for place in places)
            if level == 0:
                yield trees.tile_path("entries", index, len(places)), b"".join(b"\x00\x08" + entry(place) for place in places)
        level += 1


def tiles_file(log):
    cases = []
    for size in TILED_SIZES:
        digests = {name: trees.sha256(data).hex() for name, data in resources(log, size)}
        listing = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
        shown = [name for name in digests if ".p/" in name or not name.startswith(("tile/0/", "tile/entries/")) or name.endswith(("/000", "/272"))]
        cases.append({"size": str(size), "resources": len(digests), "listing": trees.sha256(listing.encode()).hex(),
                      "sha256": {name: digests[name] for name in sorted(shown)}})
    yield "tiles/resources.json", ("Every tile and bundle of the counting log at a size: how many there are, the SHA-256 of some, and the SHA-256 of the whole "
                                   "listing, one line '<sha256>  <path>\\n' for each, sorted by path."), {"logs": cases}


def paths_file():
    tiles = [(0, 0, 256), (0, 5, 256), (0, 999, 256), (0, 1000, 256), (0, 1000, 1), (2, 1234067, 256), (1, 1234067, 8), (63, 0, 255),
             ("entries", 0, 256), ("entries", 1000, 17), ("entries", 999999, 255), (0, 999999, 256), (0, 1000000, 256), (0, 2**63 - 1, 256)]
    valid = [{"path": trees.tile_path(*tile), "level": str(tile[0]), "index": str(tile[1]), "width": tile[2]} for tile in tiles]
    invalid = [
        ("tile/0", "no index"), ("tile/0/", "no index"), ("/tile/0/000", "a leading slash"), ("tile/0/5", "fewer than three digits"),
        ("tile/0/0005", "more than three digits"), ("tile/0/1000", "more than three digits"), ("tile/0/x005", "x before the last group"),
        ("tile/0/x000/005", "a leading group of zeros"), ("tile/0/001/000", "no x before another group"), ("tile/0/x001/x000", "x before the last group"),
        ("tile/0/x01/000", "fewer than three digits"), ("tile/0/X001/000", "a capital X"), ("tile/0/000/", "a trailing slash"),
        ("tile/0/-01", "a sign"), ("tile/0/\u0660\u0660\u0665", "digits that are not ASCII"), ("tile/00/000", "a level with a leading zero"),
        ("tile/01/000", "a level with a leading zero"), ("tile/64/000", "a level above 63"), ("tile/-1/000", "a negative level"),
        ("tile/Entries/000", "a capital E"), ("tile/data/000", "a level that does not exist"), ("tile/0/000.p", "no width"), ("tile/0/000.p/", "no width"),
        ("tile/0/000.p/0", "a width of 0"), ("tile/0/000.p/256", "the width of a full tile"), ("tile/0/000.p/01", "a width with a leading zero"),
        ("tile/0/000.P/1", "a capital P"), ("tile/0/000.p/1.p/1", "two widths"), ("tile/0/x001.p/1/000", "a width before the last group")]
    sizes = (0, 1, 255, 256, 257, 70000, 16777215, 16777216, 2**63 - 1)
    tiled = []
    for size in sizes:
        widths = [(size >> 8 * level) % 256 for level in range(8)]
        while widths and widths[-1] == 0 and size >> 8 * (len(widths) - 1) == 0:
            widths.pop()
        tiled.append({"size": str(size), "full": [str(size >> 8 * (level + 1)) for level in range(len(widths))], "partial": widths})
    yield "tiles/paths.json", ("Paths and the tiles they name; spellings that name none; and for a size, level by level, how many full tiles "
                               "there are and how wide the partial one is (0: there is none)."), {
        "valid": valid, "invalid": [{"path": name, "why": why} for name, why in invalid], "sizes": tiled}


def check_leaves(root):
    """The leaves were not made here: reads them, and has to agree."""
    for case in json.loads((root / "leaf/sealed.json").read_bytes()):
        leaf = Leaf(bytes.fromhex(case["leaf"]))
        assert (leaf.kind, leaf.time, leaf.tag.hex()) == (case["kind"], case["timeMs"], case["tag"]) and leaf.is_tagged(bytes.fromhex(case["token"]))
        assert leaf.opens(bytes.fromhex(case["openingKey"]), json.loads(case["record"])) and canonical(json.loads(case["record"])) == case["record"]
        assert trees.leaf(bytes.fromhex(case["leaf"])).hex() == case["leafHash"]
    for case in json.loads((root / "leaf/open.json").read_bytes()):
        leaf = Leaf(bytes.fromhex(case["leaf"]))
        assert leaf.is_open and (leaf.kind, leaf.time, leaf.body.decode()) == (case["kind"], case["timeMs"], case["record"])
    assert all(refused(Leaf, bytes.fromhex(case["leaf"])) for case in json.loads((root / "leaf/invalid.json").read_bytes()))


def write(root, name, comment, content):
    def lines(value, depth):
        """One line for each case: easy to read, and to compare between versions."""
        if isinstance(value, list) and value and isinstance(value[0], dict) and depth:
            return "[\n" + ",\n".join("    " + lines(item, 0) for item in value) + "\n  ]"
        return json.dumps(value, ensure_ascii=False)

    members = {"_comment": comment + " Made by tests/verifier/make_vectors.py; licensed like this repository.", **content}
    body = ",\n".join(f"  {json.dumps(member)}: {lines(value, 1)}" for member, value in members.items())
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(("{\n" + body + "\n}\n").encode())


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "../../contracts/vectors")
    check_leaves(root)
    receipt = json.loads((root / "leaf/receipt.json").read_bytes())
    log, uniform = CountingLog(), UniformLog()
    proving = lambda index, size: path(log, index, 0, size)  # noqa: E731
    extending = lambda old, new: consistency(log, old, 0, new) if 0 < old < new else []  # noqa: E731
    for files in (tree_files(log, uniform), tiles_file(log), paths_file(), checkpoints(log), cosignatures(log), cosigned_receipt(receipt), proofs(log, proving),
                  add_checkpoints(log, extending), sequences(log, extending), policies(log)):
        for name, comment, content in files:
            write(root, name, comment, content)
            print(name)


if __name__ == "__main__":
    sys.exit(main())
