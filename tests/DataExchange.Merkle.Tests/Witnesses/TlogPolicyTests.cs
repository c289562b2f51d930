using DataExchange.Merkle.Tests.Notes;

namespace DataExchange.Merkle.Tests.Witnesses;

public class TlogPolicyTests
{
    private static readonly NoteVerifier[] Witnesses =
        [.. Enumerable.Range(0, 6).Select(i => CheckpointCosigner.FromSeed($"w{i}.example", Seed(i)).Verifier)];

    private static readonly string TwoLevels = $"""
        # Two of the first three, and any of the others.
        log {Keys.Log.Verifier} https://log.example/

        witness X1 {Witnesses[0]} https://w0.example
        witness X2 {Witnesses[1]}
        witness X3 {Witnesses[2]}
        {"\t"}group X-witnesses 2   X1 X2 {"\t"} X3
        witness Y1 {Witnesses[3]}
        witness Y2 {Witnesses[4]}
        witness Y3 {Witnesses[5]}
        group Y-witnesses any Y1 Y2 Y3
        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    [Theory]
    [InlineData("", false)]
    [InlineData("X1 X2 X3", false)]
    [InlineData("X1 Y1 Y2 Y3", false)]
    [InlineData("X1 X3 Y2", true)]
    [InlineData("X1 X2 X3 Y1 Y2 Y3", true)]
    public void Groups_of_groups_count_their_members(string cosigners, bool met)
    {
        var policy = Parse(TwoLevels);
        Assert.Equal(met, policy.IsMetBy(witness => cosigners.Split(' ').Contains(witness.Name)));
    }

    [Fact]
    public void Logs_witnesses_and_text_are_kept()
    {
        var policy = Parse(TwoLevels);
        Assert.Equal(Keys.Log.Verifier.ToString(), Assert.Single(policy.Logs).Verifier.ToString());
        Assert.Equal("https://log.example/", policy.Logs[0].Url);
        Assert.Equal(["X1", "X2", "X3", "Y1", "Y2", "Y3"], policy.Witnesses.Select(witness => witness.Name));
        Assert.Equal(["https://w0.example", null], policy.Witnesses.Take(2).Select(witness => witness.Url));
        Assert.Equal("X-and-Y", policy.Quorum);
        Assert.Equal(TwoLevels, policy.ToString());
    }

    [Fact]
    public void One_witness_can_be_the_quorum_and_none_asks_for_nobody()
    {
        var one = Parse($"witness a {Witnesses[0]}\nquorum a");
        Assert.False(one.IsMetBy(_ => false));
        Assert.True(one.IsMetBy(_ => true));

        Assert.True(Parse("quorum none\n").IsMetBy(_ => false));
        Assert.Null(TlogPolicy.None.Quorum);
    }

    [Fact]
    public void A_note_meets_it_by_valid_cosignatures_only()
    {
        var checkpoint = new Checkpoint(Keys.Origin, 0, TreeHasher.EmptyRoot);
        var policy = Parse($"witness a {Witnesses[0]}\nwitness b {Witnesses[1]}\ngroup both all a b\nquorum both\n");
        using var a = CheckpointCosigner.FromSeed("w0.example", Seed(0));
        using var b = CheckpointCosigner.FromSeed("w1.example", Seed(1));
        var note = checkpoint.Sign(Keys.Log) + a.SignatureLine(checkpoint, 1_790_000_000);

        Assert.False(policy.IsMetBy(Note(note)));
        Assert.True(policy.IsMetBy(Note(note + b.SignatureLine(checkpoint, 1_790_000_001))));
        Assert.False(policy.IsMetBy(Note(note + b.SignatureLine(checkpoint with { Size = 1 }, 1_790_000_001))));
    }

    public static TheoryData<string> Faulty() =>
    [
        "",
        "# nothing\n",
        "quorum\n",
        "quorum a\n",
        "quorum none\nquorum none\n",
        "quorum none none\n",
        "Quorum none\n",
        "quorum none\r\n",
        "quorum none\u0000\n",
        "quorum none\u007f\n",
        "quorum\u00a0none\n",
        "quorum none\n\ud800",
        $"log {Witnesses[0]}\nquorum none\n",
        $"log {Keys.Log.Verifier} u v\nquorum none\n",
        $"log {Keys.Log.Verifier}\nlog {Keys.Log.Verifier}\nquorum none\n",
        $"witness a {Keys.Log.Verifier}\nquorum none\n",
        $"witness a\nquorum none\n",
        $"witness none {Witnesses[0]}\nquorum none\n",
        $"witness a {Witnesses[0]}\nwitness a {Witnesses[1]}\nquorum a\n",
        $"witness a {Witnesses[0]}\nwitness b {Renamed(0)}\nquorum a\n",
        $"quorum a\nwitness a {Witnesses[0]}\n",
        $"witness a {Witnesses[0]}\ngroup g 0 a\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g 2 a\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g 01 a\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g -1 a\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g most a\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g any\nquorum a\n",
        $"witness a {Witnesses[0]}\ngroup g any a a\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g any b\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g any g\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup g any none\nquorum g\n",
        $"witness a {Witnesses[0]}\ngroup a any a\nquorum a\n",
        $"witness a {Witnesses[0]}\ngroup none any a\nquorum a\n",
        $"witness a {Witnesses[0]}\ngroup g any a\ngroup h any a\nquorum h\n",
    ];

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_is_no_policy_is_refused_and_says_why(string text)
    {
        Assert.False(TlogPolicy.TryParse(text, out var policy, out var fault));
        Assert.Null(policy);
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Names_are_opaque()
    {
        var policy = Parse($"witness K {Witnesses[0]}\nwitness \u212a {Witnesses[1]}\nwitness k {Witnesses[2]}\nquorum \u212a\n");
        Assert.True(policy.IsMetBy(witness => witness.Name == "\u212a"));
        Assert.False(policy.IsMetBy(witness => witness.Name is "K" or "k"));
    }

    private static NoteVerifier Renamed(int seed) => CheckpointCosigner.FromSeed("other.example", Seed(seed)).Verifier;

    private static byte[] Seed(int i) => [.. Enumerable.Repeat((byte)(i + 1), 32)];

    private static SignedNote Note(string text) => SignedNote.TryParse(text, out var note) ? note : throw new FormatException(text);

    private static TlogPolicy Parse(string text) => TlogPolicy.TryParse(text, out var policy, out var fault) ? policy : throw new FormatException(fault);
}
