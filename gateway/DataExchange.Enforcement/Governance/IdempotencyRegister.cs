using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Governance;

/// <summary>
/// Which idempotency keys were used for what, for a day. A key is written in the transaction of the event it led to, so there is no moment
/// in which one stands without the other. It is no part of the rules: nothing is decided by it, and it is not rebuilt from the log.
/// Used under the ledger's turn.
/// </summary>
internal sealed class IdempotencyRegister(IStateReader state)
{
    public const string Register = "idempotency";

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Removed with each new key, so that keys are forgotten faster than they are made and no commit has to remove many.</summary>
    private const int MaxForgotten = 2;

    private Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    /// <summary>The keys in the order of their times; a key that was used again when it was old stands here twice.</summary>
    private Queue<(string Key, long TimeMs)> _byTime = new();

    /// <summary>Reads every row anew: at a start, and when an event may have committed whose append was reported as failed.</summary>
    public async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        await foreach (var row in state.ReadAsync(Register, cancellationToken))
        {
            rows.Add(row.Id, JsonSerializer.Deserialize(row.Value.Span, IdempotencyJsonContext.Default.Row) ?? throw new JsonException("The row is null."));
        }

        _rows = rows;
        _byTime = new(rows.Select(row => (row.Key, row.Value.TimeMs)).OrderBy(row => row.TimeMs));
    }

    /// <summary>What a key was used for; null when it was not, or too long ago.</summary>
    public Row? Find(Idempotency idempotency, long nowMs) =>
        _rows.TryGetValue(idempotency.Key, out var row) && !IsOld(row.TimeMs, nowMs) ? row : null;

    /// <summary>What is to commit with the event: the new key, and old ones that go.</summary>
    public IEnumerable<StateChange> Changes(Idempotency idempotency, string? thing, long timeMs) =>
        Old(timeMs).Select(old => old.Key).Distinct(StringComparer.Ordinal).Where(key => key != idempotency.Key)
            .Select(key => new StateChange(Register, key, Value: null))
            .Append(new StateChange(
                Register, idempotency.Key, JsonSerializer.SerializeToUtf8Bytes(new Row(idempotency.Fingerprint, thing, timeMs), IdempotencyJsonContext.Default.Row)));

    /// <summary>What <see cref="Changes"/> gave has committed.</summary>
    public void Committed(Idempotency idempotency, string? thing, long timeMs)
    {
        for (var forgotten = Old(timeMs).Count(); forgotten > 0; forgotten--)
        {
            _rows.Remove(_byTime.Dequeue().Key);
        }

        _rows[idempotency.Key] = new Row(idempotency.Fingerprint, thing, timeMs);
        _byTime.Enqueue((idempotency.Key, timeMs));
    }

    private IEnumerable<(string Key, long TimeMs)> Old(long nowMs) => _byTime.Take(MaxForgotten).TakeWhile(key => IsOld(key.TimeMs, nowMs));

    private static bool IsOld(long timeMs, long nowMs) => nowMs - timeMs > Kept.TotalMilliseconds;

    /// <param name="Fingerprint">Digest of the request.</param>
    /// <param name="Thing">Code or id of what it made.</param>
    /// <param name="TimeMs">When, milliseconds since the Unix epoch.</param>
    internal sealed record Row(string Fingerprint, string? Thing, long TimeMs);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IdempotencyRegister.Row), TypeInfoPropertyName = "Row")]
internal sealed partial class IdempotencyJsonContext : JsonSerializerContext;
