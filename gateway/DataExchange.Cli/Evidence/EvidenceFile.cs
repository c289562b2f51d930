using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Cases;

namespace DataExchange.Cli.Evidence;

/// <summary>What a user has at hand: the pack, and, where it was kept, the answer of the gathering.</summary>
internal static class EvidenceFile
{
    /// <exception cref="FindingException">It is no evidence pack.</exception>
    public static EvidencePack Read(string file, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ContractsJsonContext.Default.EvidencePack) is { Format: EvidencePack.Format1 } pack
                ? pack
                : throw Unreadable(file, $"its format is not {EvidencePack.Format1}.");
        }
        catch (JsonException exception)
        {
            throw Unreadable(file, exception.Message, exception);
        }
    }

    /// <summary>The records of a gathering, by need.</summary>
    /// <exception cref="FindingException">It is no answer of one.</exception>
    public static IReadOnlyDictionary<string, JsonElement> ReadRecords(string file, byte[] json)
    {
        try
        {
            var gathered = JsonSerializer.Deserialize(json, ContractsJsonContext.Default.CaseGathered) ?? throw Unreadable(file, "it is null.");
            return gathered.Needs.Where(need => need.Answer is not null).ToDictionary(need => need.Need, need => need.Answer!.Record, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw Unreadable(file, exception.Message, exception);
        }
    }

    private static FindingException Unreadable(string file, string detail, Exception? cause = null) =>
        FindingException.CannotTell(FindingCode.InputUnreadable, $"{file} cannot be read as what it should be: {detail}", cause);
}
