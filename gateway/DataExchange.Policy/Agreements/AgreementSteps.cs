using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Agreements;

/// <summary>Which steps an agreement allows to whom at a moment.</summary>
internal sealed class AgreementSteps
{
    private static readonly AgreementStep[] All = [.. Enum.GetValues<AgreementStep>().Where(step => step != AgreementStep.None)];

    private readonly AgreementRecord? _record;
    private readonly AgreementRegion _region;
    private readonly DateTimeOffset _now;

    private AgreementSteps(AgreementRecord? record, AgreementRegion region, DateTimeOffset now) => (_record, _region, _now) = (record, region, now);

    /// <param name="record">The agreement; null before anything was drafted under its id.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The moment.</param>
    public static AgreementSteps Of(AgreementRecord? record, RegionSnapshot rules, DateTimeOffset now) => new(record, AgreementRegion.Of(rules), now);

    /// <summary>The step as the last part of its path.</summary>
    public static string NameOf(AgreementStep step) => step switch
    {
        AgreementStep.RequestSupplement => "request-supplement",
        _ => step.ToString().ToLowerInvariant(),
    };

    /// <summary>Who may ever take the step.</summary>
    public static AgreementParties TakersOf(AgreementStep step) => step switch
    {
        AgreementStep.Draft or AgreementStep.Revise or AgreementStep.Submit or AgreementStep.Supplement or AgreementStep.Withdraw => AgreementParties.Consumer,
        AgreementStep.RequestSupplement or AgreementStep.Extend or AgreementStep.Provision => AgreementParties.Provider,
        AgreementStep.Refuse => AgreementParties.Provider | AgreementParties.Authority,
        AgreementStep.Approve or AgreementStep.Suspend or AgreementStep.Resume or AgreementStep.Terminate => AgreementParties.Any,
        _ => AgreementParties.None,
    };

    /// <summary>What a member is to this agreement.</summary>
    public AgreementParties RoleOf(string? member, SharingAgreement agreement) =>
        (member == agreement.Consumer ? AgreementParties.Consumer : 0)
        | (member == agreement.Provider ? AgreementParties.Provider : 0)
        | (member is not null && member == _region.DataAuthority?.Code ? AgreementParties.Authority : 0);

    /// <summary>The steps that the state allows to a member, as the paths spell them.</summary>
    public IReadOnlyList<string> Next(string? member) =>
        _record is null ? [] : [.. All.Where(step => Allows(step, member, RoleOf(member, _record.Leading.Agreement))).Select(NameOf)];

    /// <summary>Whether the state allows the step to a member.</summary>
    public bool Allows(AgreementStep step, string? member, AgreementParties role)
    {
        role &= TakersOf(step);
        if (role == AgreementParties.None)
        {
            return false;
        }

        var pending = _record?.Pending?.StateAt(_now) ?? AgreementState.None;
        var current = _record?.Current?.StateAt(_now) ?? AgreementState.None;
        return step switch
        {
            AgreementStep.Draft => _record?.IsOpen(_now) is not true,
            AgreementStep.Revise or AgreementStep.Submit => pending == AgreementState.Draft,
            AgreementStep.RequestSupplement => pending == AgreementState.Submitted && !HasSigned(member),
            AgreementStep.Supplement => pending == AgreementState.SupplementRequested,
            AgreementStep.Extend => pending == AgreementState.Submitted && _record!.Pending!.Clock is { ExtendedBy: 0, IsEscalated: false },
            AgreementStep.Approve => pending == AgreementState.Submitted && IsNeeded(member) && !HasSigned(member),
            AgreementStep.Refuse => (pending == AgreementState.Submitted && IsNeeded(member) && !HasSigned(member))
                || (pending == AgreementState.SupplementRequested && role.HasFlag(AgreementParties.Provider)),
            AgreementStep.Withdraw => pending is AgreementState.Draft or AgreementState.Submitted or AgreementState.SupplementRequested or AgreementState.Approved,
            AgreementStep.Provision => pending == AgreementState.Approved && current != AgreementState.Suspended,
            AgreementStep.Suspend => current == AgreementState.Active,
            AgreementStep.Resume => current == AgreementState.Suspended && MayResume(member, role),
            AgreementStep.Terminate => current is AgreementState.Active or AgreementState.Suspended || pending == AgreementState.Approved,
            _ => false,
        };
    }

    /// <summary>Parties whose signatures are missing under the revision that is being agreed on.</summary>
    public IReadOnlyList<string> Missing() => _record?.Pending is { } pending && _region.FindDataset(pending.Agreement.Dataset) is not null
        ? [.. _region.PartiesOf(pending.Agreement).Except(pending.Approvals.Select(approval => approval.Member))]
        : [];

    private bool HasSigned(string? member) => _record!.Pending!.Approvals.Any(approval => approval.Member == member);

    // Of a dataset that has left the catalogue nobody can tell any more whether a field is sensitive; its parties may still refuse.
    private bool IsNeeded(string? member) => _record!.Pending!.Agreement is var agreement && _region.FindDataset(agreement.Dataset) is not null
        ? _region.PartiesOf(agreement).Contains(member)
        : member == agreement.Provider || member == agreement.Consumer;

    private bool MayResume(string? member, AgreementParties role) =>
        _record!.Current!.By is { } by ? by == member : role.HasFlag(AgreementParties.Provider);
}
