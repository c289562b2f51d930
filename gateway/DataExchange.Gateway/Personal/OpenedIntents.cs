using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Personal;

/// <summary>Reads what was asked about a person out of the access log, for callers who may know: the registers keep no number of anybody.</summary>
public sealed class OpenedIntents(RegionLogs logs)
{
    /// <summary>The question with this decision id; null where there is none, or it is about somebody else.</summary>
    public async ValueTask<OpenedIntent?> FindAsync(Subject person, long decision, CancellationToken cancellationToken)
    {
        if (decision < 0 || decision >= logs.Access.Latest.Size)
        {
            return null;
        }

        var entry = await logs.Access.ReadAsync(decision, 1, cancellationToken).SingleAsync(cancellationToken);
        if (!RecordSealer.TryOpen(person, entry, out var opened) || opened.Leaf.Kind != LeafKinds.AccessRequested)
        {
            return null;
        }

        var record = JsonElement.Parse(opened.Record.Span);
        var subject = record.GetProperty("subject");
        return new OpenedIntent(
            Text(record, "dataset"),
            record.TryGetProperty("consumer", out var consumer) ? consumer.GetString() : null,
            new SubjectRef(Text(subject, "scheme"), Text(subject, "value")));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

/// <summary>What an intent says.</summary>
/// <param name="Dataset">Code of the dataset.</param>
/// <param name="Consumer">Member code of the department that asked.</param>
/// <param name="Subject">Whom it asked about.</param>
public sealed record OpenedIntent(string Dataset, string? Consumer, SubjectRef Subject);
