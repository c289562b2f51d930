namespace DataExchange.Merkle.Tests.Notes;

public class NoteSignerTests
{
    [Fact]
    public void Seeds_are_fresh()
    {
        Assert.Equal(NoteSigner.SeedSize, NoteSigner.NewSeed().Length);
        Assert.NotEqual(NoteSigner.NewSeed(), NoteSigner.NewSeed());
    }

    // RFC 8032 §7.1, test 1.
    [Fact]
    public void Key_of_a_seed_is_that_of_RFC_8032()
    {
        var seed = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        using var signer = NoteSigner.FromSeed("a", seed);
        var material = Convert.FromBase64String(signer.Verifier.ToString().Split('+', 3)[2]);
        Assert.Equal("01d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", Convert.ToHexStringLower(material));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u00a0b")]
    [InlineData("a\u2003b")]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a+b")]
    public void Name_that_a_note_cannot_carry_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => NoteSigner.FromSeed(name, Keys.Seed(1)));
        Assert.Throws<ArgumentException>(() => CheckpointCosigner.FromSeed(name, Keys.Seed(1)));
    }

    // An attribute cannot carry half a surrogate pair: the compiler would store a replacement character.
    [Fact]
    public void Name_that_is_not_Unicode_is_refused() =>
        Assert.Throws<ArgumentException>(() => NoteSigner.FromSeed("a\ud800", Keys.Seed(1)));

    [Fact]
    public void Seed_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => NoteSigner.FromSeed("a", new byte[31]));
}
