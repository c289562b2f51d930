namespace DataExchange.Contracts.Tests.Log;

/// <summary>A line of <c>vectors/leaf/sealed.json</c>; bytes are hexadecimal.</summary>
public sealed record SealedLeafVector(
    string Name, string Kind, long TimeMs, string Token, string Yyyymm, string Tag, string OpeningKey, string Record, string Commitment,
    string Leaf, string LeafHash);

/// <summary>A line of <c>vectors/leaf/open.json</c>; bytes are hexadecimal.</summary>
public sealed record OpenLeafVector(string Name, string Kind, long TimeMs, string Record, string Leaf, string LeafHash);

/// <summary>A line of <c>vectors/leaf/invalid.json</c>.</summary>
public sealed record InvalidLeafVector(string Why, string Leaf);
