using System.Text;

namespace DataExchange.TransparencyLog.Tests.Support;

internal static class Entries
{
    public static LogEntry Of(string text, long? pin = null, params StateChange[] changes) => new()
    {
        Leaf = Encoding.UTF8.GetBytes(text),
        Sealed = Encoding.UTF8.GetBytes($"sealed {text}"),
        Key = Encoding.UTF8.GetBytes($"key {text}"),
        PinnedSize = pin,
        Changes = changes,
    };

    public static string Text(this StoredEntry entry) => Encoding.UTF8.GetString(entry.Leaf.Span);

    public static StateChange Set(string register, string id, string value) => new(register, id, Encoding.UTF8.GetBytes(value));

    public static StateChange Remove(string register, string id) => new(register, id, null);

    public static ValueTask<AppendResult> AppendAsync(this ITransparencyLog log, string text, long? pin = null) =>
        log.AppendAsync(Of(text, pin), TestContext.Current.CancellationToken);

    /// <summary>Appends so many entries at once, so that they share batches.</summary>
    public static async Task<AppendResult[]> AppendManyAsync(this ITransparencyLog log, int count, string text = "entry") =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => log.AppendAsync($"{text} {i}").AsTask()));
}
