"""RFC 6962 trees over SHA-256: hashes, proof checks (RFC 9162 §2.1.3.2 and §2.1.4.2) and C2SP tile paths. Standard library only."""

import hashlib

WIDTH = 256


def sha256(data):
    return hashlib.sha256(data).digest()


EMPTY_ROOT = sha256(b"")


def leaf(entry):
    return sha256(b"\x00" + entry)


def node(left, right):
    return sha256(b"\x01" + left + right)


def fold(hashes):
    """The root over 2^k hashes."""
    while len(hashes) > 1:
        hashes = [node(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def includes(index, size, leaf_hash, proof, root):
    """Whether the leaf stands at the index in the tree of that size and root."""
    if not 0 <= index < size:
        return False
    place, last, result = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            result = node(sibling, result)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            result = node(result, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and result == root


def extends(old_size, new_size, old_root, new_root, proof):
    """Whether the tree of the new size begins with the leaves of the old one. Everything extends the empty tree."""
    if old_size > new_size:
        return False
    if old_size == 0 or old_size == new_size:
        return not proof and (old_root == EMPTY_ROOT if old_size == 0 else True) and (old_size < new_size or old_root == new_root)
    proof = list(proof)
    if old_size & (old_size - 1) == 0:
        proof.insert(0, old_root)
    if len(proof) < 2:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node(sibling, old), node(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def tile_path(level, index, width=WIDTH):
    """tile/<level>/<index>[.p/<width>]; the level of bundles is "entries"."""
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return f"tile/{level}/" + "/".join(groups) + ("" if width == WIDTH else f".p/{width}")
