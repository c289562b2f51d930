using System.Globalization;

namespace DataExchange.Merkle.Tests.Notes;

/// <summary>Cosignatures as another implementation made and judged them.</summary>
public class CosignatureVectorTests
{
    private static readonly CosignatureVectors Known = Vectors.Read<CosignatureVectors>("cosignature/cosignatures.json");

    public static TheoryData<string> InvalidNames => [.. Known.Invalid.Select(vector => vector.Why)];

    [Fact]
    public void Cosignature_is_the_known_one()
    {
        var witness = CheckpointVectorTests.Key(Known.Vkey);
        using var cosigner = CheckpointCosigner.FromSeed(witness.Name, Convert.FromHexString(Known.Seed));
        foreach (var vector in Known.Valid)
        {
            var time = long.Parse(vector.Time, CultureInfo.InvariantCulture);
            Assert.True(Checkpoint.TryParseExtended(vector.Checkpoint, out var checkpoint));
            Assert.Equal(vector.Line, cosigner.SignatureLine(checkpoint, time));
            Assert.Equal(time, CosignedAt(vector.Checkpoint, vector.Line));
        }
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void Any_other_line_is_no_cosignature(string why) =>
        Assert.Null(CosignedAt(Known.Valid[0].Checkpoint, Known.Invalid.Single(v => v.Why == why).Line));

    private static long? CosignedAt(string checkpoint, string line)
    {
        Assert.True(SignedNote.TryParse($"{checkpoint}\n{line}", out var note));
        return note.CosignedAt(CheckpointVectorTests.Key(Known.Vkey));
    }

    private sealed record CosignatureVectors(string Seed, string Vkey, CosignatureVector[] Valid, InvalidVector[] Invalid);

    private sealed record CosignatureVector(string Checkpoint, string Time, string Line);

    private sealed record InvalidVector(string Why, string Line);
}
