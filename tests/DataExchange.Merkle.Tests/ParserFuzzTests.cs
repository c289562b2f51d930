using System.Text;
using CsCheck;
using DataExchange.Merkle.Tests.Notes;
using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests;

/// <summary>No input makes a parser throw, and what a parser accepts is the one spelling of what it read.</summary>
public class ParserFuzzTests
{
    private const int Iterations = 20_000;
    private static readonly TreeExtension Tree = CompactRange.Empty.Extend(NaiveTree.LeafHashes(5));
    private static readonly Checkpoint Checkpoint = new(Keys.Origin, 5, Tree.After.Root());
    private static readonly string Note = Checkpoint.Sign(Keys.Log) + Keys.Witness.SignatureLine(Checkpoint, 1_790_000_000);

    [Fact]
    public void Tile_path() => Fuzz(
        ["tile/0/x001/234.p/5", "tile/entries/x999/x000/001", "tile/63/000"],
        text => TileId.TryParse(text, out var tile) ? tile.ToPath() : null);

    [Fact]
    public void Hash() => Fuzz([TreeHasher.EmptyRoot.ToString()], text => MerkleHash.TryParse(text, out var hash) ? hash.ToString() : null);

    [Fact]
    public void Vkey() => Fuzz(
        [Keys.Log.Verifier.ToString(), Keys.Witness.Verifier.ToString()],
        text => NoteVerifier.TryParse(text, out var verifier) ? verifier.ToString() : null);

    [Fact]
    public void Checkpoint_text() => Fuzz([Checkpoint.ToText()], text => Checkpoint.TryParse(text, out var read) ? read.ToText() : null);

    [Fact]
    public void Signed_note() => Fuzz([Note], text =>
    {
        if (!SignedNote.TryParse(text, out var note))
        {
            return null;
        }

        // Whatever parses can be checked without an exception, too.
        _ = note.IsSignedBy(Keys.Log.Verifier);
        _ = note.CosignedAt(Keys.Witness.Verifier);
        return note.ToString();
    });

    [Fact]
    public void Tlog_proof() => Fuzz([new TlogProof(3, Tree.InclusionProof(3), Note) { Extra = new byte[] { 1 } }.ToText()], text =>
    {
        if (!TlogProof.TryParse(text, out var proof))
        {
            return null;
        }

        _ = proof.Verify(TreeHasher.EmptyRoot, Keys.Log.Verifier, out _);
        return proof.ToText();
    });

    [Fact]
    public void Add_checkpoint_request() => Fuzz(
        [new AddCheckpointRequest(3, [Tree.After.Root(), Tree.InclusionProof(3)[0]], Note).ToText(), new AddCheckpointRequest(0, [], Note).ToText()],
        text => AddCheckpointRequest.TryParse(text, out var request) ? request.ToText() : null);

    [Fact]
    public void Note_bytes() =>
        Gen.Byte.Array[0, 200].Sample(bytes => { _ = SignedNote.TryParse([.. bytes, .. Encoding.UTF8.GetBytes(Note)], out _); }, iter: 2000);

    [Fact]
    public void Entry_bundle() =>
        Gen.Byte.Array[0, 2000].Sample(
            bytes =>
            {
                try
                {
                    var entries = EntryBundle.Split(bytes);
                    Assert.Equal(bytes.Length, entries.Sum(e => 2 + e.Length));
                }
                catch (FormatException)
                {
                }
            },
            iter: 5000);

    /// <summary>Noise, and samples with some characters replaced, removed or repeated.</summary>
    private static void Fuzz(string[] samples, Func<string, string?> parse)
    {
        foreach (var sample in samples)
        {
            Assert.Equal(sample, parse(sample));
        }

        char[] telling = [.. string.Concat(samples).Distinct(), '\n', ' ', '0', 'x', '\u2014', '\u0661', '\ud800'];
        var alphabet = Gen.Bool.SelectMany(any => any ? Gen.Char : Gen.OneOf(telling));
        var noise = Gen.String[alphabet, 0, 80];
        var mutated =
            from sample in Gen.OneOf(samples)
            from start in Gen.Int[0, sample.Length]
            from removed in Gen.Int[0, Math.Min(3, sample.Length - start)]
            from inserted in Gen.String[alphabet, 0, 3]
            select string.Concat(sample.AsSpan(0, start), inserted, sample.AsSpan(start + removed));
        Gen.Int[0, 4].SelectMany(i => i == 0 ? noise : mutated).Sample(
            text =>
            {
                if (parse(text) is { } again)
                {
                    Assert.Equal(text, again);
                }
            },
            iter: Iterations);
    }
}
