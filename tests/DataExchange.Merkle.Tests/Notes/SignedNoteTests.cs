using System.Text;
using CsCheck;

namespace DataExchange.Merkle.Tests.Notes;

public class SignedNoteTests
{
    private const string Text = "line one\n\nline three\n";
    private static readonly string LogLine = Keys.Log.SignatureLine(Text);
    private static readonly string Note = $"{Text}\n{LogLine}";

    [Fact]
    public void Note_is_split_at_its_last_empty_line()
    {
        Assert.True(SignedNote.TryParse(Note, out var note));
        Assert.Equal(Text, note.Text);
        Assert.Equal(Note, note.ToString());
        Assert.True(note.IsSignedBy(Keys.Log.Verifier));
        Assert.False(note.IsSignedBy(Keys.OtherLog.Verifier));
    }

    [Fact]
    public void Note_is_read_from_UTF_8_and_from_nothing_else()
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(Note), out var note));
        Assert.True(note.IsSignedBy(Keys.Log.Verifier));
        Assert.False(SignedNote.TryParse([0xff, .. Encoding.UTF8.GetBytes(Note)], out _));
        Assert.False(SignedNote.TryParse("\ud800" + Note, out _));
    }

    [Fact]
    public void Flipping_any_bit_breaks_the_note() =>
        Gen.Select(Gen.Int[0, Encoding.UTF8.GetByteCount(Note) - 1], Gen.Int[0, 7]).Sample(
            (place, bit) =>
            {
                var bytes = Encoding.UTF8.GetBytes(Note);
                bytes[place] ^= (byte)(1 << bit);
                Assert.False(SignedNote.TryParse(bytes, out var note) && note.IsSignedBy(Keys.Log.Verifier));
            },
            iter: 500);

    [Fact]
    public void Signatures_by_unknown_keys_are_ignored()
    {
        var unknownType = "\u2014 demo.example/access " + Convert.ToBase64String(new byte[2424]) + "\n";
        Assert.True(SignedNote.TryParse($"{Text}\n{unknownType}{Keys.OtherLog.SignatureLine("other text\n")}{LogLine}", out var note));
        Assert.True(note.IsSignedBy(Keys.Log.Verifier));
    }

    [Theory]
    [InlineData(300, "a")]
    [InlineData(1, "\u007f")]
    [InlineData(1, "\u009b")]
    public void Unknown_key_may_have_a_name_that_none_of_ours_could_have(int count, string part)
    {
        var name = string.Concat(Enumerable.Repeat(part, count));
        Assert.Throws<ArgumentException>(() => NoteSigner.FromSeed(name, Keys.Seed(7)));
        Assert.True(SignedNote.TryParse($"{Text}\n\u2014 {name} AAAAAAA=\n{LogLine}", out var note));
        Assert.True(note.IsSignedBy(Keys.Log.Verifier));
    }

    [Fact]
    public void Key_that_shares_only_the_name_is_another_key()
    {
        using var impostor = NoteSigner.FromSeed(Keys.Origin, Keys.Seed(7));
        Assert.True(SignedNote.TryParse($"{Text}\n{impostor.SignatureLine(Text)}", out var note));
        Assert.False(note.IsSignedBy(Keys.Log.Verifier));
    }

    [Fact]
    public void One_bad_signature_by_the_key_spoils_its_good_one()
    {
        Assert.True(SignedNote.TryParse($"{Text}\n{LogLine}{Keys.Log.SignatureLine("something else\n")}", out var note));
        Assert.False(note.IsSignedBy(Keys.Log.Verifier));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(SignedNote.MaxSignatures)]
    public void Many_signatures_are_taken(int count) =>
        Assert.True(SignedNote.TryParse(Text + "\n" + string.Concat(Enumerable.Repeat(LogLine, count)), out _));

    [Fact]
    public void Too_many_signatures_and_too_long_notes_are_refused()
    {
        Assert.False(SignedNote.TryParse(Text + "\n" + string.Concat(Enumerable.Repeat(LogLine, SignedNote.MaxSignatures + 1)), out _));
        Assert.False(SignedNote.TryParse(new string('a', SignedNote.MaxLength) + "\n\n" + LogLine, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("{line}")]
    [InlineData("\n{line}")]
    [InlineData("text\n{line}")]
    [InlineData("text\n\n{line}\n")]
    [InlineData("text\n\n{line}trailing")]
    [InlineData("text\n\n{line}trailing\n")]
    [InlineData("te\txt\n\n{line}")]
    [InlineData("te\rxt\n\n{line}")]
    [InlineData("te\0xt\n\n{line}")]
    [InlineData("text\n\n- demo.example/access AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 demo.example/access\n")]
    [InlineData("text\n\n\u2014 demo.example/access \n")]
    [InlineData("text\n\n\u2014  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a+b AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a\u00a0b AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 demo.example/access AAAAAA==\n")]
    [InlineData("text\n\n\u2014 demo.example/access AAAAAAB=\n")]
    [InlineData("text\n\n\u2014 demo.example/access AAAAAAA\n")]
    [InlineData("text\n\n\u2014 demo.example/access AAAAAAA= \n")]
    [InlineData("text\n\n\u2014 demo.example/access AAAAAAA=")]
    public void Malformed_notes_are_refused(string template) =>
        Assert.False(SignedNote.TryParse(template.Replace("{line}", LogLine, StringComparison.Ordinal), out _));
}
