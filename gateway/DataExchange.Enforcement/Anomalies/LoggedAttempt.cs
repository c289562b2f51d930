using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Enforcement.Anomalies;

/// <summary>An official's attempt as an opened entry of the access log tells it.</summary>
internal readonly record struct LoggedAttempt(Official Official, long TimeMs)
{
    /// <summary>Null for an outcome, for what was refused only after an intent, and for a system without a user.</summary>
    public static LoggedAttempt? Read(OpenedRecord opened)
    {
        if (opened.Leaf.Kind is not (LeafKinds.AccessRequested or LeafKinds.AccessRefused))
        {
            return null;
        }

        var record = JsonElement.Parse(opened.Record.Span);
        var actor = record.GetProperty("request").GetProperty("actor");
        return record.TryGetProperty("intent", out _) || !actor.TryGetProperty("userId", out var user)
            ? null
            : new LoggedAttempt(new Official(actor.GetProperty("clientId").GetString()!, user.GetString()!), record.GetProperty("decided").GetInt64());
    }
}
