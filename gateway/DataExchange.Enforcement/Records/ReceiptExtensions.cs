using System.Text.Json;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Records;

/// <summary>Makes the typed receipt that a problem, or the answer to a command, carries.</summary>
internal static class ReceiptExtensions
{
    public static Receipt ToReceipt(this LoggedRecord logged) => logged.Entry.ToReceipt(logged.Origin, logged.Result, logged.Record.Span);

    /// <param name="entry">What was appended.</param>
    /// <param name="origin">To which log.</param>
    /// <param name="appended">What the append came to; committed.</param>
    /// <param name="record">The canonical JSON that the leaf commits to.</param>
    public static Receipt ToReceipt(this SealedEntry entry, string origin, AppendResult appended, ReadOnlySpan<byte> record) => new()
    {
        Log = origin,
        Index = appended.Index,
        Leaf = Convert.ToBase64String(entry.Leaf.Span),
        Opening = new Opening(Convert.ToBase64String(entry.OpeningKey.Span), JsonElement.Parse(record)),
        Proof = appended.Proof().ToText(),
    };

    /// <summary>The receipt of an open entry: the leaf holds the record itself, so there is nothing to open.</summary>
    public static Receipt ToOpenReceipt(this SealedEntry entry, string origin, AppendResult appended) => new()
    {
        Log = origin,
        Index = appended.Index,
        Leaf = Convert.ToBase64String(entry.Leaf.Span),
        Proof = appended.Proof().ToText(),
    };
}
