using System.Text.Json;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Agreements;

/// <summary>An agreement as its author wrote it: those words are what the parties sign.</summary>
public static class AgreementDocument
{
    /// <summary>Reads it, or says what is wrong with it.</summary>
    public static (SharingAgreement? Agreement, IReadOnlyList<FoundingFault> Faults) Read(JsonElement written)
    {
        if (NullRules.Check(written) is { Count: > 0 } nulls)
        {
            return (null, nulls);
        }

        try
        {
            var agreement = written.Deserialize(PolicyJsonContext.Default.SharingAgreement) ?? throw new JsonException("The agreement is null.");
            agreement.KeepAsWritten(written.Clone());
            return (agreement, []);
        }
        catch (JsonException exception)
        {
            return (null, [new FoundingFault(exception.Path ?? "$", $"cannot be read: {exception.Message}")]);
        }
    }

    /// <summary>The words themselves.</summary>
    public static JsonElement WordsOf(SharingAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return agreement.AsWritten ?? JsonSerializer.SerializeToElement(agreement, PolicyJsonContext.Default.SharingAgreement);
    }
}
