namespace DataExchange.Merkle.Tests.Notes;

public class NoteVerifierTests
{
    private const string Vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    [Fact]
    public void Every_vkey_we_write_is_read_again()
    {
        foreach (var verifier in new[] { Keys.Log.Verifier, Keys.Witness.Verifier })
        {
            Assert.True(NoteVerifier.TryParse(verifier.ToString(), out var parsed));
            Assert.Equal(verifier.ToString(), parsed.ToString());
            Assert.Equal((verifier.Name, verifier.KeyId, verifier.Type), (parsed.Name, parsed.KeyId, parsed.Type));
        }
    }

    [Fact]
    public void Name_and_type_are_part_of_the_key_id()
    {
        var seed = Keys.Seed(9);
        using var log = NoteSigner.FromSeed("one.example", seed);
        using var renamed = NoteSigner.FromSeed("two.example", seed);
        using var witness = CheckpointCosigner.FromSeed("one.example", seed);
        Assert.Equal(3, new[] { log.Verifier.KeyId, renamed.Verifier.KeyId, witness.Verifier.KeyId }.Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("++")]
    [InlineData("example.com/foo")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("example.com/foo+530d903a+")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2l")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ")]
    [InlineData(" example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==")]
    public void Anything_else_is_refused(string? vkey)
    {
        Assert.True(NoteVerifier.TryParse(Vkey, out _));
        Assert.False(NoteVerifier.TryParse(vkey, out _));
    }
}
