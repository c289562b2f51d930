using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Consents;

/// <summary>A consent as the API shows it. The subject's token stays inside: who may see a consent knows whose it is.</summary>
internal static class ConsentViews
{
    public static ConsentView Show(ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now, Receipt? receipt = null) => new()
    {
        Id = consent.Id,
        State = StateOf(consent, rules, now),
        Recipient = consent.Recipient,
        Purpose = consent.Purpose,
        Dataset = consent.Dataset,
        Fields = consent.Fields,
        Kind = NameOf(consent.Kind),
        Notice = $"{consent.Notice}@{consent.NoticeRevision}",
        NoticeHash = consent.NoticeHash,
        Language = consent.Language,
        ValidFrom = consent.ValidFrom,
        ValidTo = consent.ValidTo,
        MaxUses = consent.MaxUses,
        Period = consent.Period?.ToString().ToLowerInvariant(),
        UsesLeft = consent.MaxUses is { } max ? max - ConsentUses.Used(consent, now).Count : null,
        LogIndex = receipt?.Index ?? consent.LogIndex,
        Receipt = receipt,
    };

    public static bool TryParseKind(string name, out ConsentKind kind)
    {
        kind = name switch
        {
            "general" => ConsentKind.General,
            "separate" => ConsentKind.Separate,
            "written" => ConsentKind.Written,
            _ => ConsentKind.None,
        };
        return kind != ConsentKind.None;
    }

    /// <summary>Null for none; <see cref="ConsentPeriod.None"/>, which the rules refuse, for what is none.</summary>
    public static ConsentPeriod? ParsePeriod(string? name) => name switch
    {
        null => null,
        "day" => ConsentPeriod.Day,
        "week" => ConsentPeriod.Week,
        "month" => ConsentPeriod.Month,
        "year" => ConsentPeriod.Year,
        _ => ConsentPeriod.None,
    };

    private static string NameOf(ConsentKind kind) => kind switch
    {
        ConsentKind.General => "general",
        ConsentKind.Separate => "separate",
        ConsentKind.Written => "written",
        _ => throw new InvalidOperationException($"A consent of the kind {kind} cannot have been recorded."),
    };

    private static string StateOf(ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now) => ConsentStanding.Of(consent, rules, now) switch
    {
        ConsentState.Requested => "requested",
        ConsentState.Given or ConsentState.Renewed => "given",
        ConsentState.Refused => "refused",
        ConsentState.Withdrawn or ConsentState.Revoked => "withdrawn",
        ConsentState.Invalidated => "invalidated",
        ConsentState.Exhausted => "exhausted",
        ConsentState.Superseded => "superseded",
        _ => "expired",
    };
}
