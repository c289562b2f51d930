using System.Globalization;
using System.Text.Json.Serialization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Prove;

/// <summary>A proof, verified.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Index">The entry; null in a consistency proof.</param>
/// <param name="OldSize">The older size; null in an inclusion proof.</param>
/// <param name="Size">Entries under the checkpoint it holds at.</param>
/// <param name="Proof">The text.</param>
/// <param name="Summary">For people.</param>
internal sealed record ProveReport(string Origin, long? Index, long? OldSize, long Size, string Proof, [property: JsonIgnore] string Summary)
    : Report(true, FindingCode.Verified, Summary)
{
    /// <summary>Where it was written; null for the standard output.</summary>
    public string? File { get; init; }

    public override IEnumerable<(string Name, string Value)> Facts() =>
        [("checkpoint", string.Create(CultureInfo.InvariantCulture, $"{Origin}, {Size:N0} entries")), ("proof", File!)];

    public override string? Payload() => File is null ? Proof : null;
}
