using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Catalogue;

/// <summary>Command → event or refusal. <c>contracts/state-machines.md</c> holds the table that tests compare with this.</summary>
internal static class CatalogueMachine
{
    /// <summary>Longest reason, in characters: it stands in the log for ever.</summary>
    public const int MaxReasonLength = 2_000;

    public static CommandOutcome Handle(CatalogueCommand command, RegionSnapshot rules)
    {
        if (!Codes.IsDatasetCode(command.Code) || rules.FindMember(command.Code[..command.Code.IndexOf('/', StringComparison.Ordinal)]) is null)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "No member provides a dataset of this code.");
        }

        var entry = rules.FindEntry(command.Code) ?? new CatalogueEntry { Code = command.Code };
        if (!CatalogueActions.MayTake(command.Action, command.By, command.Steward, entry, rules))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, CatalogueActions.WhoMay(command.Action, rules));
        }

        return CatalogueActions.IsLegal(command.Action, entry)
            ? Decide(command, entry)
            : CommandOutcome.Conflict(Describe(entry), CatalogueActions.Legal(command.By, command.Steward, entry, rules));
    }

    private static CommandOutcome Decide(CatalogueCommand command, CatalogueEntry entry) => command switch
    {
        DraftDataset draft => Write(draft.Dataset, command, entry),
        EditDraft edit => Write(edit.Dataset, command, entry),
        SubmitDraft => Submit(entry.Draft!.Dataset, command),
        ReturnDraft { Reason: var reason } => WithReason(reason, new DatasetReturned(command.Code, entry.Draft!.Dataset.Revision, reason, command.Steward)),
        PublishDraft => CommandOutcome.Accept(new DatasetPublished(entry.Draft!.Dataset, command.Steward)),
        DiscardDraft => CommandOutcome.Accept(new DatasetDiscarded(command.Code, entry.Draft!.Dataset.Revision, command.Steward)),
        WithdrawDataset { Reason: var reason } => WithReason(reason, new DatasetWithdrawn(command.Code, entry.Published!.Revision, reason, command.Steward)),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Write(Dataset dataset, CatalogueCommand command, CatalogueEntry entry)
    {
        if (dataset.Code != command.Code || dataset.Revision != entry.NextRevision)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"The draft is revision {entry.NextRevision} of {command.Code}; 'code' and 'revision' say so.");
        }

        // A null within a list or a text would stand in the log, and everybody who reads it would stumble.
        if (NullRules.Check(JsonSerializer.SerializeToElement(dataset, PolicyJsonContext.Default.Dataset)) is { Count: > 0 } nulls)
        {
            return CommandOutcome.Refuse(nulls);
        }

        return EntryRules.Fits(dataset)
            ? CommandOutcome.Accept(new DatasetDrafted(dataset, command.Steward))
            : CommandOutcome.Refuse(ProblemSlugs.PayloadTooLarge, "The draft does not fit an entry of the log. Shorten it.");
    }

    private static CommandOutcome Submit(Dataset dataset, CatalogueCommand command) => EntryRules.Faults(dataset) is { Count: > 0 } faults
        ? new(null, ProblemSlugs.CatalogueEntryIncomplete, "The draft does not say everything that an entry has to; faults names each place, with the way out.", null)
        {
            Faults = [.. faults.Select(fault => new ProblemFault(fault.Path, fault.Message))],
        }
        : CommandOutcome.Accept(new DatasetSubmitted(dataset.Code, dataset.Revision, command.Steward));

    private static CommandOutcome WithReason(string reason, GovernanceEvent @event) => string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReasonLength
        ? CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"'reason' says why, in 1 to {MaxReasonLength} characters.")
        : CommandOutcome.Accept(@event);

    private static string Describe(CatalogueEntry entry)
    {
        var published = entry.State switch
        {
            RevisionState.Published => $"Revision {entry.Revisions[^1].Dataset.Revision} is published",
            RevisionState.Withdrawn => "What was published is withdrawn",
            _ => "Nothing is published",
        };
        return entry.Draft is { } draft
            ? $"{published}, and revision {draft.Dataset.Revision} is {(draft.State == RevisionState.UnderReview ? "under review" : "a draft")}."
            : $"{published}, and there is no draft.";
    }
}
