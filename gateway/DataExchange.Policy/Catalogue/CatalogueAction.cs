using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Catalogue;

/// <summary>What can be done to an entry.</summary>
internal enum CatalogueAction { None = 0, Draft, Edit, Submit, Return, Publish, Discard, Withdraw }

/// <summary>Who may do what, and when.</summary>
internal static class CatalogueActions
{
    /// <summary>Whether the states of the entry allow it.</summary>
    public static bool IsLegal(CatalogueAction action, CatalogueEntry entry) => action switch
    {
        CatalogueAction.Draft => entry.DraftState == RevisionState.None,
        CatalogueAction.Edit or CatalogueAction.Submit => entry.DraftState == RevisionState.Draft,
        CatalogueAction.Return or CatalogueAction.Publish => entry.DraftState == RevisionState.UnderReview,
        CatalogueAction.Discard => entry.DraftState != RevisionState.None,
        CatalogueAction.Withdraw => entry.State == RevisionState.Published,
        _ => false,
    };

    /// <summary>
    /// Stewards of the provider prepare and withdraw. A steward of the data authority reviews, and in a region without one another steward
    /// of the provider; nobody reviews what they wrote or submitted.
    /// </summary>
    public static bool MayTake(CatalogueAction action, Party party, SubjectHandle steward, CatalogueEntry entry, RegionSnapshot rules)
    {
        if (!party.Is(Roles.Steward) || party.Member is not { } member || steward == default)
        {
            return false;
        }

        var provider = entry.Code[..entry.Code.IndexOf('/', StringComparison.Ordinal)];
        return IsReview(action)
            ? member == (AuthorityOf(rules) ?? provider) && (entry.Draft is not { } draft || (draft.WrittenBy != steward && draft.SubmittedBy != steward))
            : action != CatalogueAction.None && member == provider;
    }

    /// <summary>What the party may do now, as the paths of the API spell it.</summary>
    public static IReadOnlyList<string> Legal(Party party, SubjectHandle steward, CatalogueEntry entry, RegionSnapshot rules) =>
        [.. Enum.GetValues<CatalogueAction>().Where(action => IsLegal(action, entry) && MayTake(action, party, steward, entry, rules)).Select(NameOf)];

    public static string WhoMay(CatalogueAction action, RegionSnapshot rules) =>
        !IsReview(action) ? "Stewards of the providing department do this."
        : AuthorityOf(rules) is null ? "Another steward of the providing department reviews than the one who wrote or submitted the draft."
        : "A steward of the data authority reviews, and nobody what they wrote or submitted themselves.";

    /// <summary>The last part of the action's path.</summary>
    public static string NameOf(CatalogueAction action) => action switch
    {
        CatalogueAction.Draft => "drafts",
        CatalogueAction.Edit => "draft",
        CatalogueAction.Submit => "submit",
        CatalogueAction.Return => "return",
        CatalogueAction.Publish => "publish",
        CatalogueAction.Discard => "discard",
        CatalogueAction.Withdraw => "withdraw",
        _ => throw new InvalidOperationException($"{action} has no path."),
    };

    private static bool IsReview(CatalogueAction action) => action is CatalogueAction.Return or CatalogueAction.Publish;

    private static string? AuthorityOf(RegionSnapshot rules) => rules.Members.FirstOrDefault(member => member.DataAuthority)?.Code;
}
