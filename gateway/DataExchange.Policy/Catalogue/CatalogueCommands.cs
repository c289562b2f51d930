using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Catalogue;

/// <summary>What somebody wants to happen to an entry of the catalogue.</summary>
public abstract record CatalogueCommand : GovernanceCommand
{
    /// <summary><c>{member}/{name}</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The steward, under the name that the subject vault has for them: two stewards are told apart by it, and the log names nobody.</summary>
    public required SubjectHandle Steward { get; init; }

    internal abstract CatalogueAction Action { get; }

    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => CatalogueMachine.Handle(this, rules);

    public override long? VersionIn(RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.FindEntry(Code)?.LogIndex;
    }
}

/// <summary>Begins a revision.</summary>
public sealed record DraftDataset(Dataset Dataset) : CatalogueCommand
{
    internal override CatalogueAction Action => CatalogueAction.Draft;
}

/// <summary>Writes the draft anew.</summary>
public sealed record EditDraft(Dataset Dataset) : CatalogueCommand
{
    internal override CatalogueAction Action => CatalogueAction.Edit;
}

/// <summary>Hands the draft to the reviewer.</summary>
public sealed record SubmitDraft : CatalogueCommand
{
    internal override CatalogueAction Action => CatalogueAction.Submit;
}

/// <summary>Sends the draft back.</summary>
/// <param name="Reason">Why, without personal data.</param>
public sealed record ReturnDraft(string Reason) : CatalogueCommand
{
    internal override CatalogueAction Action => CatalogueAction.Return;
}

/// <summary>Publishes what was submitted; the revision before is superseded.</summary>
public sealed record PublishDraft : CatalogueCommand
{
    internal override CatalogueAction Action => CatalogueAction.Publish;
}

/// <summary>Gives the draft up.</summary>
public sealed record DiscardDraft : CatalogueCommand
{
    internal override CatalogueAction Action => CatalogueAction.Discard;
}

/// <summary>Ends the sharing of what is published.</summary>
/// <param name="Reason">Why, without personal data.</param>
public sealed record WithdrawDataset(string Reason) : CatalogueCommand
{
    internal override CatalogueAction Action => CatalogueAction.Withdraw;
}
