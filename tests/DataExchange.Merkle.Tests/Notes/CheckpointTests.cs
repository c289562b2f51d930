using CsCheck;

namespace DataExchange.Merkle.Tests.Notes;

public class CheckpointTests
{
    private const string Root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Fact]
    public void Text_is_origin_size_and_root()
    {
        var checkpoint = new Checkpoint(Keys.Origin, 20852163, TreeHasher.EmptyRoot);
        Assert.Equal($"demo.example/access\n20852163\n{Root}\n", checkpoint.ToText());
    }

    [Fact]
    public void Every_signed_checkpoint_opens_with_its_key() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Byte.Array[32]).Sample(
            (size, root) =>
            {
                var checkpoint = new Checkpoint(Keys.Origin, size, new MerkleHash(root));
                Assert.True(Checkpoint.TryOpen(checkpoint.Sign(Keys.Log), Keys.Log.Verifier, out var opened));
                Assert.Equal(checkpoint, opened);
            });

    [Fact]
    public void Checkpoint_does_not_open_with_another_key() =>
        Assert.False(Checkpoint.TryOpen(new Checkpoint(Keys.Origin, 1, TreeHasher.EmptyRoot).Sign(Keys.Log), Keys.OtherLog.Verifier, out _));

    [Fact]
    public void Log_signs_for_its_own_origin_only()
    {
        var foreign = new Checkpoint("elsewhere.example/access", 1, TreeHasher.EmptyRoot);
        Assert.Throws<ArgumentException>(() => foreign.Sign(Keys.Log));

        var forged = $"{foreign.ToText()}\n{Keys.Log.SignatureLine(foreign.ToText())}";
        Assert.False(Checkpoint.TryOpen(forged, Keys.Log.Verifier, out _));
    }

    [Fact]
    public void Signed_note_that_is_no_checkpoint_does_not_open() =>
        Assert.False(Checkpoint.TryOpen($"hello\n\n{Keys.Log.SignatureLine("hello\n")}", Keys.Log.Verifier, out _));

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", true)]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("18446744073709551616", false)]
    [InlineData("00", false)]
    [InlineData("01", false)]
    [InlineData("-1", false)]
    [InlineData("+1", false)]
    [InlineData(" 1", false)]
    [InlineData("1 ", false)]
    [InlineData("1,000", false)]
    [InlineData("1e3", false)]
    [InlineData("", false)]
    [InlineData("\u0661", false)]
    public void Size_has_one_spelling(string size, bool accepted) =>
        Assert.Equal(accepted, Checkpoint.TryParse($"{Keys.Origin}\n{size}\n{Root}\n", out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n")]
    [InlineData("o\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\n\n")]
    [InlineData("o\n1\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n")]
    public void Malformed_and_extended_checkpoints_are_refused(string? text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Theory]
    [InlineData("", true)]
    [InlineData("one\n", true)]
    [InlineData("one\ntwo 2\n", true)]
    [InlineData("one", false)]
    [InlineData("\n", false)]
    [InlineData("one\n\n", false)]
    [InlineData("one\n\ntwo\n", false)]
    public void Extension_lines_are_kept_where_they_are_asked_for(string lines, bool accepted)
    {
        var text = new Checkpoint(Keys.Origin, 7, TreeHasher.EmptyRoot).ToText() + lines;
        Assert.Equal(accepted, Checkpoint.TryParseExtended(text, out var checkpoint));
        Assert.Equal(accepted ? text : null, checkpoint?.ToText());
        Assert.Equal(lines.Length == 0, Checkpoint.TryParse(text, out _));
    }
}
