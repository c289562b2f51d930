"""The vectors of notes: checkpoints, cosignatures and tlog-proofs, over the counting log of make_vectors.py."""

import base64

import ed25519
import notes
import trees

DASH = "\u2014"
ORIGIN = "vectors.example/access"


def seed_of(name):
    """Test keys have no secret: the seed is the SHA-256 of the key's name."""
    return trees.sha256(name.encode())


def material(name, kind):
    return bytes([kind]) + ed25519.public_key(seed_of(name))


def key_id(name, kind):
    return trees.sha256(name.encode() + b"\n" + material(name, kind))[:4]


def vkey(name, kind=notes.ED25519):
    return f"{name}+{key_id(name, kind).hex()}+{base64.b64encode(material(name, kind)).decode()}"


def line(name, signature):
    return f"{DASH} {name} {base64.b64encode(signature).decode()}\n"


def log_line(text, name=ORIGIN):
    return line(name, key_id(name, notes.ED25519) + ed25519.sign(seed_of(name), text.encode()))


def cosignature_message(text, time):
    return f"cosignature/v1\ntime {time}\n{text}"


def witness_line(text, name, time):
    signature = ed25519.sign(seed_of(name), cosignature_message(text, time).encode())
    return line(name, key_id(name, notes.COSIGNATURE) + time.to_bytes(8, "big") + signature)


def body(size, root, origin=ORIGIN, extension=""):
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n{extension}"


def note(text, *lines):
    return text + "\n" + "".join(lines)


def refused(check, *arguments):
    try:
        return check(*arguments) is False
    except ValueError:
        return True


def checkpoints(log):
    unicode_origin = "\u4e00\u7f51\u901a\u529e.example/access"
    sizes = [(size, log.root(0, size)) for size in (0, 1, 70000)] + [(2**63 - 1, trees.leaf(b"any root"))]
    cases = []

    def add(name, text, *lines, origin=ORIGIN):
        cases.append({"name": name, "note": note(text, *lines), "vkey": vkey(origin), "text": text, "origin": origin,
                      "size": text.split("\n")[1], "root": text.split("\n")[2]})

    for size, root in sizes:
        text = body(size, root)
        add(f"size {size}", text, log_line(text))
    size, root = sizes[2]
    text = body(size, root)
    own, unknown = log_line(text), line("someone.example", b"\x00\x01\x02\x03" + bytes(2428))
    add("a signature of an unknown kind and length before it", text, unknown, own)
    add("a cosignature under it", text, own, witness_line(text, "witness.example/one", 1_790_000_000))
    add("a key that shares only the name", text, line(ORIGIN, b"\xff\xff\xff\xff" + bytes(64)), own)
    add("a key that shares only the id", text, line("other.example", key_id(ORIGIN, 1) + bytes(64)), own)
    add("an unknown key of a long name with odd characters", text, line("n" * 300 + "\x7f\u009b", bytes(68)), own)
    add("sixteen signatures", text, *[witness_line(text, f"witness.example/{i}", 1_790_000_000) for i in range(15)], own)
    add("the same signature twice", text, own, own)
    add("a name that is not ASCII", body(size, root, unicode_origin), log_line(body(size, root, unicode_origin), unicode_origin), origin=unicode_origin)
    text = body(size, root, extension="an extension line\nanother, \u5e7f\u9675\n")
    extended = {"note": note(text, log_line(text)), "vkey": vkey(ORIGIN), "text": text}
    for case in [*cases, extended]:
        assert notes.open_checkpoint(case["note"].encode(), notes.Key(case["vkey"])).note.text == case["text"]
    yield "checkpoint/valid.json", ("Checkpoints that open with the key; the seed of a key is the SHA-256 of its name. "
                                    "`text` is what is signed. `extended` has extension lines, which no log of ours writes: "
                                    "a witness takes them, a reader of our logs may refuse them."), {"seed": seed_of(ORIGIN).hex(), "extended": extended, "cases": cases}
    yield "checkpoint/invalid.json", "Notes that are no checkpoint signed by the key, and why.", {
        "vkey": vkey(ORIGIN), "cases": list(invalid_checkpoints(size, root))}
    good = vkey(ORIGIN)
    name, hex_id, key = good.split("+", 2)
    bad = [("", "nothing"), (name, "no id and no key"), (f"{name}+{hex_id}", "no key"), (f"+{hex_id}+{key}", "no name"), (f"a b+{hex_id}+{key}", "a space in the name"),
           (f"{name}+00000000+{key}", "the id of another key"), (f"other+{hex_id}+{key}", "the name of another key"), (f"{name}+{hex_id[:7]}+{key}", "an id of seven digits"),
           (f"{name}+{hex_id}+{key[:-1]}", "base64 without its padding"), (f"{name}+{hex_id}+{base64.b64encode(material(ORIGIN, 1)[:32]).decode()}", "31 bytes of key"),
           (f"{name}+{hex_id}+{base64.b64encode(material(ORIGIN, 1) + bytes(1)).decode()}", "33 bytes of key"), (f"{name}+{hex_id}+{base64.b64encode(material(ORIGIN, 4)).decode()}", "the id of the key's other type")]
    assert all(refused(notes.Key, text) for text, _ in bad)
    keys = [{"vkey": vkey(who, kind), "name": who, "type": kind, "id": key_id(who, kind).hex(), "publicKey": material(who, kind)[1:].hex(), "seed": seed_of(who).hex()}
            for who, kind in ((ORIGIN, 1), (ORIGIN, 4), ("witness.example/one", 4), (unicode_origin, 1))]
    yield "checkpoint/vkeys.json", "Verifier keys, and texts that are none.", {"valid": keys, "invalid": [{"vkey": text, "why": why} for text, why in bad]}


def invalid_checkpoints(size, root):
    text = body(size, root)
    own = log_line(text)
    base64_root = text.split("\n")[2]
    signature = base64.b64decode(own.split(" ")[2])

    def signed(changed):
        return note(changed, log_line(changed))

    def flipped(at):
        changed = bytearray(signature)
        changed[at] ^= 1
        return note(text, line(ORIGIN, bytes(changed)))

    cases = [
        ("no signature", text), ("a blank line and no signature", text + "\n"), ("no blank line", text + own), ("an unfinished last line", note(text, own)[:-1]),
        ("a blank line at the end", note(text, own) + "\n"), ("something that is no signature line", note(text, own, "and more\n")),
        ("a carriage return", note(text, own).replace("\n", "\r\n")), ("a tab", signed(f"{ORIGIN}\t\n{size}\n{base64_root}\n")),
        ("a hyphen for the dash", note(text, own).replace(DASH, "-")), ("an en dash", note(text, own).replace(DASH, "\u2013")),
        ("two spaces", note(text, own).replace(f"{DASH} ", f"{DASH}  ")), ("a plus in a name", note(text, own, line("a+b", bytes(68)))),
        ("a space of Unicode in a name", note(text, own, line("a\u00a0b", bytes(68)))), ("a signature of no bytes after the key id", note(text, own, line("other", bytes(4)))),
        ("base64 without padding", note(text, own).replace("=\n", "\n", 1)), ("base64 of the URL alphabet", note(text, own, line("other", bytes([255] * 68)).replace("/", "_"))),
        ("base64 with stray bits", note(text, own, f"{DASH} other AAAAAAB=\n")),
        ("the key id of another key", note(text, line(ORIGIN, bytes(4) + signature[4:]))), ("the name of another key", note(text, line("other", signature))),
        ("a flipped bit in the signature's first half", flipped(10)), ("a flipped bit in the signature's second half", flipped(50)),
        ("a signature that is too long", note(text, line(ORIGIN, signature + b"\x00"))), ("a signature that is too short", note(text, line(ORIGIN, signature[:-1]))),
        ("the signature of another text", note(text, log_line(body(size + 1, root)))), ("a bad signature beside a good one", note(text, own, log_line(body(size + 1, root)))),
        ("a cosignature by the log's key instead of a signature", note(text, witness_line(text, ORIGIN, 1_790_000_000))),
        ("another origin", signed(body(size, root, "elsewhere.example/access"))), ("an empty origin", signed(body(size, root, ""))),
        ("a size with a leading zero", signed(body("070000", root))), ("a size of no digits", signed(body("", root))), ("a negative size", signed(body("-1", root))),
        ("a size with a sign", signed(body("+1", root))), ("a size beyond 2^63 - 1", signed(body(2**63, root))), ("digits that are not ASCII", signed(body("\u0661", root))),
        ("a root of 31 bytes", signed(body(size, root[:31]))), ("a root of 33 bytes", signed(body(size, root + b"\x00"))),
        ("a root without padding", signed(text.replace("=", ""))), ("no root", signed(f"{ORIGIN}\n{size}\n")), ("an empty root", signed(f"{ORIGIN}\n{size}\n\n")),
        ("an empty line before the extension", signed(f"{text}\nextension\n")), ("an empty extension line", signed(f"{text}\n")),
    ]
    for why, case in cases:
        assert refused(notes.open_checkpoint, case.encode(), notes.Key(vkey(ORIGIN))), why
        yield {"why": why, "note": case}


def cosignatures(log):
    name = "witness.example/one"
    text = body(70000, log.root(0, 70000))
    cases = [{"checkpoint": t, "time": str(time), "message": cosignature_message(t, time), "line": witness_line(t, name, time)}
             for t, time in ((text, 1_790_000_000), (text, 1), (text, 2**63 - 1), (body(0, trees.EMPTY_ROOT), 1_790_000_000), (body(1, log.root(0, 1), extension="extension\n"), 1_790_000_000))]
    good = base64.b64decode(cases[0]["line"].split(" ")[2])
    far = ed25519.sign(seed_of(name), cosignature_message(text, 2**63).encode())
    bad = [("another time than was signed", line(name, good[:11] + bytes([good[11] ^ 1]) + good[12:])), ("no time", line(name, good[:4] + good[12:])),
           ("a plain signature of the text", line(name, good[:12] + ed25519.sign(seed_of(name), text.encode()))), ("of another checkpoint", witness_line(body(70001, log.root(0, 70000)), name, 1_790_000_000)),
           ("a byte too many", line(name, good + b"\x00")), ("by another key", witness_line(text, "witness.example/two", 1_790_000_000)),
           ("a time beyond 2^63 - 1", line(name, good[:4] + (2**63).to_bytes(8, "big") + far)), ("under the key id of type 1", line(name, key_id(name, 1) + good[4:]))]
    key = notes.Key(vkey(name, notes.COSIGNATURE))
    assert all(notes.Note(note(case["checkpoint"], case["line"]).encode()).signed_by(key) for case in cases)
    assert not any(notes.Note(note(text, bad_line).encode()).signed_by(key) for _, bad_line in bad)
    yield "cosignature/cosignatures.json", "What a witness's key signs for a checkpoint and a time, the line that carries it, and lines that are no cosignature by this key of the first checkpoint.", {
        "seed": seed_of(name).hex(), "vkey": vkey(name, notes.COSIGNATURE), "valid": cases, "invalid": [{"why": why, "line": bad_line} for why, bad_line in bad]}


def cosigned_receipt(receipt):
    text = notes.Note(receipt["proof"].encode().partition(b"\n\n")[2]).text
    name = "witness.example/one"
    yield "cosignature/receipt.json", "A witness's key, and its line under the checkpoint of leaf/receipt.json.", {
        "vkey": vkey(name, notes.COSIGNATURE), "time": "1790000000", "line": witness_line(text, name, 1_790_000_000)}


def proofs(log, path):
    key = notes.Key(vkey(ORIGIN))

    def proof(index, size, extra="", hashes=None, index_text=None, checkpoint=None):
        shown = "".join(base64.b64encode(value).decode() + "\n" for value in (path(index, size) if hashes is None else hashes))
        text = body(size, log.root(0, size))
        return f"c2sp.org/tlog-proof@v1\n{extra}index {index if index_text is None else index_text}\n{shown}\n{checkpoint or note(text, log_line(text))}"

    text = body(70000, log.root(0, 70000))
    cosigned = note(text, log_line(text), witness_line(text, "witness.example/one", 1_790_000_000))
    valid = [(index, size, proof(index, size)) for index, size in ((0, 1), (0, 2), (1, 2), (2, 7), (6, 7), (4711, 70000), (69999, 70000))]
    valid += [(3, 7, proof(3, 7, "extra AQID\n")), (3, 70000, proof(3, 70000, checkpoint=cosigned))]
    good, entry = proof(2, 7), (2).to_bytes(8, "big")
    first, second, third = (base64.b64encode(value).decode() + "\n" for value in path(2, 7))
    bad = [("another version", good.replace("@v1", "@v2")), ("no header", good.split("\n", 1)[1]), ("no index", good.replace("index 2\n", "")),
           ("an index with a leading zero", proof(2, 7, index_text="02")), ("a negative index", proof(2, 7, index_text="-2")), ("an index beyond 2^63 - 1", proof(2, 7, index_text=2**63)),
           ("the index before the extra", good.replace("index 2\n", "index 2\nextra AQID\n")), ("two extras", proof(2, 7, "extra AQID\nextra AQID\n")), ("an extra that is not base64", proof(2, 7, "extra !\n")),
           ("a hash too few", proof(2, 7, hashes=path(2, 7)[:2])), ("a hash too many", proof(2, 7, hashes=[*path(2, 7), path(2, 7)[0]])), ("hashes in another order", good.replace(first + second, second + first)),
           ("a hash of 31 bytes", proof(2, 7, hashes=[path(2, 7)[0][:31], *path(2, 7)[1:]])), ("sixty-four hashes", proof(2, 7, hashes=path(2, 7)[:1] * 64)), ("an empty line among the hashes", good.replace(third, "\n" + third)),
           ("no blank line before the checkpoint", good.replace(third + "\n", third)), ("a space after a hash", good.replace(first, first[:-1] + " \n")), ("another index", proof(2, 7, index_text="3")),
           ("an index outside the tree", proof(2, 7, index_text="7")), ("the checkpoint of another size", proof(2, 7, checkpoint=note(body(8, log.root(0, 8)), log_line(body(8, log.root(0, 8)))))),
           ("a checkpoint that is not signed", proof(2, 7, checkpoint=body(7, log.root(0, 7)))), ("a checkpoint signed by another key", good.replace(log_line(body(7, log.root(0, 7))), log_line(body(7, log.root(0, 7)), "other.example"))),
           ("a carriage return", good.replace("\n", "\r\n")), ("something after the checkpoint", good + "\n")]
    for index, size, case in valid:
        assert notes.Proof(case.encode()).verifies(trees.leaf(index.to_bytes(8, "big")), key).size == size
    for why, case in bad:
        assert refused(lambda: notes.Proof(case.encode()).verifies(trees.leaf(entry), key)), why
    yield "tlog-proof/proofs.json", "Proofs of entries of the counting log; and texts that prove nothing about entry 2, with the reason.", {
        "vkey": vkey(ORIGIN), "valid": [{"entry": index.to_bytes(8, "big").hex(), "index": str(index), "size": str(size), "proof": case} for index, size, case in valid],
        "invalid": [{"why": why, "entry": entry.hex(), "proof": case} for why, case in bad]}
