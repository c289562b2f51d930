using System.Text.Json;
using DataExchange.Contracts.Log;
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
            // In the form that the log gives back, so that the rules are the same before and after a restart.
            var canonical = JsonElement.Parse(CanonicalJson.Canonicalize(written));
            var agreement = canonical.Deserialize(PolicyJsonContext.Default.SharingAgreement) ?? throw new JsonException("The agreement is null.");
            agreement.KeepAsWritten(canonical);
            return (agreement, []);
        }
        catch (FormatException exception)
        {
            return (null, [new FoundingFault("$", $"has no canonical form: {exception.Message}")]);
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
