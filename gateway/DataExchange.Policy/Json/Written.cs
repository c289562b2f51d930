using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Json;

/// <summary>A part of a request that is kept, and signed, as it was written.</summary>
internal static class Written
{
    /// <summary>A list of clients as it is written, without what is absent.</summary>
    public static JsonElement Of(IReadOnlyList<ClientRegistration> clients) => JsonSerializer.SerializeToElement(clients, PolicyJsonContext.Default.IReadOnlyListClientRegistration);

    /// <summary>The document in the form that the log gives back, so that the rules are the same before and after a restart; null with what is wrong.</summary>
    /// <param name="document">As it was written.</param>
    /// <param name="path">Where it stands.</param>
    public static (JsonElement? Canonical, IReadOnlyList<FoundingFault> Faults) Read(JsonElement document, string path)
    {
        var nulls = NullRules.Check(document, path);
        if (nulls.Count > 0)
        {
            return (null, nulls);
        }

        try
        {
            return (JsonElement.Parse(CanonicalJson.Canonicalize(document)), []);
        }
        catch (FormatException exception)
        {
            return (null, [new FoundingFault(path, $"has no canonical form: {exception.Message}")]);
        }
    }
}
