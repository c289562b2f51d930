namespace DataExchange.Merkle.Tests.Notes;

public class CosignatureTests
{
    private const long Time = 1_790_000_000;
    private static readonly Checkpoint Signed = new(Keys.Origin, 7, TreeHasher.Leaf("root"u8));

    [Fact]
    public void Witness_states_the_time_at_which_it_saw_the_checkpoint()
    {
        Assert.True(SignedNote.TryParse(Signed.Sign(Keys.Log) + Keys.Witness.SignatureLine(Signed, Time), out var note));
        Assert.True(note.IsSignedBy(Keys.Log.Verifier));
        Assert.True(note.IsSignedBy(Keys.Witness.Verifier));
        Assert.Equal(Time, note.CosignedAt(Keys.Witness.Verifier));
    }

    [Fact]
    public void Cosignature_covers_header_time_and_checkpoint_byte_for_byte()
    {
        var line = Keys.Witness.SignatureLine(Signed, Time);
        var bytes = Convert.FromBase64String(line.Split(' ')[2].Trim());
        Assert.Equal(4 + 8 + 64, bytes.Length);

        var message = $"cosignature/v1\ntime {Time}\n{Signed.ToText()}";
        var algorithm = NSec.Cryptography.SignatureAlgorithm.Ed25519;
        using var key = NSec.Cryptography.Key.Import(algorithm, Keys.Seed(3), NSec.Cryptography.KeyBlobFormat.RawPrivateKey);
        Assert.Equal(algorithm.Sign(key, System.Text.Encoding.UTF8.GetBytes(message)), bytes[12..]);
        Assert.Equal(Time, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(4)));
    }

    [Fact]
    public void Cosignature_with_another_time_or_of_another_checkpoint_does_not_verify()
    {
        var bytes = Convert.FromBase64String(Keys.Witness.SignatureLine(Signed, Time).Split(' ')[2].Trim());
        bytes[11] ^= 1;
        var retimed = $"\u2014 {Keys.Witness.Name} {Convert.ToBase64String(bytes)}\n";
        var elsewhere = Keys.Witness.SignatureLine(Signed with { Size = 8 }, Time);
        foreach (var line in new[] { retimed, elsewhere })
        {
            Assert.True(SignedNote.TryParse(Signed.Sign(Keys.Log) + line, out var note));
            Assert.False(note.IsSignedBy(Keys.Witness.Verifier));
            Assert.Null(note.CosignedAt(Keys.Witness.Verifier));
        }
    }

    [Fact]
    public void Log_signature_is_no_cosignature()
    {
        Assert.True(SignedNote.TryParse(Signed.Sign(Keys.Log), out var note));
        Assert.Null(note.CosignedAt(Keys.Log.Verifier));
        Assert.Null(note.CosignedAt(Keys.Witness.Verifier));
    }

    [Fact]
    public void Time_before_the_epoch_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Witness.SignatureLine(Signed, -1));
}
