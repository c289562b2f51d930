using System.Globalization;
using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Members;

/// <summary>What a member changes about itself. Everything else about a member is for the members together (<c>Proposals</c>).</summary>
public abstract record MemberCommand : GovernanceCommand
{
    /// <summary>The member's code.</summary>
    public required string Code { get; init; }

    /// <summary>Compact JWS by a key of the member that counts now.</summary>
    public required string Signature { get; init; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Membership.Find(Code)?.LogIndex;

    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.Membership.Find(Code) is not { } entry)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such member.");
        }

        return Stewardship.Refusal(By, rules) is { } refusal ? refusal
            : By.Member != Code ? CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A member changes its own keys and clients, and nobody else's.")
            // Before the signature: it is for one version, and whoever signed for an older one is told that, and not that it does not verify.
            : IfVersion is { } version && version != entry.LogIndex ? CommandOutcome.Refuse(ProblemSlugs.PreconditionFailed, "It was changed since. Read it again.")
            : Change(entry, rules);
    }

    protected abstract CommandOutcome Change(MemberEntry entry, RegionSnapshot rules);

    /// <summary>What has to be signed: the document, for this very version of the member.</summary>
    private protected static byte[] Statement(string verb, MemberEntry entry, JsonElement document) =>
        SignedStatement.Of(verb, string.Create(CultureInfo.InvariantCulture, $"{entry.Member.Code}@{entry.LogIndex}"), document);

    private protected static CommandOutcome Accept(GovernanceEvent @event, FoundingFaults faults)
    {
        faults.Require(GovernanceRecords.Write(@event).Length <= FoundingFile.MaxRecordLength, "$", $"takes more than the {FoundingFile.MaxRecordLength} bytes that a leaf holds.");
        return faults.All.Count == 0 ? CommandOutcome.Accept(@event) : CommandOutcome.Refuse(faults.All);
    }
}

/// <summary>A member replaces its keys, with a signature by one that counts until then.</summary>
public sealed record RotateKeys : MemberCommand
{
    /// <summary>The new JWKS.</summary>
    public required JsonElement Keys { get; init; }

    protected override CommandOutcome Change(MemberEntry entry, RegionSnapshot rules)
    {
        var (written, unread) = Written.Read(Keys, "$.keys");
        if (written is not { } keys)
        {
            return CommandOutcome.Refuse(unread);
        }

        var faults = new FoundingFaults();
        var next = entry.Member with { Keys = keys };
        MemberRules.Check(next, "$", faults);
        MemberRules.CheckBeside(next, rules.Membership, "$", faults);
        return faults.All.Count > 0
            ? CommandOutcome.Refuse(faults.All)
            : Stewardship.Signed(Signature, Statement(SignedStatement.Keys, entry, keys), Code, rules)
                ?? Accept(new KeyRotated(Code, entry.LogIndex, keys, Signature), faults);
    }
}

/// <summary>A member says which clients act for it.</summary>
public sealed record SetClients : MemberCommand
{
    /// <summary>The whole list: an array of client registrations.</summary>
    public required JsonElement Clients { get; init; }

    protected override CommandOutcome Change(MemberEntry entry, RegionSnapshot rules)
    {
        var (written, unread) = Written.Read(Clients, "$.clients");
        if (written is not { } list)
        {
            return CommandOutcome.Refuse(unread);
        }

        IReadOnlyList<ClientRegistration> clients;
        try
        {
            clients = list.Deserialize(PolicyJsonContext.Default.IReadOnlyListClientRegistration) ?? [];
        }
        catch (JsonException exception)
        {
            return CommandOutcome.Refuse([new FoundingFault("$.clients" + exception.Path?[1..], exception.Message)]);
        }

        var next = entry.Member with { Clients = clients };
        if (MemberRules.Taken(next, rules.Membership).FirstOrDefault() is { Client: { } client, Other: var other })
        {
            return CommandOutcome.Conflict($"The client '{client}' is registered to {other}, and acts for one member only. {other} has to give it up first.", "clients", "keys");
        }

        var faults = new FoundingFaults();
        MemberRules.Check(next, "$", faults);
        MemberRules.CheckBeside(next, rules.Membership, "$", faults);
        return faults.All.Count > 0
            ? CommandOutcome.Refuse(faults.All)
            : Stewardship.Signed(Signature, Statement(SignedStatement.Clients, entry, list), Code, rules)
                ?? Accept(new ClientsSet(Code, entry.LogIndex, clients, Signature), faults);
    }
}
