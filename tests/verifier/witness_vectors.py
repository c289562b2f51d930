"""The vectors of witnesses and trust policies, over the counting log of make_vectors.py; with a model of a witness to hold them against."""

import base64

import notes
import trees
from note_vectors import ORIGIN, body, line, log_line, note, refused, seed_of, vkey, witness_line

WITNESS = "witness.example/one"
TIME = 1_790_000_000


def request(old, proof, checkpoint):
    return f"old {old}\n" + "".join(base64.b64encode(value).decode() + "\n" for value in proof) + "\n" + checkpoint


def signed(size, root, extension="", origin=ORIGIN):
    text = body(size, root, origin, extension)
    return note(text, log_line(text, origin))


class AddCheckpoint:
    """The body of a request: the old size, the proof, the checkpoint."""

    def __init__(self, data):
        head, blank, checkpoint = data.partition(b"\n\n")
        lines = head.decode("ascii").split("\n")
        notes.require(blank and lines[0].startswith("old ") and len(lines) <= 64, "not a request")
        self.old = notes.decimal(lines[0][4:])
        self.proof = [notes.decode_hash(text) for text in lines[1:]]
        self.checkpoint = notes.Checkpoint(checkpoint)


class Witness:
    """Answers as C2SP tlog-witness demands, in the order of contracts/log-format.md."""

    def __init__(self, *vkeys):
        self.keys = [notes.Key(text) for text in vkeys]
        self.seen = {}

    def answer(self, data):
        try:
            asked = AddCheckpoint(data)
        except ValueError:
            return 400, None
        checkpoint = asked.checkpoint
        keys = [key for key in self.keys if key.name == checkpoint.origin]
        if not keys:
            return 404, None
        if not any(checkpoint.note.signed_by(key) for key in keys):
            return 403, None
        if asked.old > checkpoint.size:
            return 400, None
        size, root = self.seen.get(checkpoint.origin, (0, trees.EMPTY_ROOT))
        if asked.old != size:
            return 409, size
        if asked.old == checkpoint.size and not asked.proof and root != checkpoint.root:
            return 409, None
        if not trees.extends(size, checkpoint.size, root, checkpoint.root, asked.proof):
            return 422, None
        self.seen[checkpoint.origin] = (checkpoint.size, checkpoint.root)
        return 200, None


def add_checkpoints(log, extending):
    proof = extending(7, 70000)
    checkpoint = signed(70000, log.root(0, 70000))
    valid = [(7, proof, checkpoint), (0, [], checkpoint), (70000, [], checkpoint), (64, extending(64, 65), signed(65, log.root(0, 65))),
             (1, [log.root(0, 1)] * 63, checkpoint), (7, [], signed(70000, log.root(0, 70000), "extension\n"))]
    good = request(7, proof, checkpoint)
    bad = [("nothing", ""), ("no old size", good.split("\n", 1)[1]), ("another word", good.replace("old 7", "Old 7")), ("two spaces", good.replace("old 7", "old  7")),
           ("a leading zero", good.replace("old 7", "old 07")), ("no digits", good.replace("old 7", "old ")), ("a negative size", good.replace("old 7", "old -7")),
           ("a size beyond 2^63 - 1", good.replace("old 7", f"old {2**63}")), ("a space behind the size", good.replace("old 7", "old 7 ")),
           ("a hash of 31 bytes", request(7, [proof[0][:31]], checkpoint)), ("a hash without padding", good.replace("=\n", "\n", 1)),
           ("sixty-four hashes", request(7, proof[:1] * 64, checkpoint)), ("no blank line", good.replace("\n\n", "\n", 1)), ("no checkpoint", request(7, proof, "")),
           ("carriage returns", good.replace("\n", "\r\n")), ("a checkpoint that is no note", request(7, proof, body(70000, log.root(0, 70000)))),
           ("a size with a leading zero in the checkpoint", request(7, proof, signed("070000", log.root(0, 70000)))),
           ("an unfinished last line", good[:-1]), ("a root of 31 bytes in the checkpoint", request(7, proof, signed(70000, log.root(0, 70000)[:31])))]
    for _, case in bad:
        assert refused(AddCheckpoint, case.encode()), case
    yield "witness/add-checkpoint.json", "Bodies of add-checkpoint that are well-formed, whether or not their proof holds; and bodies that are not, which are answered 400.", {
        "valid": [{"oldSize": str(old), "proof": [base64.b64encode(value).decode() for value in hashes], "checkpoint": text,
                   "body": request(old, hashes, text)} for old, hashes, text in valid],
        "invalid": [{"why": why, "body": case} for why, case in bad]}


def sequences(log, extending):
    other = "other.example/log"

    def grow(old, new, extension="", origin=ORIGIN):
        return request(old, extending(old, new), signed(new, log.root(0, new), extension, origin))

    forged = trees.leaf(b"another tree")
    unsigned = body(10, log.root(0, 10))
    bad_line = log_line(body(11, log.root(0, 11)))
    wrong = list(reversed(extending(5, 10)))
    cases = [
        ("A log grows", [grow(0, 5), grow(5, 5), grow(5, 10), grow(10, 70000), grow(70000, 70000)]),
        ("A first checkpoint needs no proof, and takes none", [request(0, [log.root(0, 1)], signed(5, log.root(0, 5))), grow(0, 5)]),
        ("The empty tree is a checkpoint like others", [grow(0, 0), grow(0, 0), grow(0, 5)]),
        ("An old size that the witness does not hold is answered with the one it holds", [grow(3, 5), grow(0, 5), grow(0, 10), grow(4, 10), grow(7, 10), grow(5, 10)]),
        ("A witness does not go back", [grow(0, 10), grow(5, 7), grow(10, 10), request(10, [], signed(7, log.root(0, 7))), grow(0, 7), grow(10, 12)]),
        ("Two trees of one size are not both cosigned", [grow(0, 10), request(10, [], signed(10, forged)), grow(10, 10)]),
        ("A proof that does not hold changes nothing", [grow(0, 5), request(5, wrong, signed(10, log.root(0, 10))), request(5, [], signed(10, log.root(0, 10))),
                                                       request(5, extending(5, 10)[:-1], signed(10, log.root(0, 10))), request(5, extending(5, 10), signed(10, forged)),
                                                       request(5, extending(5, 10) + [forged], signed(10, log.root(0, 10))), request(5, [forged], signed(5, log.root(0, 5))), grow(5, 10)]),
        ("Only the log's own signature counts", [request(0, [], note(unsigned, line("someone.example", bytes(68)))), request(0, [], note(unsigned, bad_line)),
                                                 request(0, [], note(unsigned, log_line(unsigned), bad_line)), request(0, [], note(unsigned, log_line(unsigned, other))),
                                                 request(0, [], note(unsigned, line("someone.example", bytes(68)), log_line(unsigned)))]),
        ("A log that is not configured is unknown, whatever it signs", [grow(0, 5, origin="unknown.example/log"), grow(0, 5)]),
        ("Logs are kept apart", [grow(0, 5), grow(0, 7, origin=other), grow(5, 10), grow(5, 10, origin=other), grow(7, 10, origin=other)]),
        ("Extension lines are cosigned with the rest", [grow(0, 5, "extension\n"), grow(5, 10)]),
        ("A request that is malformed changes nothing", [grow(0, 5), "old 5\n", grow(5, 10).replace("old 5", "old 05"), grow(5, 10)]),
    ]
    written = []
    for name, bodies in cases:
        witness, steps = Witness(vkey(ORIGIN), vkey(other)), []
        for data in bodies:
            status, size = witness.answer(data.encode())
            step = {"body": data, "status": status}
            if size is not None:
                step["size"] = str(size)
            if status == 200:
                step["line"] = witness_line(notes.Note(data.encode().partition(b"\n\n")[2]).text, WITNESS, TIME)
            steps.append(step)
        written.append({"name": name, "steps": steps})
    expected = [[200] * 5, [422, 200], [200] * 3, [409, 200, 409, 409, 409, 200], [200, 409, 200, 400, 409, 200], [200, 409, 200], [200] + [422] * 6 + [200],
                [403, 403, 403, 403, 200], [404, 200], [200, 200, 200, 409, 200], [200, 200], [200, 400, 400, 200]]
    assert [[step["status"] for step in case["steps"]] for case in written] == expected
    yield "witness/sequences.json", ("Requests to a fresh witness, one after the other. `status` is the answer's, `size` the body of a 409 without its newline (where none is given, the log has signed two trees of one size), and `line` the body of a 200 "
                                     "of a witness with this seed whose clock says `time`."), {
        "logs": [vkey(ORIGIN), vkey(other)], "witness": {"name": WITNESS, "seed": seed_of(WITNESS).hex(), "vkey": vkey(WITNESS, notes.COSIGNATURE)}, "time": str(TIME), "sequences": written}


def policies(log):
    text = body(70000, log.root(0, 70000))
    names = [f"witness.example/{n}" for n in ("one", "two", "three", "four", "five")]
    keys = {name[16:]: vkey(name, notes.COSIGNATURE) for name in names}
    witnesses = "".join(f"witness {short} {key}\n" for short, key in keys.items())
    start = f"log {vkey(ORIGIN)}\n{witnesses}"
    everyone = set(keys)
    valid = [
        ("no witness is needed", f"log {vkey(ORIGIN)}\nquorum none\n", [(set(), True)]),
        ("no log is named", f"{witnesses}quorum one\n", [({"one"}, True), ({"two"}, False)]),
        ("one witness", f"{start}quorum one\n", [({"one"}, True), (everyone, True), (set(), False), (everyone - {"one"}, False)]),
        ("any", f"{start}group g any one two\nquorum g\n", [({"one"}, True), ({"two"}, True), ({"three"}, False), (set(), False)]),
        ("all", f"{start}group g all one two\nquorum g\n", [({"one", "two"}, True), ({"one"}, False), ({"two", "three"}, False)]),
        ("two of three", f"{start}group g 2 one two three\nquorum g\n", [({"one", "three"}, True), ({"one", "two", "three"}, True), ({"three"}, False), ({"three", "four", "five"}, False)]),
        ("groups of groups", f"{start}group a 2 one two three\ngroup b any four five\ngroup both all a b\nquorum both\n",
         [({"one", "two", "four"}, True), ({"one", "two", "three"}, False), ({"four", "five", "one"}, False), (everyone, True)]),
        ("a group and a witness", f"{start}group a all one two\ngroup b any a three\nquorum b\n", [({"three"}, True), ({"one"}, False), ({"one", "two"}, True)]),
        ("a group that the quorum does not name", f"{start}group a all one two\nquorum three\n", [({"three"}, True), ({"one", "two"}, False)]),
        ("comments, empty lines, tabs and spaces", f"# who watches\n\n \t\n  # indented\n{start}\tgroup \t g  1\tone two \t\n quorum\tg  \n", [({"two"}, True), (set(), False)]),
        ("URLs", f"log {vkey(ORIGIN)} https://vectors.example/log\nwitness one {keys['one']} https://witness.example/one/\nquorum one\n", [({"one"}, True), (set(), False)]),
        ("names that are not ASCII", f"witness \u8bc1\u4eba {keys['one']}\nwitness \u212a {keys['two']}\nwitness K {keys['three']}\ngroup \u7ec4 all \u8bc1\u4eba \u212a\nquorum \u7ec4\n", [({"\u8bc1\u4eba", "\u212a"}, True), ({"\u8bc1\u4eba", "K"}, False)]),
        ("what follows the quorum counts", f"log {vkey(ORIGIN)}\nwitness one {keys['one']}\nquorum one\nwitness two {keys['two']}\n", [({"one"}, True), ({"two"}, False)]),
    ]
    one, two = keys["one"], keys["two"]
    renamed = vkey("witness.example/one", notes.COSIGNATURE).split("+")[2]
    again = f"again.example+{trees.sha256(b'again.example' + bytes([10]) + base64.b64decode(renamed))[:4].hex()}+{renamed}"
    bad = [
        ("no quorum", start), ("nothing", ""), ("two quorums", f"{start}quorum one\nquorum one\n"), ("an unknown quorum", f"{start}quorum six\n"), ("a quorum before its witness", f"quorum one\nwitness one {one}\n"),
        ("a group before its member", f"group g any one\nwitness one {one}\nquorum g\n"), ("a group that is its own member", f"{start}group g any one g\nquorum g\n"), ("none as a member", f"{start}group g any one none\nquorum g\n"),
        ("a group named none", f"{start}group none any one\nquorum none\n"), ("a witness named none", f"witness none {one}\nquorum none\n"), ("a group without members", f"{start}group g any\nquorum g\n"),
        ("a threshold of 0", f"{start}group g 0 one two\nquorum g\n"), ("a threshold above the members", f"{start}group g 3 one two\nquorum g\n"), ("a threshold that is no number", f"{start}group g most one two\nquorum g\n"),
        ("a member twice in one group", f"{start}group g 2 one one\nquorum g\n"), ("a member of two groups", f"{start}group a any one two\ngroup b any one three\nquorum a\n"),
        ("one name for two witnesses", f"witness one {one}\nwitness one {two}\nquorum one\n"), ("one name for a witness and a group", f"{start}group one any two\nquorum one\n"), ("one key for two witnesses", f"witness one {one}\nwitness two {one}\nquorum one\n"),
        ("one key under two names", f"witness one {one}\nwitness two {again}\nquorum one\n"), ("a log twice", f"log {vkey(ORIGIN)}\nlog {vkey(ORIGIN)}\nquorum none\n"), ("a witness whose key signs notes only", f"witness one {vkey('witness.example/one')}\nquorum one\n"), ("a log whose key is a witness's", f"log {one}\nquorum none\n"),
        ("a key that is none", f"witness one {one[:-2]}\nquorum one\n"), ("a key id of another key", f"log {vkey(ORIGIN).replace('+', '+00000000+', 1).rsplit('+', 2)[0]}+{vkey(ORIGIN).rsplit('+', 1)[1]}\nquorum none\n"),
        ("a witness without a key", "witness one\nquorum one\n"), ("a log without a key", "log\nquorum none\n"), ("a quorum of two names", f"{start}quorum one two\n"), ("an unknown line", f"{start}require one\nquorum one\n"), ("a capital letter", f"{start}Quorum one\n"),
        ("carriage returns", f"{start}quorum one\n".replace("\n", "\r\n")), ("a form feed", f"{start}\f\nquorum one\n"), ("a byte 0x7F", f"# \x7f\n{start}quorum one\n"), ("another white space than space and tab", f"{start}quorum\u00a0one\n"),
    ]
    for why, policy in bad:
        assert refused(notes.Policy, policy.encode()), why
    written = []
    for name, policy, checks in valid:
        parsed = notes.Policy(policy.encode())
        for cosigners, met in checks:
            who = sorted(key.name for short, key in parsed.witnesses.items() if short in cosigners) + sorted(f"witness.example/{c}" for c in cosigners if c not in parsed.witnesses)
            checkpoint = note(text, log_line(text), *[witness_line(text, witness, TIME) for witness in who])
            found = parsed.cosigners(notes.Note(checkpoint.encode()))
            assert found == cosigners & set(parsed.witnesses) and parsed.is_met(found) == met, (name, cosigners)
            written.append({"name": name, "policy": policy, "cosigners": sorted(found), "checkpoint": checkpoint, "met": met})
    early = witness_line(body(69999, log.root(0, 69999)), names[0], TIME)
    for name, lines in (("a cosignature of another checkpoint does not count", [early]), ("a cosignature by a key of no witness does not count", [witness_line(text, "witness.example/six", TIME)]),
                        ("two cosignatures of one witness count once", [witness_line(text, names[0], TIME), witness_line(text, names[0], TIME + 1)])):
        policy = f"{start}group g 2 one two three\nquorum g\n"
        checkpoint = note(text, log_line(text), *lines)
        parsed = notes.Policy(policy.encode())
        found = parsed.cosigners(notes.Note(checkpoint.encode()))
        assert not parsed.is_met(found)
        written.append({"name": name, "policy": policy, "cosigners": sorted(found), "checkpoint": checkpoint, "met": False})
    yield "policy/quorums.json", "Policies, and whether a checkpoint with these cosignatures meets their quorum. `cosigners` are the policy's witnesses whose cosignature verifies.", {"vkey": vkey(ORIGIN), "cases": written}
    yield "policy/invalid.json", "Texts that are no policy, and why.", {"cases": [{"why": why, "policy": policy} for why, policy in bad]}
