using System.Text.Json.Serialization;
using DataExchange.Policy.Events;

namespace DataExchange.Policy.Agreements;

/// <summary>Something happened to an agreement. Open: whom departments share with, and on which terms, is for anyone to read.</summary>
/// <param name="Kind">A kind of the register <c>agreement</c>.</param>
/// <param name="Id">Id of the agreement.</param>
public abstract record AgreementEvent(string Kind, string Id) : GovernanceEvent(Kind)
{
    [JsonIgnore]
    public sealed override string? Thing => Id;
}
