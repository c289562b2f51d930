"""C2SP signed notes, checkpoints, cosignatures, tlog-proofs and trust policies. What is malformed raises ValueError. Standard library only."""

import base64
import re
import sys

sys.dont_write_bytecode = True  # Leave no cache beside the sources.
import ed25519  # noqa: E402
from trees import includes, sha256  # noqa: E402

ED25519, COSIGNATURE = 1, 4
MAX_SIZE = 2**63 - 1


def require(condition, what):
    if not condition:
        raise ValueError(what)


def decode(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "not canonical base64")
    return data


def decode_hash(text):
    data = decode(text)
    require(len(data) == 32, "a hash has 32 bytes")
    return data


def decimal(text):
    require(re.fullmatch("0|[1-9][0-9]*", text) and int(text) <= MAX_SIZE, "not a decimal number")
    return int(text)


class Key:
    """A verifier key: name+hex8(key id)+base64(type, public key)."""

    def __init__(self, vkey):
        self.name, key_id, material = vkey.split("+", 2)
        material = decode(material)
        require(is_key_name(self.name), "not a key name")
        require(len(material) == 33 and material[0] in (ED25519, COSIGNATURE), "not an Ed25519 key that is known here")
        self.type, self.public_key = material[0], material[1:]
        self.id = sha256(self.name.encode() + b"\n" + material)[:4]
        require(self.id.hex() == key_id, "the key id is not this key's")

    def verifies(self, text, signature):
        """Whether these bytes, which followed the key id, sign the text."""
        message = text.encode()
        if self.type == COSIGNATURE:
            if len(signature) != 72 or signature[0] > 127:
                return False
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = b"cosignature/v1\ntime %d\n" % time + message
        return ed25519.verify(self.public_key, message, signature)


def is_key_name(name):
    return name != "" and "+" not in name and not any(c.isspace() for c in name)


class Note:
    """text, and the signature lines as (name, key id, bytes)."""

    def __init__(self, data):
        note = data.decode("utf-8")
        require(not any(c < " " and c != "\n" for c in note), "a control character")
        blank = note.rfind("\n\n")
        require(blank >= 0 and note.endswith("\n"), "no blank line, or an unfinished line")
        self.text, self.signatures = note[: blank + 1], []
        for line in note[blank + 2 :].split("\n")[:-1]:
            dash, name, signature = line.split(" ")
            signature = decode(signature)
            require(dash == "\u2014" and is_key_name(name) and len(signature) > 4, "not a signature line")
            self.signatures.append((name, signature[:4], signature[4:]))
        require(self.signatures, "no signature")

    def signed_by(self, key):
        """True when the key signed and everything that claims to be its signature verifies."""
        mine = [signature for name, key_id, signature in self.signatures if (name, key_id) == (key.name, key.id)]
        return bool(mine) and all(key.verifies(self.text, signature) for signature in mine)


class Checkpoint:
    def __init__(self, data):
        self.note = Note(data)
        lines = self.note.text.split("\n")
        require(len(lines) >= 4 and all(lines[:-1]), "a checkpoint has at least three lines, none of them empty")
        self.origin, self.size, self.root = lines[0], decimal(lines[1]), decode_hash(lines[2])


def open_checkpoint(data, key):
    """The checkpoint that the log's key signed."""
    checkpoint = Checkpoint(data)
    require(checkpoint.origin == key.name, "the checkpoint of another log")
    require(checkpoint.note.signed_by(key), "the log's key did not sign it")
    return checkpoint


class Proof:
    """A tlog-proof text."""

    def __init__(self, data):
        head, blank, note = data.partition(b"\n\n")
        require(blank, "no blank line")
        lines = head.decode("ascii").split("\n")
        require(lines.pop(0) == "c2sp.org/tlog-proof@v1", "not a tlog-proof")
        self.extra = decode(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else None
        require(lines and lines[0].startswith("index "), "no index")
        self.index = decimal(lines.pop(0)[6:])
        require(len(lines) <= 63, "too many hashes")
        self.hashes, self.note = [decode_hash(line) for line in lines], note
        Note(note)

    def verifies(self, leaf_hash, key):
        """The checkpoint under which the leaf is included; raises when it is not."""
        checkpoint = open_checkpoint(self.note, key)
        require(includes(self.index, checkpoint.size, leaf_hash, self.hashes, checkpoint.root), "the leaf is not in the tree")
        return checkpoint


# The lines of a policy, each with the fewest words that follow and the most words altogether.
LINES = {"log": (1, 3), "witness": (2, 4), "group": (3, 1000), "quorum": (1, 2)}


class Policy:
    """Which logs and witnesses are known, and which sets of witnesses suffice."""

    def __init__(self, data):
        require(not any(b < 32 and b not in b"\t\n" or b == 127 for b in data), "a control character")
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        self._members = set()
        for line in data.decode("utf-8", "surrogateescape").split("\n"):
            words = re.split("[ \t]+", line.strip(" \t"))
            if words != [""] and not words[0].startswith("#"):
                least, most = LINES.get(words[0], (0, -1))
                require(least < len(words) <= most, f"not a line of a policy: {line}")
                getattr(self, "_" + words[0])(*words[1:])
        require(self.quorum is not None, "no quorum")

    def _log(self, vkey, url=None):
        key = Key(vkey)
        require(key.type == ED25519, "not a log's key")
        require(all(key.public_key != known.public_key for known in self.logs), "a log twice")
        self.logs.append(key)

    def _witness(self, name, vkey, url=None):
        key = Key(vkey)
        require(key.type == COSIGNATURE, "not a cosigner's key")
        require(all(key.public_key != known.public_key for known in self.witnesses.values()), "a witness twice")
        self._define(name)
        self.witnesses[name] = key

    def _group(self, name, threshold, *members):
        for member in members:
            require(member in self.witnesses or member in self.groups, f"unknown member: {member}")
            require(member not in self._members, f"a member twice: {member}")
            self._members.add(member)
        needed = {"any": 1, "all": len(members)}.get(threshold)
        needed = decimal(threshold) if needed is None else needed
        require(1 <= needed <= len(members), "a threshold that the group cannot have")
        self._define(name)
        self.groups[name] = (needed, members)

    def _quorum(self, name):
        require(self.quorum is None, "two quorums")
        require(name == "none" or name in self.witnesses or name in self.groups, f"unknown quorum: {name}")
        self.quorum = name

    def _define(self, name):
        require(name != "none" and name not in self.witnesses and name not in self.groups, f"a name twice: {name}")

    def cosigners(self, note):
        return {name for name, key in self.witnesses.items() if note.signed_by(key)}

    def is_met(self, cosigners, name=None):
        name = name or self.quorum
        if name == "none" or name in self.witnesses:
            return name == "none" or name in cosigners
        needed, members = self.groups[name]
        return sum(self.is_met(cosigners, member) for member in members) >= needed
