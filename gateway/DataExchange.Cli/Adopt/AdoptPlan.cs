using System.Text.Json.Serialization;
using DataExchange.Cli.DataFolders;

namespace DataExchange.Cli.Adopt;

/// <summary>What happens to one log.</summary>
/// <param name="Log">One of <see cref="LogName"/>.</param>
/// <param name="Origin">The origin that is retired.</param>
/// <param name="Vkey">Its verifier key.</param>
/// <param name="Size">Entries that are stored.</param>
/// <param name="Root">Root over them, base64.</param>
/// <param name="Lost">Entries that are known to be lost: the largest checkpoint that is known has so many more. 0 where it is another history, or the log is retired along with the other.</param>
/// <param name="NextOrigin">The origin of the log that takes its place.</param>
/// <param name="KeyFile">Its key, which the next start makes.</param>
/// <param name="Carried">How many entries go on in it.</param>
internal sealed record AdoptPlan(string Log, string Origin, string Vkey, long Size, string Root, long Lost, string NextOrigin, string KeyFile, long Carried)
{
    /// <summary>The notes that say so.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Known { get; init; } = [];

    public static AdoptPlan Of(StoredLog log, IReadOnlyList<KnownNote> known)
    {
        var origin = log.Key.Name;
        var label = RetiredLog.LabelOf(log.Log, log.Generation + 1);
        var largest = known.Select(one => one.Checkpoint.Size).DefaultIfEmpty().Max();
        return new AdoptPlan(
            log.Log, origin, log.Key.ToString(), log.Head.Size, log.Head.Root().ToString(), Math.Max(0, largest - log.Head.Size),
            $"{origin[..origin.LastIndexOf('/')]}/{label}", $"{label}.key", log.Log == LogName.Governance ? log.Head.Size : 0)
        {
            Known = [.. known.Select(one => one.Note)],
        };
    }
}
