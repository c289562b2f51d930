using System.Text;
using DataExchange.Merkle.Tests.Notes;
using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests.Witnesses;

public class WitnessRuleTests
{
    private const int Most = 20;
    private static readonly byte[][] Entries = NaiveTree.Entries(Most);
    private static readonly NoteSigner NewKey = NoteSigner.FromSeed(Keys.Origin, Keys.Seed(9));
    private static readonly Dictionary<string, IReadOnlyList<NoteVerifier>> Logs = new() { [Keys.Origin] = [Keys.Log.Verifier, NewKey.Verifier] };

    [Fact]
    public void Every_extension_is_cosigned_and_no_other_old_size_is()
    {
        for (var recorded = 0; recorded <= Most; recorded++)
        {
            for (var size = recorded; size <= Most; size++)
            {
                Assert.Equal(WitnessOutcome.Cosign, WitnessRule.Decide(Submit(recorded, size), Recorded(recorded)));
                for (var other = 0; other <= Most; other++)
                {
                    if (other != recorded)
                    {
                        Assert.Equal(WitnessOutcome.SizeConflict, WitnessRule.Decide(Submit(recorded, size), Recorded(other)));
                    }
                }
            }
        }
    }

    [Fact]
    public void Nothing_recorded_counts_as_the_empty_tree()
    {
        Assert.Equal(WitnessOutcome.Cosign, WitnessRule.Decide(Submit(0, 5), null));
        Assert.Equal(WitnessOutcome.Cosign, WitnessRule.Decide(Submit(0, 0), null));
        Assert.Equal(WitnessOutcome.SizeConflict, WitnessRule.Decide(Submit(3, 5), null));
        Assert.Equal(WitnessOutcome.RootConflict, WitnessRule.Decide(Submit(0, 0, root: TreeHasher.Leaf("x"u8)), null));
    }

    [Fact]
    public void Proof_of_another_tree_is_not_consistent()
    {
        Assert.Equal(WitnessOutcome.NotConsistent, WitnessRule.Decide(Submit(5, 9, root: TreeHasher.Leaf("x"u8)), Recorded(5)));
        Assert.Equal(WitnessOutcome.NotConsistent, WitnessRule.Decide(Submit(5, 9, proof: NaiveTree.Proof(6, Entries.AsSpan(0, 9))), Recorded(5)));
        Assert.Equal(WitnessOutcome.NotConsistent, WitnessRule.Decide(Submit(5, 9, proof: []), Recorded(5)));
    }

    [Fact]
    public void Proof_is_empty_from_nothing_and_to_the_same_size()
    {
        MerkleHash[] hash = [TreeHasher.EmptyRoot];
        Assert.Equal(WitnessOutcome.NotConsistent, WitnessRule.Decide(Submit(0, 5, proof: hash), null));
        Assert.Equal(WitnessOutcome.NotConsistent, WitnessRule.Decide(Submit(5, 5, proof: hash), Recorded(5)));
    }

    [Fact]
    public void Second_root_of_one_size_is_a_conflict() =>
        Assert.Equal(WitnessOutcome.RootConflict, WitnessRule.Decide(Submit(5, 5, root: TreeHasher.Leaf("x"u8)), Recorded(5)));

    [Fact]
    public void Second_root_is_one_whatever_old_size_and_proof_it_comes_with()
    {
        Assert.True(WitnessRule.IsSecondRoot(Recorded(5) with { Root = TreeHasher.Leaf("x"u8) }, Recorded(5)));
        Assert.True(WitnessRule.IsSecondRoot(Recorded(0) with { Root = TreeHasher.Leaf("x"u8) }, null));
        Assert.False(WitnessRule.IsSecondRoot(Recorded(5), Recorded(5)));
        Assert.False(WitnessRule.IsSecondRoot(Recorded(5) with { Root = TreeHasher.Leaf("x"u8) }, Recorded(4)));
        Assert.False(WitnessRule.IsSecondRoot(Recorded(5), null));
    }

    [Fact]
    public void Old_size_larger_than_the_new_is_refused() => Assert.Equal(WitnessOutcome.OldSizeTooLarge, Refusal("old 6\n\n" + Note(5)));

    [Fact]
    public void Origin_is_asked_for_before_the_signature()
    {
        var elsewhere = new Checkpoint(Keys.OtherLog.Name, 5, TreeHasher.EmptyRoot).Sign(Keys.OtherLog);
        Assert.Equal(WitnessOutcome.UnknownOrigin, Refusal("old 6\n\n" + elsewhere));
        Assert.Equal(WitnessOutcome.NotSigned, Refusal("old 6\n\n" + Text(5) + "\n" + Keys.OtherLog.SignatureLine(Text(5))));
    }

    [Fact]
    public void Any_trusted_key_will_do_and_none_may_be_false()
    {
        var (good, other, stranger) = (Keys.Log.SignatureLine(Text(5)), NewKey.SignatureLine(Text(5)), Keys.OtherLog.SignatureLine(Text(5)));
        var forged = NewKey.SignatureLine(Text(6));

        Assert.Equal($"{Text(5)}\n{good}", Examine($"old 0\n\n{Text(5)}\n{stranger}{good}").Note);
        Assert.Equal($"{Text(5)}\n{other}", Examine($"old 0\n\n{Text(5)}\n{other}").Note);
        Assert.Equal($"{Text(5)}\n{good}{other}", Examine($"old 0\n\n{Text(5)}\n{other}{good}").Note);
        Assert.Equal($"{Text(5)}\n{good}", Examine($"old 0\n\n{Text(5)}\n{string.Concat(Enumerable.Repeat(good, SignedNote.MaxSignatures))}").Note);
        Assert.Equal(WitnessOutcome.NotSigned, Refusal($"old 0\n\n{Text(5)}\n{good}{forged}"));
        Assert.Equal(WitnessOutcome.NotSigned, Refusal($"old 0\n\n{Text(5)}\n{stranger}"));
    }

    [Fact]
    public void Extension_lines_are_cosigned_with_the_rest()
    {
        var text = Text(5) + "built 2026\n";
        var submission = Examine($"old 0\n\n{text}\n{Keys.Log.SignatureLine(text)}");
        Assert.True(SignedNote.TryParse(submission.Note + Keys.Witness.SignatureLine(submission.Checkpoint, 1), out var note));
        Assert.Equal(text, note.Text);
        Assert.Equal(1, note.CosignedAt(Keys.Witness.Verifier));
    }

    [Fact]
    public void What_is_no_request_is_malformed() => Assert.Equal(WitnessOutcome.Malformed, Refusal("old 0\n" + Note(5)));

    private static WitnessOutcome Refusal(string body)
    {
        Assert.False(WitnessRule.TryExamine(Encoding.UTF8.GetBytes(body), Logs, out var submission, out var refusal));
        Assert.Null(submission);
        return refusal;
    }

    private static WitnessSubmission Examine(string body)
    {
        Assert.True(WitnessRule.TryExamine(Encoding.UTF8.GetBytes(body), Logs, out var submission, out _));
        return submission;
    }

    private static WitnessSubmission Submit(int oldSize, int size, MerkleHash? root = null, MerkleHash[]? proof = null)
    {
        var checkpoint = new Checkpoint(Keys.Origin, size, root ?? Recorded(size).Root);
        proof ??= oldSize == 0 ? [] : NaiveTree.Proof(oldSize, Entries.AsSpan(0, size));
        return Examine(new AddCheckpointRequest(oldSize, proof, checkpoint.Sign(Keys.Log)).ToText());
    }

    private static Checkpoint Recorded(int size) => new(Keys.Origin, size, NaiveTree.Root(Entries.AsSpan(0, size)));

    private static string Text(int size) => Recorded(size).ToText();

    private static string Note(int size) => Recorded(size).Sign(Keys.Log);
}
