namespace DataExchange.Merkle.Tests.Notes;

/// <summary>Fixed keys, so that a failure can be run again.</summary>
internal static class Keys
{
    public const string Origin = "demo.example/access";

    public static readonly NoteSigner Log = NoteSigner.FromSeed(Origin, Seed(1));

    public static readonly NoteSigner OtherLog = NoteSigner.FromSeed("demo.example/governance", Seed(2));

    public static readonly CheckpointCosigner Witness = CheckpointCosigner.FromSeed("witness.example/civil-affairs", Seed(3));

    public static byte[] Seed(byte fill) => [.. Enumerable.Repeat(fill, NoteSigner.SeedSize)];
}
