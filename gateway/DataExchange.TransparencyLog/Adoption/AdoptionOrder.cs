using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.TransparencyLog.Adoption;

/// <summary>What <c>dx log adopt</c> leaves for the next start. It says what it expects to find, and is carried out on nothing else.</summary>
/// <param name="Id">32 lower-case hexadecimal digits, random: the order is carried out once.</param>
/// <param name="Logs">Which logs.</param>
internal sealed record AdoptionOrder(string Id, IReadOnlyList<OrderedLog> Logs)
{
    private const int MaxReason = 500;
    private const int IdLength = 32;
    private const int MaxKnown = 32_768; // Characters of all notes: one leaf holds them, with everything else.

    /// <summary>Why, in the operator's words; null for none.</summary>
    public string? Reason { get; init; }

    /// <exception cref="AdoptionRefusedException">The text is no order.</exception>
    public static AdoptionOrder Parse(string text)
    {
        try
        {
            var order = JsonSerializer.Deserialize(text, AdoptionJsonContext.Default.AdoptionOrder);
            return order?.WhyNot() is null && order is not null ? order : throw AdoptionRefusedException.Because(order?.WhyNot() ?? "it is empty.");
        }
        catch (JsonException exception)
        {
            throw AdoptionRefusedException.Because($"it cannot be read: {exception.Message}", exception);
        }
    }

    private string? WhyNot()
    {
        var names = Logs.Select(log => log.Log).ToArray();
        return Id.Length != IdLength || !Id.All(char.IsAsciiHexDigitLower) ? "its id is not 32 hexadecimal digits."
            : Reason is { Length: > MaxReason } ? $"its reason is longer than {MaxReason} characters."
            : Logs.Any(log => log.Known.Sum(note => note.Length) > MaxKnown) ? $"it shows more than {MaxKnown} characters of checkpoints for one log."
            : names.Length == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Length || names.Except([LogNames.Access, LogNames.Governance]).Any()
                ? "it does not name the logs access and governance once each, or access alone."

            // Pins in the access log are sizes of the governance log: they would point at other entries.
            : !names.Contains(LogNames.Access) ? "it retires governance and leaves access, whose entries refer to it."
            : null;
    }
}

/// <summary>One log of an order, as the operator saw it.</summary>
/// <param name="Log">One of <see cref="LogNames"/>.</param>
/// <param name="Origin">The origin to retire.</param>
/// <param name="Vkey">Its verifier key.</param>
/// <param name="Size">Entries that are stored.</param>
/// <param name="Root">Root over them, base64.</param>
/// <param name="Known">Checkpoint notes that the key has signed, and that are not of what is stored.</param>
internal sealed record OrderedLog(string Log, string Origin, string Vkey, long Size, string Root, IReadOnlyList<string> Known);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdoptionOrder))]
internal sealed partial class AdoptionJsonContext : JsonSerializerContext;
