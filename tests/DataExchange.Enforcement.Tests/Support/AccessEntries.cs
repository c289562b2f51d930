using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>Reads the access log as the operator could.</summary>
internal static class AccessEntries
{
    /// <summary>Every entry about the subject, opened, in log order.</summary>
    public static async Task<List<AccessEntry>> EntriesOfAsync(this TestGateway gateway, SubjectRef reference)
    {
        var subject = await gateway.Vault.ResolveAsync(reference, CancellationToken.None);
        var entries = new List<AccessEntry>();
        await foreach (var entry in gateway.Logs.Access.ReadAsync(0, gateway.Logs.Access.Latest.Size, CancellationToken.None))
        {
            if (RecordSealer.TryOpen(subject, entry, out var opened))
            {
                entries.Add(new AccessEntry(entry.Index, opened.Leaf, opened.Record, JsonElement.Parse(opened.Record.Span)));
            }
        }

        return entries;
    }

    public static async Task<string[]> KindsOfAsync(this TestGateway gateway, SubjectRef reference) =>
        [.. (await gateway.EntriesOfAsync(reference)).Select(entry => entry.Leaf.Kind)];
}

internal sealed record AccessEntry(long Index, Leaf Leaf, ReadOnlyMemory<byte> Bytes, JsonElement Record);
