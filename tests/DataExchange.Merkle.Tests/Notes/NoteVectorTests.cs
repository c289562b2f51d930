namespace DataExchange.Merkle.Tests.Notes;

public class NoteVectorTests
{
    private readonly Vector _vector = Vectors.Read<Vector>("signed-note/example.json");

    [Fact]
    public void Note_of_another_implementation_verifies()
    {
        Assert.True(NoteVerifier.TryParse(_vector.Vkey, out var verifier));
        Assert.True(SignedNote.TryParse(_vector.Note, out var note));
        Assert.Equal(_vector.Text, note.Text);
        Assert.True(note.IsSignedBy(verifier));
    }

    [Fact]
    public void Vkey_of_another_implementation_is_written_the_same()
    {
        Assert.True(NoteVerifier.TryParse(_vector.Vkey, out var verifier));
        Assert.Equal(("example.com/foo", 0x530d903au, NoteKeyType.Ed25519), (verifier.Name, verifier.KeyId, verifier.Type));
        Assert.Equal(_vector.Vkey, verifier.ToString());
    }

    private sealed record Vector(string Vkey, string Text, string Note);
}
