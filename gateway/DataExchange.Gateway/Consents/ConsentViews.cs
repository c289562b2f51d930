using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Consents;

/// <summary>A consent as the API shows it. The subject's token stays inside: who may see a consent knows whose it is.</summary>
internal static class ConsentViews
{
    public static ConsentView Show(ConsentRecord consent, DateTimeOffset now, Receipt? receipt = null) => new()
    {
        Id = consent.Id,
        State = StateOf(consent, now),
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

    private static string NameOf(ConsentKind kind) => kind switch
    {
        ConsentKind.General => "general",
        ConsentKind.Separate => "separate",
        ConsentKind.Written => "written",
        _ => throw new InvalidOperationException($"A consent of the kind {kind} cannot have been recorded."),
    };

    // Expiry is a matter of time and not of an event: the register keeps saying "given".
    private static string StateOf(ConsentRecord consent, DateTimeOffset now) => consent.State switch
    {
        ConsentState.Requested or ConsentState.Given or ConsentState.Renewed when consent.ValidTo <= now => "expired",
        ConsentState.Requested => "requested",
        ConsentState.Given or ConsentState.Renewed => "given",
        ConsentState.Refused => "refused",
        ConsentState.Withdrawn or ConsentState.Revoked => "withdrawn",
        ConsentState.Invalidated => "invalidated",
        _ => "expired",
    };
}
