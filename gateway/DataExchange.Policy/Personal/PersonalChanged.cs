using DataExchange.Policy.Events;

namespace DataExchange.Policy.Personal;

/// <summary>A record about a person came to be or changed; it is the whole record after the change. Sealed.</summary>
public sealed record PersonalChanged(string Kind, PersonalRecord Record) : GovernanceEvent(Kind)
{
    public override string? Thing => Record.Id;
}
