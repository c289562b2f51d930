using System.Text.Json;

namespace DataExchange.Cli.Signing;

/// <summary>What is to be signed.</summary>
/// <param name="Verb">What is done: a name of <see cref="Contracts.Signatures.SignedStatement"/>.</param>
/// <param name="Thing">To which thing: <c>{id}</c> or <c>{id}@{version}</c>.</param>
/// <param name="Document">The document as it was written.</param>
/// <param name="Summary">What it is, for people: name and value.</param>
internal sealed record SigningOrder(string Verb, string Thing, JsonElement Document, IReadOnlyList<(string Name, string Value)> Summary)
{
    /// <summary>The signer's reason, where it is signed with it.</summary>
    public string? Reason { get; init; }
}

/// <summary>Header of a compact JWS.</summary>
internal sealed record JwsHeader(string Alg, string Kid);
