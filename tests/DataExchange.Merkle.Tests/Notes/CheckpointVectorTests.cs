using System.Globalization;

namespace DataExchange.Merkle.Tests.Notes;

/// <summary>Checkpoints, keys, cosignatures and proofs as another implementation made and judged them.</summary>
public class CheckpointVectorTests
{
    private static readonly CheckpointVectors Valid = Vectors.Read<CheckpointVectors>("checkpoint/valid.json");
    private static readonly InvalidVectors Invalid = Vectors.Read<InvalidVectors>("checkpoint/invalid.json");
    private static readonly KeyVectors Keys = Vectors.Read<KeyVectors>("checkpoint/vkeys.json");

    public static TheoryData<string> ValidNames => [.. Valid.Cases.Select(vector => vector.Name)];

    public static TheoryData<string> InvalidNames => [.. Invalid.Cases.Select(vector => vector.Why)];

    public static TheoryData<string> InvalidKeys => [.. Keys.Invalid.Select(vector => vector.Vkey)];

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void Checkpoint_opens(string name)
    {
        var vector = Valid.Cases.Single(v => v.Name == name);
        Assert.True(Checkpoint.TryOpen(vector.Note, Key(vector.Vkey), out var checkpoint));
        Assert.Equal((vector.Origin, vector.Size, vector.Root), (checkpoint.Origin, checkpoint.Size.ToString(CultureInfo.InvariantCulture), checkpoint.Root.ToString()));
        Assert.Equal(vector.Text, checkpoint.ToText());
    }

    [Fact]
    public void Checkpoint_with_extension_lines_is_taken_where_they_are_asked_for()
    {
        Assert.True(SignedNote.TryParse(Valid.Extended.Note, out var note));
        Assert.True(note.IsSignedBy(Key(Valid.Extended.Vkey)));
        Assert.True(Checkpoint.TryParseExtended(note.Text, out var checkpoint));
        Assert.Equal(Valid.Extended.Text, checkpoint.ToText());
        Assert.False(Checkpoint.TryOpen(Valid.Extended.Note, Key(Valid.Extended.Vkey), out _));
    }

    [Fact]
    public void Signature_is_the_known_one()
    {
        using var signer = NoteSigner.FromSeed(Valid.Cases[0].Origin, Convert.FromHexString(Valid.Seed));
        foreach (var vector in Valid.Cases.Where(v => v.Name.StartsWith("size ", StringComparison.Ordinal)))
        {
            Assert.True(Checkpoint.TryParse(vector.Text, out var checkpoint));
            Assert.Equal(vector.Note, checkpoint.Sign(signer));
        }
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void Anything_else_does_not_open(string why) =>
        Assert.False(Checkpoint.TryOpen(Invalid.Cases.Single(v => v.Why == why).Note, Key(Invalid.Vkey), out _));

    [Fact]
    public void Verifier_key_says_name_type_and_id()
    {
        foreach (var vector in Keys.Valid)
        {
            var key = Key(vector.Vkey);
            Assert.Equal((vector.Name, vector.Type, vector.Id), (key.Name, (int)key.Type, key.KeyId.ToString("x8", CultureInfo.InvariantCulture)));
            Assert.Equal(vector.Vkey, key.ToString());
            Assert.Equal(vector.Vkey, Made(vector));
        }
    }

    [Theory]
    [MemberData(nameof(InvalidKeys))]
    public void Text_that_is_no_verifier_key_is_refused(string vkey) => Assert.False(NoteVerifier.TryParse(vkey, out _));

    internal static NoteVerifier Key(string vkey)
    {
        Assert.True(NoteVerifier.TryParse(vkey, out var key));
        return key;
    }

    private static string Made(KeyVector vector)
    {
        var seed = Convert.FromHexString(vector.Seed);
        if (vector.Type == (int)NoteKeyType.Ed25519)
        {
            using var signer = NoteSigner.FromSeed(vector.Name, seed);
            return signer.Verifier.ToString();
        }

        using var cosigner = CheckpointCosigner.FromSeed(vector.Name, seed);
        return cosigner.Verifier.ToString();
    }

    private sealed record CheckpointVectors(string Seed, ExtendedVector Extended, CheckpointVector[] Cases);

    private sealed record ExtendedVector(string Note, string Vkey, string Text);

    private sealed record CheckpointVector(string Name, string Note, string Vkey, string Text, string Origin, string Size, string Root);

    private sealed record InvalidVectors(string Vkey, InvalidVector[] Cases);

    private sealed record InvalidVector(string Why, string Note);

    private sealed record KeyVectors(KeyVector[] Valid, InvalidKeyVector[] Invalid);

    private sealed record KeyVector(string Vkey, string Name, int Type, string Id, string Seed);

    private sealed record InvalidKeyVector(string Vkey, string Why);
}
