using System.Globalization;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Cases;

/// <summary>A case as the API shows it.</summary>
internal static class CaseViews
{
    public static CaseView Show(VisibleCase visible, DateTimeOffset now, Receipt? receipt = null) => Show(visible.Case, visible.Matter.Matter, visible.Rules, now, receipt);

    public static CaseView Show(CaseRecord @case, Matter matter, RegionSnapshot rules, DateTimeOffset now, Receipt? receipt = null) => new()
    {
        Id = @case.Id,
        Matter = $"{@case.Matter}@{@case.MatterRevision}",
        State = NameOf(@case.StateAt(now)),
        Desk = @case.Desk,
        Department = @case.Department,
        OpenedBy = @case.OpenedBy,
        Opened = @case.Opened,
        Expires = @case.Expires,
        Ended = @case.Ended,
        Needs = [.. matter.Needs.Select(need => Show(need, @case.ResultOf(need.Code)))],
        MissingConsents = [.. MissingConsents.Of(@case, matter, rules, now).Select(Show)],
        DocumentsSpared = @case.DocumentsSpared,
        CountersSpared = @case.CountersSpared,
        LogIndex = @case.LogIndex,
        Receipt = receipt,
    };

    private static CaseNeedView Show(MatterNeed need, NeedResult? result) => new()
    {
        Need = need.Code,
        State = result?.Outcome switch
        {
            null => "missing",
            NeedOutcome.Released => "released",
            NeedOutcome.NoRecord => "no-record",
            _ => throw new InvalidOperationException($"A need cannot have been answered by {result.Outcome}."),
        },
        Required = need.Necessity == Necessity.Required,
        Dataset = need.Dataset,
        Purpose = need.Purpose,
        Fields = need.Fields,
        Why = need.Why,
        Decision = result?.Decision.ToString(CultureInfo.InvariantCulture),
        AccessIndex = result?.Receipt,
        Digest = result?.Digest,
    };

    private static MissingConsentView Show(MissingConsent missing) => new()
    {
        Need = missing.Need.Code,
        Code = missing.Code,
        Fields = missing.Fields,
        Kind = missing.Kind == ConsentKind.Separate ? "separate" : "general",
        Notice = missing.Notice is { } notice ? $"{notice.Code}@{notice.Revision}" : null,
        Texts = missing.Notice?.Texts,
        Consent = missing.Pending?.Id,
    };

    private static string NameOf(CaseState state) => state switch
    {
        CaseState.Open => "open",
        CaseState.Ready => "ready",
        CaseState.Completed => "completed",
        CaseState.Cancelled => "cancelled",
        CaseState.Expired => "expired",
        _ => throw new InvalidOperationException($"A case cannot be {state}."),
    };
}
